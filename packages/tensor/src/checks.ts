import { fromAnotherCopy } from './copies.ts'
import { aNumberOf, canHold, type DType } from './dtype.ts'
import { quote } from './quote.ts'
import type { Tensor } from './tensor.ts'

// One wording for all that is refused: `operation: option: expected …, got …`.

/** Told by its parts: everything that is checked would import the engine otherwise, and the engine checks. */
export const isTensor = (value: unknown): value is Tensor =>
  typeof value === 'object' && value !== null && 'interpreter' in value && 'dtype' in value

/** The most keys of an object that an error message lists. */
const KEYS_SHOWN = 20

/** Anything in an error message: `'relu'`, `[1, 2]`, `the function adam`, `Tensor([2] float32)`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return String(value)
  const elsewhere = fromAnotherCopy(value)
  return elsewhere === '' ? describeObject(value) : `${describeObject(value)} of another copy: ${elsewhere}`
}

function describeObject(value: object): string {
  if (isTensor(value)) return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  // Of the prototype: an object out of a file may have a key `constructor`.
  const name = (Object.getPrototypeOf(value) as object | null)?.constructor?.name ?? 'Object'
  if (name !== 'Object') return `an object of class ${name}`
  const keys = Object.keys(value)
  const listed = keys.slice(0, KEYS_SHOWN).map((key) => quote(key).slice(1, -1))
  return `an object with keys ${listed.join(', ') || '(none)'}${keys.length > KEYS_SHOWN ? `, … (${keys.length})` : ''}`
}

/** Refuses what is no tensor. @throws TypeError for anything else, naming the operation. */
export function expectTensor(operation: string, x: unknown): asserts x is Tensor {
  if (!isTensor(x)) throw new TypeError(`${operation}: expected a tensor, got ${describe(x)}`)
}

/** The number itself. @throws TypeError for what is no number, and a number that the dtype cannot hold. */
export function expectHolds(operation: string, dtype: DType, value: unknown): number {
  if (typeof value === 'number' && canHold(dtype, value)) return value
  throw new TypeError(`${operation}: expected ${aNumberOf(dtype)}, got ${describe(value)}`)
}

/**
 * Refuses options that nobody reads.
 *
 * @throws TypeError for what is no object, and naming an unknown option and the known one that is like it.
 */
export function expectOptions(operation: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || isTensor(options)) {
    throw new TypeError(`${operation}: expected options { ${known.join(', ')} }, got ${describe(options)}`)
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const like = likeliest(name, known)
    const hint = like === undefined ? '' : `did you mean '${like}'? `
    throw new TypeError(`${operation}: unknown option ${quote(name)}; ${hint}Known: ${known.join(', ')}`)
  }
}

/** Refuses what is no count. @throws RangeError unless `value` is an integer of at least `least`. */
export function expectCount(operation: string, option: string, value: unknown, least = 1): void {
  if (Number.isInteger(value) && (value as number) >= least) return
  throw new RangeError(
    `${operation}: ${option}: expected an integer of at least ${least}, got ${describe(value)}`,
  )
}

/** Refuses what is no number of a range. @throws RangeError unless `value` is a finite number, at least `low` and below `high`. */
export function expectNumber(
  operation: string,
  option: string,
  value: unknown,
  low = 0,
  high = Infinity,
): void {
  if (typeof value === 'number' && value >= low && value < high) return
  const range = high === Infinity ? `a finite number of at least ${low}` : `a number in [${low}, ${high})`
  throw new RangeError(`${operation}: ${option}: expected ${range}, got ${describe(value)}`)
}

/** Refuses what is no known name. @throws RangeError unless `value` is one of `names`. */
export function expectOneOf(
  operation: string,
  option: string,
  value: unknown,
  names: readonly string[],
): void {
  if (typeof value === 'string' && names.includes(value)) return
  throw new RangeError(`${operation}: ${option}: expected one of ${names.join(', ')}, got ${describe(value)}`)
}

/** Refuses what is neither true nor false. @throws TypeError for anything else. */
export function expectBoolean(operation: string, option: string, value: unknown): void {
  if (typeof value === 'boolean') return
  throw new TypeError(`${operation}: ${option}: expected true or false, got ${describe(value)}`)
}

/**
 * The known name that is like this one: an abbreviation (`lr` of `learningRate`) wins; otherwise the fewest edits, at most
 * half of the letters.
 */
export function likeliest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_MISTYPED) return undefined
  const lower = name.toLowerCase()
  let best: string | undefined
  let fewest = Infinity
  for (const candidate of known) {
    const other = candidate.toLowerCase()
    // As many edits as the lengths differ by are needed: names out of a file may be many, and long.
    const isFar = Math.abs(other.length - lower.length) >= fewest || other.length > 2 * LONGEST_MISTYPED
    const edits = isSubsequence(lower, other) ? 0 : isFar ? Infinity : editDistance(lower, other)
    if (edits < fewest) {
      best = candidate
      fewest = edits
    }
  }
  return best !== undefined && fewest <= Math.max(name.length, best.length) / 2 ? best : undefined
}

/** Longer names are not mistyped ones; the edits between two of 1 MB would take hours. */
const LONGEST_MISTYPED = 64

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]
}

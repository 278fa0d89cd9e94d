/**
 * Refuses options that nobody reads.
 *
 * @throws TypeError naming the option and the nearest known one.
 */
export function checkOptions(operation: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      const expected = `did you mean '${nearest(name, known)}'? Known: ${known.join(', ')}`
      throw new TypeError(`${operation}: unknown option '${name}'; ${expected}`)
    }
  }
}

/** @throws RangeError unless `value` is a whole number of at least 1. */
export function checkCount(operation: string, name: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1) {
    throw new RangeError(`${operation}: expected ${name} to be a positive integer, got ${String(value)}`)
  }
}

/** @throws RangeError unless `low` ≤ `value` < `high`. */
export function checkNumber(
  operation: string,
  name: string,
  value: unknown,
  low: number,
  high = Infinity,
): void {
  if (typeof value !== 'number' || !(value >= low && value < high)) {
    const range = high === Infinity ? `a finite number ≥ ${low}` : `a number in [${low}, ${high})`
    throw new RangeError(`${operation}: expected ${name} to be ${range}, got ${String(value)}`)
  }
}

/** An abbreviation (`lr` of `learningRate`) wins; otherwise the fewest edits. */
function nearest(name: string, known: readonly string[]): string {
  const lower = name.toLowerCase()
  const distance = (k: string) =>
    isSubsequence(lower, k.toLowerCase()) ? 0 : editDistance(lower, k.toLowerCase())
  return known.reduce((best, k) => (distance(k) < distance(best) ? k : best))
}

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

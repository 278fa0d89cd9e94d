/** Numbers that JSON does not have: `NaN` is written as `{"number":"NaN"}`. */
const special = ['NaN', 'Infinity', '-Infinity']

/** Lists and objects within each other: ours have fewer than 20. V8 parses any depth, and has no stack for its reviver. */
const mostNested = 200
/** Characters of a line: the longest of ours are pictures, of 2 MB. */
const mostCharacters = 64 * 2 ** 20

/** A value as JSON on one line; what is read back by {@link fromJsonLine} has the same numbers. */
export const toJsonLine = (value: unknown): string =>
  JSON.stringify(value, (_, entry) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? { number: String(entry) } : entry,
  )

/**
 * The value of a line of JSON.
 *
 * @throws Error saying what was expected and how the line begins: for text that is not JSON, longer than 64 MiB, more
 * than 200 deep, or with a key `__proto__`, which changes the prototype of what it is copied into.
 */
export function fromJsonLine(text: string): unknown {
  if (text.length > mostCharacters) {
    throw new Error(`expected JSON of at most ${mostCharacters} characters, got ${text.length}`)
  }
  if (nested(text) > mostNested) {
    throw new Error(`expected JSON with at most ${mostNested} lists and objects within each other`)
  }
  const { value } = parsed(text)
  return value
}

function parsed(text: string): { readonly value: unknown } {
  let hasPrototype = false
  const revive = (key: string, entry: unknown): unknown => {
    hasPrototype ||= key === '__proto__'
    return isSpecial(entry) ? Number(entry.number) : entry
  }
  try {
    const value = JSON.parse(text, revive)
    if (!hasPrototype) return { value }
  } catch {
    throw new Error(`expected JSON, got ${text === '' ? 'an empty line' : JSON.stringify(shortened(text))}`)
  }
  throw new Error('expected JSON without a key "__proto__"')
}

/** How many lists and objects lie within each other at most; stops where it is more than is allowed. */
function nested(text: string): number {
  let depth = 0
  let most = 0
  let isInString = false
  for (let i = 0; i < text.length && most <= mostNested; i++) {
    const code = text.charCodeAt(i)
    if (isInString) {
      if (code === 0x5c) i++
      else if (code === 0x22) isInString = false
    } else if (code === 0x22) isInString = true
    else if (code === 0x5b || code === 0x7b) most = Math.max(most, ++depth)
    else if (code === 0x5d || code === 0x7d) depth--
  }
  return most
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const isSpecial = (entry: unknown): entry is { readonly number: string } =>
  typeof entry === 'object' &&
  entry !== null &&
  Object.keys(entry).length === 1 &&
  special.includes((entry as { number?: string }).number ?? '')

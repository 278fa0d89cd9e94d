/** What a `.npy` header says. */
export interface NpyHeader {
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
}

/** One `'key': value` of the Python dictionary: a text, a truth value or a tuple of whole numbers. */
const ENTRY = /\s*'(\w+)'\s*:\s*(?:'([^']*)'|(True|False)|\(([^()]*)\))\s*(?:,|(?=\}))/y
const CLOSE = /\s*\}/y

/**
 * Parses the Python literal `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, keys in any order.
 *
 * @param at where the text begins in the file
 * @throws naming the byte
 */
export function parseNpyHeader(op: string, text: string, at: number): NpyHeader {
  const fields = new Map<string, string | boolean | number[]>()
  const open = text.search(/\S/)
  if (text[open] !== '{') throw unexpected(op, text, Math.max(open, 0), at, "'{'")
  let position = open + 1
  while (matchAt(CLOSE, text, position) === null) {
    const match = matchAt(ENTRY, text, position)
    if (match === null) throw unexpected(op, text, position, at, "'key': value")
    const [, name, word, truth, tuple] = match
    if (fields.has(name)) throw unexpected(op, text, position, at, `'${name}' once`)
    fields.set(name, word ?? (truth ? truth === 'True' : parseTuple(op, tuple, text, position, at)))
    position += match[0].length
  }
  const rest = text.indexOf('}', position) + 1
  if (text.slice(rest).trim() !== '') throw unexpected(op, text, rest, at, 'nothing after the dictionary')
  const [descr, fortranOrder, shape] = ['descr', 'fortran_order', 'shape'].map((name) => fields.get(name))
  if (
    typeof descr !== 'string' ||
    typeof fortranOrder !== 'boolean' ||
    !Array.isArray(shape) ||
    fields.size !== 3
  ) {
    throw unexpected(
      op,
      text,
      open,
      at,
      "the keys 'descr', 'fortran_order' and 'shape' with a text, a truth value and a tuple",
    )
  }
  return { descr, fortranOrder, shape }
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}

function parseTuple(op: string, inside: string, text: string, position: number, at: number): number[] {
  const items = inside.split(',').map((item) => item.trim())
  // (3,) is a tuple and (3) is not; () has one empty item.
  const trailing = items.at(-1) === ''
  if (trailing) items.pop()
  const lengths = items.map(Number)
  const whole = items.every((item) => /^\d+$/.test(item)) && lengths.every(Number.isSafeInteger)
  if (!whole || (items.length === 1 && !trailing)) {
    throw unexpected(op, text, position, at, 'a tuple of whole numbers')
  }
  return lengths
}

function unexpected(op: string, text: string, position: number, at: number, expected: string): Error {
  const found = JSON.stringify(text.slice(position, position + 40))
  return new Error(`${op}: expected ${expected} at byte ${at + position}, found ${found}`)
}

/** What a `.npy` header says. */
export interface NpyHeader {
  /** `<f4`; of a structured array the list of its fields as it is written, `[('a', '<f4')]`. */
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
}

/** One `'key': ` of the Python dictionary, and what comes after a value. */
const KEY = /\s*'(\w+)'\s*:\s*/y
const AFTER = /\s*(?:,|(?=\}))/y
/** A value: a text, a truth value or a tuple of whole numbers. */
const VALUE = /'([^']*)'|(True|False)|\(([^()]*)\)/y
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
    const key = matchAt(KEY, text, position)
    const value = key && valueAt(text, position + key[0].length)
    const after = key && value && matchAt(AFTER, text, position + key[0].length + value.length)
    if (!key || !value || !after) throw unexpected(op, text, position, at, "'key': value")
    const name = key[1]
    if (fields.has(name)) throw unexpected(op, text, position, at, `'${name}' once`)
    const { word, truth, tuple } = value
    fields.set(name, word ?? (truth ? truth === 'True' : parseTuple(op, tuple ?? '', text, position, at)))
    position += key[0].length + value.length + after[0].length
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

interface Value {
  readonly length: number
  readonly word?: string
  readonly truth?: string
  readonly tuple?: string
}

function valueAt(text: string, position: number): Value | null {
  if (text[position] === '[') return listAt(text, position)
  const match = matchAt(VALUE, text, position)
  return match && { length: match[0].length, word: match[1], truth: match[2], tuple: match[3] }
}

/** The fields of a structured array, as they are written; brackets within quotes (of either kind, as Python writes texts) do not count. */
function listAt(text: string, position: number): Value | null {
  let depth = 0
  let quote = ''
  for (let end = position; end < text.length; end++) {
    const letter = text[end]
    if (quote !== '') {
      if (letter === '\\') end++
      else if (letter === quote) quote = ''
    } else if (letter === "'" || letter === '"') quote = letter
    else if (letter === '[') depth++
    else if (letter === ']' && --depth === 0) {
      const word = text.slice(position, end + 1)
      return { length: word.length, word }
    }
  }
  return null
}

function parseTuple(op: string, inside: string, text: string, position: number, at: number): number[] {
  const items = inside.split(',').map((item) => item.trim())
  // (3,) is a tuple and (3) is not; () has one empty item.
  const trailing = items.at(-1) === ''
  if (trailing) items.pop()
  // Python 2 wrote 12L.
  const lengths = items.map((item) => Number(item.replace(/L$/, '')))
  const whole = items.every((item) => /^\d+L?$/.test(item)) && lengths.every(Number.isSafeInteger)
  if (!whole || (items.length === 1 && !trailing)) {
    throw unexpected(op, text, position, at, 'a tuple of whole numbers')
  }
  return lengths
}

function unexpected(op: string, text: string, position: number, at: number, expected: string): Error {
  const found = JSON.stringify(text.slice(position, position + 40))
  return new Error(`${op}: expected ${expected} at byte ${at + position}, found ${found}`)
}

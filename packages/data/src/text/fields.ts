const [TAB, BLANK, QUOTE] = [9, 32, 34]

/** What may stand between fields: one byte, or any run of blanks and tabs. */
export type Separator = 'tab' | 'comma' | 'semicolon' | 'pipe' | 'blank' | 'colon'

const byteOf: Record<Separator, number> = {
  tab: TAB,
  semicolon: 59,
  comma: 44,
  pipe: 124,
  colon: 58,
  blank: BLANK,
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const western = new TextDecoder('windows-1252')

/** Texts up to this are made without a decoder, in a fifth of the time; engines keep longer sums as trees of their parts. */
const SHORT = 12

function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from <= SHORT) {
    let text = ''
    let at = from
    for (; at < to && bytes[at] < 128; at++) text += String.fromCharCode(bytes[at])
    if (at === to) return text
  }
  const piece = bytes.subarray(from, to)
  try {
    return utf8.decode(piece)
  } catch {
    // What is no UTF-8 is most likely of an older Windows: a degree sign in a header is no reason to refuse a file.
    return western.decode(piece)
  }
}

const isBlank = (byte: number): boolean => byte === BLANK || (byte >= TAB && byte <= 13)

/** The fields of a line, one after the other, as places in its bytes: nothing is allocated for a field that is a number. */
export class Fields {
  readonly #quotes: boolean
  #bytes: Uint8Array = new Uint8Array(0)
  #separator = byteOf.blank
  #to = 0
  /** Where the next field begins; past the end when none is left. */
  #next = 1
  /** Blanks around a field and quotes around it do not belong to it. */
  start = 0
  end = 0

  /** @param quotes whether separators between double quotes belong to the field */
  constructor({ quotes = false } = {}) {
    this.#quotes = quotes
  }

  /** Begins a line. Blanks around it are left out; an empty line has no field. */
  open(bytes: Uint8Array, from: number, to: number, separator: Separator): this {
    this.#bytes = bytes
    this.#separator = byteOf[separator]
    // A tab at the end of a line is a field left empty in a table, and nothing in the UCR archive.
    const edge = this.#quotes && separator === 'tab' ? TAB : -1
    while (to > from && isBlank(bytes[to - 1]) && bytes[to - 1] !== edge) to--
    while (to > from && isBlank(bytes[from]) && bytes[from] !== edge) from++
    this.#to = to
    this.#next = from === to ? to + 1 : from
    return this
  }

  /** Goes to the next field. @returns false when there is none */
  next(): boolean {
    if (this.#next > this.#to) return false
    const bytes = this.#bytes
    this.start = this.#next
    let at = this.#next
    if (this.#quotes) {
      let inside = false
      for (; at < this.#to && (inside || !this.#isSeparator(bytes[at])); at++) {
        if (bytes[at] === QUOTE) inside = !inside
      }
    } else {
      while (at < this.#to && !this.#isSeparator(bytes[at])) at++
    }
    this.end = at
    this.#next = at + 1
    if (this.#separator === BLANK) while (this.#next < this.#to && isBlank(bytes[this.#next])) this.#next++
    while (this.end > this.start && isBlank(bytes[this.end - 1])) this.end--
    while (this.start < this.end && isBlank(bytes[this.start])) this.start++
    if (
      this.#quotes &&
      this.end - this.start > 1 &&
      bytes[this.start] === QUOTE &&
      bytes[this.end - 1] === QUOTE
    ) {
      this.start++
      this.end--
    }
    return true
  }

  /** The field as text, a doubled quote being one. */
  get text(): string {
    const text = textOf(this.#bytes, this.start, this.end)
    return this.#quotes ? text.replaceAll('""', '"') : text
  }

  #isSeparator(byte: number): boolean {
    return this.#separator === BLANK ? isBlank(byte) : byte === this.#separator
  }
}

/** How many fields a line has. */
export function countFields(
  fields: Fields,
  bytes: Uint8Array,
  from: number,
  to: number,
  separator: Separator,
): number {
  fields.open(bytes, from, to, separator)
  let count = 0
  while (fields.next()) count++
  return count
}

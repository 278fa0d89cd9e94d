import { joined } from '../samples/joined.ts'
import { fail, type Source } from '../samples/source.ts'

/** `bytes[from … to)` is the line, without its end; `number` counts from 1. The bytes are lent for the call. */
export type TakeLine = (bytes: Uint8Array, from: number, to: number, number: number) => void

const [NEWLINE, RETURN, QUOTE] = [10, 13, 34]

/** A line is held until its end comes: 10 million values, or more than a volume of 256 × 256 × 256 takes as text. */
const LONGEST_LINE = 2 ** 28

/**
 * Lines out of bytes that come in pieces, ended by `\n` or `\r\n`; a byte order mark is left out. Only a line that
 * continues in the next piece is copied.
 *
 * With `quotes` a line break between double quotes belongs to the line, which keeps the number it began with. With `returns`
 * a file whose first line ends in `\r` alone is read as such: all its lines do.
 */
export class Lines {
  readonly #take: TakeLine
  readonly #source: Source
  readonly #quotes: boolean
  /** The beginning of a line whose end has not come. */
  #open: Uint8Array[] = []
  #held = 0
  #insideQuotes = false
  #number = 1
  /** Line breaks between quotes so far in this line. */
  #within = 0
  /** The byte that ends lines. */
  #break = NEWLINE
  /** Until the first line has ended, where either byte may end lines: whether what was seen ends inside quotes, and how many `\r` it ends in. */
  #undecided: { inside: boolean; returned: number } | null

  constructor(source: Source, take: TakeLine, { quotes = false, returns = false } = {}) {
    this.#source = source
    this.#take = take
    this.#quotes = quotes
    this.#undecided = returns ? { inside: false, returned: 0 } : null
  }

  /** Whether lines end in `\r` alone. */
  get returns(): boolean {
    return this.#break === RETURN
  }

  push(chunk: Uint8Array): void {
    if (this.#undecided) this.#decide(this.#undecided, chunk)
    else this.#split(chunk)
  }

  /**
   * Looks for the end of the first line. `\r` at the end of a piece waits for the next, which may begin with `\n`; two before it are what a program writes on
   * Windows that ends its lines in `\r\n` itself.
   */
  #decide(seen: { inside: boolean; returned: number }, chunk: Uint8Array): void {
    if (chunk.length === 0) return
    const held = new Uint8Array(seen.returned).fill(RETURN)
    const bytes = seen.returned > 0 ? joined([held, chunk]) : chunk
    seen.returned = 0
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] === QUOTE && this.#quotes) seen.inside = !seen.inside
      else if (seen.inside || (bytes[at] !== NEWLINE && bytes[at] !== RETURN)) continue
      else {
        let end = at
        while (bytes[end] === RETURN && end < at + 2) end++
        if (end === bytes.length) {
          seen.returned = end - at
          this.#split(bytes.subarray(0, at))
          return
        }
        if (bytes[end] !== NEWLINE) this.#break = RETURN
        this.#undecided = null
        break
      }
    }
    this.#split(bytes)
  }

  #split(chunk: Uint8Array): void {
    let start = 0
    let quote = this.#quotes ? chunk.indexOf(QUOTE) : -1
    for (let from = 0; ; ) {
      const end = chunk.indexOf(this.#break, from)
      for (; quote >= 0 && (quote < end || end < 0); quote = chunk.indexOf(QUOTE, quote + 1)) {
        this.#insideQuotes = !this.#insideQuotes
      }
      if (end < 0) break
      from = end + 1
      if (this.#insideQuotes) {
        this.#within++
        continue
      }
      this.#emit(chunk, start, end)
      start = from
    }
    // A copy, which slice() of a Node Buffer is not.
    if (start < chunk.length) this.#hold(new Uint8Array(chunk.subarray(start)))
  }

  /** The last line need not have an end. @throws if a quote was not closed */
  end(): void {
    if (this.#insideQuotes) {
      fail(this.#source, `line ${this.#number}`, 'expected a closing ", found the end of the file')
    }
    if (this.#open.length > 0) this.#emit(new Uint8Array(0), 0, 0)
  }

  /** @throws for a line that nobody can hold, as the zeros of a device or of an unpacked gzip file */
  #hold(piece: Uint8Array): void {
    this.#held += piece.length
    if (this.#held > LONGEST_LINE) {
      this.#open = []
      const expected = `expected the end of the line within ${LONGEST_LINE} bytes, found more`
      fail(this.#source, `line ${this.#number}`, expected)
    }
    this.#open.push(piece)
  }

  #emit(chunk: Uint8Array, from: number, to: number): void {
    let bytes = chunk
    if (this.#open.length > 0) {
      bytes = joined([...this.#open, chunk.subarray(from, to)])
      this.#open = []
      this.#held = 0
      from = 0
      to = bytes.length
    }
    if (this.#number === 1) from = this.#afterMark(bytes, from, to)
    while (to > from && bytes[to - 1] === RETURN) to--
    this.#take(bytes, from, to, this.#number)
    this.#number += 1 + this.#within
    this.#within = 0
  }

  /** Where the text begins. @throws for UTF-16 */
  #afterMark(bytes: Uint8Array, from: number, to: number): number {
    const [a, b, c] = bytes.subarray(from, Math.min(to, from + 3))
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
      fail(this.#source, 'line 1', 'expected UTF-8 text, found the byte order mark of UTF-16')
    }
    return a === 0xef && b === 0xbb && c === 0xbf ? from + 3 : from
  }
}

import { joined } from '../samples/joined.ts'

/** Equal records out of bytes that come in pieces. Holds less than one record. */
export class Records {
  readonly #length: number
  readonly #take: (record: Uint8Array, at: number) => void
  /** Pieces of a record that has not come whole. */
  #open: Uint8Array[] = []
  #held = 0
  /** Where the next record begins in the file. */
  #at: number

  /** @param take is lent each record for the call and told where in the file it begins */
  constructor(length: number, at: number, take: (record: Uint8Array, at: number) => void) {
    this.#length = length
    this.#at = at
    this.#take = take
  }

  /** Bytes of a record that is not whole. */
  get held(): number {
    return this.#held
  }

  push(chunk: Uint8Array): void {
    let from = 0
    if (this.#held > 0) {
      from = Math.min(chunk.length, this.#length - this.#held)
      this.#hold(chunk.subarray(0, from))
      if (this.#held < this.#length) return
      const pieces = this.#open
      this.#open = []
      this.#held = 0
      this.#give(joined(pieces))
    }
    for (; chunk.length - from >= this.#length; from += this.#length) {
      this.#give(chunk.subarray(from, from + this.#length))
    }
    this.#hold(chunk.subarray(from))
  }

  #give(record: Uint8Array): void {
    this.#take(record, this.#at)
    this.#at += this.#length
  }

  /** A copy, which slice() of a Node Buffer is not. */
  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#open.push(new Uint8Array(piece))
    this.#held += piece.length
  }
}

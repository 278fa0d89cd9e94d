import { type Key, key } from '@facet/tensor'
import {
  aCount,
  aSeed,
  expectOptions,
  type OptionKind,
  type OptionsOf,
  optionTable,
  required,
} from '@facet/tensor/checks'

const rowSample = optionTable('sample', {
  /** Rows to keep; all of them where the file has no more. */
  count: required(aCount()),
  /** The same seed keeps the same rows, whatever the format of the file. */
  seed: required(aSeed),
})

/** A random part of a file's rows. */
export type RowSample = OptionsOf<typeof rowSample>

/** @throws TypeError or RangeError naming `sample` and what it should be. */
export function expectSample(operation: string, sample: RowSample | undefined): void {
  if (sample === undefined) return
  const { names, rows } = rowSample
  expectOptions(`${operation}: sample`, sample, names)
  rows.count.check(operation, 'sample.count', sample.count)
  rows.seed.check(operation, 'sample.seed', sample.seed)
}

/** Random parts as options. */
export const aRowSample: OptionKind<RowSample> = {
  check: (operation, _option, value) => expectSample(operation, value as RowSample),
}

/** Priorities drawn at a time. */
const DRAWN = 512

/** Row i has the i-th of these numbers, however many rows there are. */
class Priorities {
  readonly #key: Key
  #block = -1
  #values: Float64Array = new Float64Array(0)

  constructor(seed: number | string) {
    this.#key = key(seed).child('rows of a file')
  }

  of(row: number): number {
    const block = Math.floor(row / DRAWN)
    if (block !== this.#block) {
      this.#block = block
      this.#values = this.#key.child(block).uniformArray(DRAWN)
    }
    return this.#values[row % DRAWN]
  }
}

/**
 * Which rows of a stream to keep, in one pass: every row has a random number of its own, and the `count` smallest win.
 * A kept row has a slot; where a later row wins, it takes the slot of the one that goes. Until there are more rows than
 * slots nothing is allocated, so a large `count` costs nothing on a small file.
 */
export class RowChoice {
  /** Rows to keep. */
  readonly count: number
  readonly #priorities: Priorities
  /** Of the row in each slot. */
  #priority = new Float64Array(0)
  #row = new Int32Array(0)
  /** Slots, the parent's priority at least its children's: the next to go is first. */
  #heap = new Int32Array(0)
  #seen = 0

  constructor({ count, seed }: RowSample) {
    this.count = count
    this.#priorities = new Priorities(seed)
  }

  /** The slot that the next row takes, or −1 where it is left out. */
  next(): number {
    const row = this.#seen++
    if (row < this.count) return row
    if (row === this.count) this.#start()
    const slot = this.#heap[0]
    const priority = this.#priorities.of(row)
    if (priority >= this.#priority[slot]) return -1
    this.#priority[slot] = priority
    this.#row[slot] = row
    this.#sink(0)
    return slot
  }

  /** The kept rows in the order of the file and the slots they are in; `null` where all were kept. */
  result(): { readonly rows: Int32Array; readonly slots: Int32Array } | null {
    if (this.#heap.length === 0) return null
    const slots = this.#heap.slice().sort((a, b) => this.#row[a] - this.#row[b])
    return { slots, rows: slots.map((slot) => this.#row[slot]) }
  }

  #start(): void {
    this.#row = Int32Array.from({ length: this.count }, (_, row) => row)
    this.#priority = Float64Array.from(this.#row, (row) => this.#priorities.of(row))
    this.#heap = this.#row.slice()
    for (let at = this.count >> 1; at >= 0; at--) this.#sink(at)
  }

  #sink(at: number): void {
    const heap = this.#heap
    const slot = heap[at]
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && this.#priority[heap[child + 1]] > this.#priority[heap[child]]) child++
      if (this.#priority[heap[child]] <= this.#priority[slot]) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = slot
  }
}

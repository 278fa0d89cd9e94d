import type { FloatDType, ImageShape } from '../dataset.ts'
import { Blocks, type Numbers, type NumbersType } from './blocks.ts'
import { RowChoice, type RowSample } from './row-choice.ts'
import type { ParsedSamples } from './samples.ts'

const floats = { float32: Float32Array, float64: Float64Array } as const

/** What most files say nothing of. */
export const noFacts = {
  classes: null,
  columns: null,
  ids: [],
  time: null,
  group: null,
  notes: [],
  image: null,
} satisfies Partial<ParsedSamples>

export interface RowTableOptions {
  /** Numbers of a row. */
  readonly length: number
  /** What the rows are kept in: bytes of a file of bytes, else the dtype asked for. */
  readonly storage: NumbersType<Numbers>
  readonly labelled: boolean
  readonly sample: RowSample | undefined
}

/** Gathers rows as they come, those that the sub-sample keeps, with their labels. */
export class RowTable {
  readonly length: number
  readonly #values: Blocks<Numbers>
  readonly #labels: Blocks<Int32Array> | null
  readonly #choice: RowChoice | null
  #seen = 0

  constructor({ length, storage, labelled, sample }: RowTableOptions) {
    this.length = length
    this.#values = new Blocks(storage, length)
    this.#labels = labelled ? new Blocks(Int32Array, 1) : null
    this.#choice = sample ? new RowChoice(sample) : null
  }

  /** Rows that came, kept or not. */
  get seen(): number {
    return this.#seen
  }

  add(row: ArrayLike<number>, label: number): void {
    const slot = this.#choice ? this.#choice.next() : this.#seen
    this.#seen++
    if (slot < 0) return
    this.#values.set(slot, row)
    this.#labels?.set(slot, [label])
  }

  /** Every label by another. */
  relabel(by: (label: number) => number): void {
    this.#labels?.replace(by)
  }

  /** What was gathered, in the order of the file. Ends the table. @param divisor of every value */
  finish(
    dtype: FloatDType,
    facts: Partial<Pick<ParsedSamples, keyof typeof noFacts>> = {},
    divisor = 1,
  ): ParsedSamples {
    const chosen = this.#choice?.result() ?? null
    const slots = chosen?.slots ?? null
    const count = slots?.length ?? this.#seen
    return {
      count,
      length: this.length,
      values: this.#values.take<Float32Array | Float64Array>(floats[dtype], count, slots, divisor),
      labels: this.#labels?.take(Int32Array, count, slots) ?? null,
      ...noFacts,
      ...facts,
      rowsInFile: this.#seen,
      rows: chosen?.rows ?? null,
    }
  }
}

/** An image of one channel. */
export const greyImage = (height: number, width: number): ImageShape => ({ height, width, channels: 1 })

import type { FloatDType, ImageShape } from '../dataset.ts'
import { Blocks, type Numbers, type NumbersType } from './blocks.ts'
import type { LabelConditions } from './label-conditions.ts'
import { RaggedBlocks } from './ragged-blocks.ts'
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
  /** Which labels are kept; default all. */
  readonly conditions?: LabelConditions | null
}

/** Gathers rows as they come, those that the sub-sample keeps, with their labels. */
export class RowTable {
  readonly #values: Pick<Blocks<Numbers>, 'set' | 'take' | 'width'>
  readonly #labels: Blocks<Int32Array> | null
  readonly #choice: RowChoice | null
  readonly #conditions: LabelConditions | null
  /** Of each row that was not skipped its place in the file; `null` while none was skipped. */
  #met: Blocks<Int32Array> | null = null
  #seen = 0
  #offered = 0

  /** @param options `length` left out: rows of several lengths, in floating-point numbers */
  constructor({
    length,
    storage,
    labelled,
    sample,
    conditions,
  }: Omit<RowTableOptions, 'length'> & { length?: number }) {
    this.#values = length === undefined ? new RaggedBlocks(storage) : new Blocks(storage, length)
    this.#labels = labelled ? new Blocks(Int32Array, 1) : null
    this.#choice = sample ? new RowChoice(sample) : null
    this.#conditions = conditions ?? null
  }

  /** Numbers of a row, of the longest where they differ. */
  get length(): number {
    return this.#values.width
  }

  /** Rows that came, kept or not. */
  get seen(): number {
    return this.#seen
  }

  /** Rows that are kept. */
  get kept(): number {
    return this.#choice ? Math.min(this.#choice.count, this.#offered) : this.#offered
  }

  /** @param text of the label, as the file writes it */
  add(row: ArrayLike<number>, label: number, text?: string): void {
    if (this.#conditions && !this.#conditions.meets(text ?? String(label))) {
      this.skip()
      return
    }
    this.#met?.set(this.#offered, [this.#seen])
    const slot = this.#choice ? this.#choice.next() : this.#offered
    this.#offered++
    this.#seen++
    if (slot < 0) return
    this.#values.set(slot, row)
    this.#labels?.set(slot, [label])
  }

  /** A row of the file that is not to be read. */
  skip(): void {
    if (this.#met === null) {
      this.#met = new Blocks(Int32Array, 1)
      for (let row = 0; row < this.#offered; row++) this.#met.set(row, [row])
    }
    this.#seen++
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
    this.#conditions?.expectRows(this.#offered, this.#seen)
    const chosen = this.#choice?.result() ?? null
    const slots = chosen?.slots ?? null
    const count = slots?.length ?? this.#offered
    const met = this.#met?.take(Int32Array, this.#offered, null) ?? null
    return {
      count,
      length: this.length,
      values: this.#values.take<Float32Array | Float64Array>(floats[dtype], count, slots, divisor),
      labels: this.#labels?.take(Int32Array, count, slots) ?? null,
      ...noFacts,
      ...facts,
      rowsInFile: this.#seen,
      rows: met && chosen ? chosen.rows.map((row) => met[row]) : (met ?? chosen?.rows ?? null),
    }
  }
}

/** An image of one channel. */
export const greyImage = (height: number, width: number): ImageShape => ({ height, width, channels: 1 })

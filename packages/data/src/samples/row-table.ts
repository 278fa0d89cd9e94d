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
  /** Numbers of a row; left out where rows have several lengths, which takes storage in floating-point numbers. */
  readonly length?: number
  /** What the rows are kept in: bytes of a file of bytes, else the dtype asked for. */
  readonly storage: NumbersType<Numbers>
  readonly labelled: boolean
  readonly sample: RowSample | undefined
  /** Whether rows of the file may be passed over: {@link RowTable.pass}. */
  readonly filtered?: boolean
  /** Which labels are kept, where they lie beside the numbers; default all. */
  readonly conditions?: LabelConditions | null
}

/** Gathers rows as they come, those that the sub-sample keeps, with their labels. */
export class RowTable {
  readonly #values: Blocks<Numbers> | RaggedBlocks<Numbers>
  readonly #labels: Blocks<Int32Array> | null
  readonly #choice: RowChoice | null
  /** Of each slot the row of the file, where rows may be passed over. */
  readonly #rows: Blocks<Int32Array> | null
  readonly #conditions: LabelConditions | null
  readonly #storage: NumbersType<Numbers>
  #forgotten: Numbers | null = null
  #seen = 0
  #passed = 0
  /** Where a row that was begun is written. */
  target: Numbers = new Uint8Array(0)
  offset = 0

  constructor({ length, storage, labelled, sample, filtered = false, conditions = null }: RowTableOptions) {
    this.#values = length === undefined ? new RaggedBlocks(storage) : new Blocks(storage, length)
    this.#conditions = conditions
    this.#storage = storage
    this.#labels = labelled ? new Blocks(Int32Array, 1) : null
    this.#choice = sample ? new RowChoice(sample) : null
    this.#rows = filtered || conditions ? new Blocks(Int32Array, 1) : null
  }

  /** Numbers of a row, of the longest where they differ. */
  get length(): number {
    return this.#values.width
  }

  /** Rows that are kept. */
  get kept(): number {
    return this.#choice ? Math.min(this.#choice.count, this.#seen) : this.#seen
  }

  /** Rows that came and were not passed over, kept or not. */
  get seen(): number {
    return this.#seen
  }

  /** Rows that were passed over. */
  get passed(): number {
    return this.#passed
  }

  /**
   * @param text of the label, as the file writes it
   * @returns the slot that the row is kept in, or −1
   */
  add(row: ArrayLike<number>, label: number, text?: string): number {
    if (this.#conditions && !this.#conditions.meets(text ?? String(label))) {
      this.pass()
      return -1
    }
    const slot = this.#next()
    if (slot >= 0) this.#values.set(slot, row)
    this.label(slot, label)
    return slot
  }

  /**
   * Begins a row that is written in place, by `target[offset + i]`: nothing is copied. For rows of one length; its label is told by {@link label}.
   *
   * @returns the slot that it is kept in, or −1 where what is written is forgotten
   */
  open(): number {
    const slot = this.#next()
    const values = this.#values as Blocks<Numbers>
    if (slot < 0) {
      this.#forgotten ??= new this.#storage(this.length)
      this.target = this.#forgotten
      this.offset = 0
    } else {
      this.target = values.blockOf(slot)
      this.offset = values.offsetOf(slot)
    }
    return slot
  }

  /** The label of a row that was begun. */
  label(slot: number, label: number): void {
    if (slot >= 0) this.#labels?.set(slot, [label])
  }

  #next(): number {
    const slot = this.#choice ? this.#choice.next() : this.#seen
    this.#seen++
    if (slot >= 0) this.#rows?.set(slot, [this.#passed + this.#seen - 1])
    return slot
  }

  /** A row of the file that is no sample. */
  pass(): void {
    this.#passed++
  }

  /** What was kept by slot, in the order of the file. */
  inOrder<T>(kept: readonly T[]): readonly T[] {
    const slots = this.#choice?.result()?.slots
    return slots ? Array.from(slots, (slot) => kept[slot]) : kept
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
    this.#conditions?.expectRows(this.#seen, this.#passed)
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
      rowsInFile: this.#seen + this.#passed,
      rows: this.#passed > 0 ? (this.#rows?.take(Int32Array, count, slots) ?? null) : (chosen?.rows ?? null),
    }
  }
}

/** An image of one channel. */
export const greyImage = (height: number, width: number): ImageShape => ({ height, width, channels: 1 })

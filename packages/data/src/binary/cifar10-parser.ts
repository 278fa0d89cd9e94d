import type { FloatDType } from '../dataset.ts'
import { LabelConditions } from '../samples/label-conditions.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'
import type { Condition } from '../table/condition.ts'
import { Records } from './records.ts'

const CLASSES = 10
const image = { height: 32, width: 32, channels: 3 } as const
const pixels = image.height * image.width * image.channels

export interface Cifar10ParserOptions {
  /** Default float32. */
  readonly dtype?: FloatDType
  readonly sample?: RowSample
  readonly where?: readonly Condition[]
  readonly labelled: boolean
}

/** Reads the binary form of CIFAR-10 as it comes, one file or several in a row: pixels in [0, 1], classes 0 … 9. */
export class Cifar10Parser implements SamplesParser {
  #source: Source
  readonly #dtype: FloatDType
  readonly #table: RowTable
  #records: Records
  /** Records before this file. */
  #before = 0

  constructor(source: Source, { dtype = 'float32', sample, labelled, where }: Cifar10ParserOptions) {
    this.#source = source
    this.#dtype = dtype
    this.#table = new RowTable({
      length: pixels,
      storage: Uint8Array,
      labelled,
      sample,
      conditions: LabelConditions.of(source, where, true),
    })
    this.#records = this.#newRecords()
  }

  push(chunk: Uint8Array): void {
    this.#records.push(chunk)
  }

  /** Ends this file, its records to be followed by those of another. */
  continueWith(source: Source): void {
    this.#endFile()
    this.#source = source
    this.#before = this.#table.seen + this.#table.passed
    this.#records = this.#newRecords()
  }

  end(): ParsedSamples {
    this.#endFile()
    return this.#table.finish(this.#dtype, { image }, 255)
  }

  #newRecords(): Records {
    return new Records(1 + pixels, 0, (record, at) => {
      if (record[0] >= CLASSES) {
        fail(
          this.#source,
          `byte ${at}`,
          `expected a class from 0 to 9 before ${pixels} pixels, found ${record[0]}`,
        )
      }
      this.#table.add(record.subarray(1), record[0])
    })
  }

  #endFile(): void {
    const whole = this.#table.seen + this.#table.passed - this.#before
    const { held } = this.#records
    if (whole === 0 && held === 0) fail(this.#source, '', 'expected at least one record, got an empty file')
    if (held === 0) return
    fail(
      this.#source,
      `byte ${whole * (1 + pixels)}`,
      `expected records of ${1 + pixels} bytes, found ${held} bytes after ${whole} of them`,
    )
  }
}

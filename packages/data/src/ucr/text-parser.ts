import type { FloatDType } from '../dataset.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { countFields, Fields, type Separator } from '../text/fields.ts'
import { Lines } from '../text/lines.ts'
import { boundOf, readNumbers, wholeLabel } from '../text/number-row.ts'

export interface SeriesParserOptions {
  /** Default float64. */
  readonly dtype?: FloatDType
  readonly sample?: RowSample
  readonly labelled: boolean
}

/** Reads a file of series. */
export interface SeriesParser extends SamplesParser {
  /** The line of the first series, once it has come; the others follow it without a gap. */
  readonly firstLine: number
  end(): ParsedSamples
}

/** The archive of 2018 uses tabs, older ones commas or blanks. */
function separatorOf(line: Uint8Array): Separator {
  return line.includes(9) ? 'tab' : line.includes(44) ? 'comma' : 'blank'
}

/** Reads the text form of the UCR archive as it comes. */
export class UcrTextParser implements SeriesParser {
  readonly #source: Source
  readonly #options: SeriesParserOptions
  readonly #lines: Lines
  readonly #fields = new Fields()
  #separator: Separator = 'tab'
  #table: RowTable | null = null
  #row = new Float64Array(0)
  /** The first empty line: right at the end of the file, wrong between series. */
  #empty = 0
  readonly firstLine = 1

  constructor(source: Source, options: SeriesParserOptions) {
    this.#source = source
    this.#options = options
    this.#lines = new Lines(source, (bytes, from, to, number) => this.#take(bytes, from, to, number))
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    this.#row = new Float64Array(0)
    if (this.#table === null) {
      return fail(this.#source, '', 'expected at least one series, got an empty file')
    }
    return this.#table.finish(this.#options.dtype ?? 'float64')
  }

  #take(bytes: Uint8Array, from: number, to: number, line: number): void {
    const fields = this.#fields
    if (this.#table === null) this.#separator = separatorOf(bytes.subarray(from, to))
    const values = countFields(fields, bytes, from, to, this.#separator) - 1
    if (values < 0) {
      this.#empty ||= line
      return
    }
    if (this.#empty > 0) {
      fail(this.#source, `line ${this.#empty}`, 'expected a label and values, got an empty line')
    }
    fields.open(bytes, from, to, this.#separator).next()
    if (values === 0) {
      fail(this.#source, `line ${line}`, `expected a label and values, got only ${shown(fields.text)}`)
    }
    const label = wholeLabel(bytes, fields)
    if (label === null) {
      fail(this.#source, `line ${line}`, `expected a whole number as label, got ${shown(fields.text)}`)
    }
    this.#table ??= this.#begin(values)
    if (values !== this.#row.length) {
      fail(this.#source, `line ${line}`, `expected ${this.#row.length} values as in line 1, got ${values}`)
    }
    readNumbers(this.#source, line, bytes, fields, this.#row, boundOf(this.#options.dtype))
    this.#table.add(this.#row, label)
  }

  #begin(length: number): RowTable {
    this.#row = new Float64Array(length)
    const storage = this.#options.dtype === 'float32' ? Float32Array : Float64Array
    return new RowTable({ ...this.#options, length, storage, sample: this.#options.sample })
  }
}

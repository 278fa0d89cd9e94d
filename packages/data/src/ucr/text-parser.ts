import type { ParsedSamples } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { countFields, Fields, type Separator } from '../text/fields.ts'
import { Lines } from '../text/lines.ts'
import { wholeLabel } from '../text/number-row.ts'
import { type SeriesParser, type SeriesParserOptions, SeriesRows } from './series-rows.ts'

/** The archive of 2018 uses tabs, older ones commas or blanks. */
export function ucrSeparator(line: Uint8Array): Separator {
  return line.includes(9) ? 'tab' : line.includes(44) ? 'comma' : 'blank'
}

/** Reads the text form of the UCR archive as it comes. */
export class UcrTextParser implements SeriesParser {
  readonly #source: Source
  readonly #lines: Lines
  readonly #fields = new Fields()
  readonly #rows: SeriesRows
  #separator: Separator | null = null

  constructor(source: Source, options: SeriesParserOptions) {
    this.#source = source
    this.#rows = new SeriesRows(source, options, { labels: true, padding: true })
    this.#lines = new Lines(source, (bytes, from, to, number) => this.#take(bytes, from, to, number), {
      returns: true,
    })
  }

  lineOf(series: number): number {
    return this.#rows.lineOf(series)
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    if (this.#rows.seen === 0) {
      return fail(this.#source, '', 'expected at least one series, got an empty file')
    }
    return this.#rows.finish()
  }

  #take(bytes: Uint8Array, from: number, to: number, line: number): void {
    const fields = this.#fields
    const separator = this.#separator ?? ucrSeparator(bytes.subarray(from, to))
    const values = countFields(fields, bytes, from, to, separator) - 1
    if (values < 0) return
    this.#separator = separator
    fields.open(bytes, from, to, separator).next()
    if (values === 0) {
      fail(this.#source, `line ${line}`, `expected a label and values, got only ${shown(fields.text)}`)
    }
    const label = wholeLabel(bytes, fields)
    if (label === null) {
      fail(this.#source, `line ${line}`, `expected a whole number as label, got ${shown(fields.text)}`)
    }
    this.#rows.add(line, bytes, fields, values, label)
  }
}

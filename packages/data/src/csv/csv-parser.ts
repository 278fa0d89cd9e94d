import type { FloatDType } from '../dataset.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { countFields, Fields, type Separator } from '../text/fields.ts'
import { Lines } from '../text/lines.ts'
import { finiteNumber } from '../text/number-row.ts'
import { isHeader, namesIn } from './header.ts'
import { LabelCodes } from './label-codes.ts'
import { labelColumn } from './label-column.ts'
import { detectSeparator } from './separator.ts'

export interface CsvParserOptions {
  readonly dtype: FloatDType
  readonly sample?: RowSample
  /** The column of labels; default none. */
  readonly labels?: string | number
}

/** Lines by which the separator is judged. */
const JUDGED = 8

interface HeldLine {
  readonly bytes: Uint8Array
  readonly line: number
}

/** What the first lines say. */
interface Layout {
  readonly separator: Separator
  readonly columns: readonly string[] | null
  /** Fields of a line, and the line that has so many. */
  readonly fields: number
  readonly firstLine: number
  /** The column of labels, or −1. */
  readonly label: number
  readonly table: RowTable
  readonly row: Float64Array
}

/**
 * Reads a table as it comes: numbers parted by comma, semicolon, tab or blanks, fields in double quotes, with or without
 * a header, one column of labels if asked for.
 */
export class CsvParser implements SamplesParser {
  readonly #source: Source
  readonly #options: CsvParserOptions
  readonly #lines: Lines
  readonly #codes: LabelCodes
  readonly #fields = new Fields({ quotes: true })
  #held: HeldLine[] = []
  #layout: Layout | null = null
  #empty = 0

  constructor(source: Source, options: CsvParserOptions) {
    this.#source = source
    this.#options = options
    this.#codes = new LabelCodes(source)
    this.#lines = new Lines(source, (bytes, from, to, line) => this.#takeLine(bytes, from, to, line), {
      quotes: true,
    })
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    const layout = this.#layout ?? this.#judge()
    const { table, columns, label } = layout
    this.#layout = null
    if (table.seen === 0)
      fail(this.#source, '', 'expected samples after the header, found the end of the file')
    return table.finish(this.#options.dtype, {
      classes: this.#codes.finish(table),
      columns: columns?.filter((_, i) => i !== label) ?? null,
    })
  }

  #takeLine(bytes: Uint8Array, from: number, to: number, line: number): void {
    if (bytes.subarray(from, to).every((byte) => byte === 32 || byte === 9)) {
      this.#empty ||= line
      return
    }
    if (this.#empty > 0) fail(this.#source, `line ${this.#empty}`, 'expected fields, got an empty line')
    if (this.#layout) {
      this.#takeRow(this.#layout, bytes, from, to, line)
      return
    }
    this.#held.push({ bytes: new Uint8Array(bytes.subarray(from, to)), line })
    if (this.#held.length === JUDGED) this.#judge()
  }

  /** Decides the layout by the lines held, then reads them. */
  #judge(): Layout {
    const held = this.#held
    this.#held = []
    if (held.length === 0) return fail(this.#source, '', 'expected at least one sample, got an empty file')
    const { labels, dtype, sample } = this.#options
    const [{ bytes: first, line: firstLine }] = held
    const separator = detectSeparator(held.map(({ bytes }) => bytes))
    const named = typeof labels === 'string' && namesIn(first, separator).includes(labels)
    const columns = named || isHeader(first, held.at(1)?.bytes, separator) ? namesIn(first, separator) : null
    const fields = countFields(this.#fields, first, 0, first.length, separator)
    const label = labelColumn(this.#source, labels, columns, fields)
    const length = fields - (label < 0 ? 0 : 1)
    if (length === 0)
      fail(this.#source, `line ${firstLine}`, 'expected values beside the labels, got one column')
    const storage = dtype === 'float32' ? Float32Array : Float64Array
    const table = new RowTable({ length, storage, labelled: label >= 0, sample })
    const layout = { separator, columns, fields, firstLine, label, table, row: new Float64Array(length) }
    this.#layout = layout
    for (const { bytes, line } of columns ? held.slice(1) : held) {
      this.#takeRow(layout, bytes, 0, bytes.length, line)
    }
    return layout
  }

  #takeRow(layout: Layout, bytes: Uint8Array, from: number, to: number, line: number): void {
    const { separator, fields: expected, firstLine, label, table, row } = layout
    const fields = this.#fields
    const count = countFields(fields, bytes, from, to, separator)
    if (count !== expected) {
      fail(this.#source, `line ${line}`, `expected ${expected} fields as in line ${firstLine}, got ${count}`)
    }
    fields.open(bytes, from, to, separator)
    let code = 0
    for (let field = 0, i = 0; fields.next(); field++) {
      if (field === label) code = this.#codes.codeOf(bytes, fields, line, table)
      else row[i++] = finiteNumber(this.#source, line, bytes, fields, () => this.#nameOf(layout, field))
    }
    table.add(row, code)
  }

  #nameOf({ columns }: Layout, field: number): string {
    return `field ${field + 1}${columns ? ` (${shown(columns[field])})` : ''}`
  }
}

import type { ParsedSamples } from '../samples/samples.ts'
import { fail, listed, type Source, shown } from '../samples/source.ts'
import { countFields, Fields } from '../text/fields.ts'
import { Lines } from '../text/lines.ts'
import { type SeriesParser, type SeriesParserOptions, SeriesRows } from './series-rows.ts'
import { type TsHeader, TsHeaderReader } from './ts-header.ts'

const [COLON, OPEN, HASH, AT] = [58, 40, 35, 64]

/** Longest line before `@data` that is kept as text. */
const HEADER_LINE = 1 << 20

/**
 * Reads the `.ts` form of sktime and the UEA archive as it comes: `v1,v2,…:class` a line after `@data`. Classes that are
 * whole numbers keep them; others are numbered from 0 in the order of `@classLabel`.
 */
export class TsParser implements SeriesParser {
  readonly #source: Source
  readonly #options: SeriesParserOptions
  readonly #lines: Lines
  readonly #reader: TsHeaderReader
  readonly #fields = new Fields()
  #header: TsHeader | null = null
  /** The label of each class as the file writes it. */
  #labels: ReadonlyMap<string, number> | null = null
  #named = false
  #rows: SeriesRows | null = null

  constructor(source: Source, options: SeriesParserOptions) {
    this.#source = source
    this.#options = options
    this.#reader = new TsHeaderReader(source, options.labelled)
    this.#lines = new Lines(
      source,
      (bytes, from, to, line) => {
        if (this.#header === null) this.#takeHeader(bytes, from, to, line)
        else this.#takeSeries(this.#header, bytes, from, to, line)
      },
      { returns: true },
    )
  }

  lineOf(series: number): number {
    return this.#rows?.lineOf(series) ?? 0
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    if (this.#header === null || this.#rows === null)
      return fail(this.#source, '', 'expected a line @data, found the end of the file')
    if (this.#rows.seen === 0) {
      return fail(this.#source, '', 'expected at least one series after @data, found the end of the file')
    }
    const classes = this.#named && this.#options.labelled ? (this.#header.classes ?? null) : null
    return this.#rows.finish({ classes })
  }

  #takeHeader(bytes: Uint8Array, from: number, to: number, line: number): void {
    if (to - from > HEADER_LINE) {
      fail(this.#source, `line ${line}`, `expected a line of the header or @data, got ${to - from} bytes`)
    }
    const header = this.#reader.take(new TextDecoder().decode(bytes.subarray(from, to)).trim(), line)
    if (header === null) return
    this.#header = header
    this.#rows = new SeriesRows(this.#source, this.#options, {
      labels: Boolean(header.classes),
      padding: false,
      length: header.length,
    })
    if (!header.classes) return
    const whole = header.classes.map(Number)
    this.#named = !header.classes.every((name, i) => /^[+-]?\d/.test(name) && whole[i] === (whole[i] | 0))
    this.#labels = new Map(header.classes.map((name, i) => [name, this.#named ? i : whole[i]]))
  }

  #takeSeries(header: TsHeader, bytes: Uint8Array, from: number, to: number, line: number): void {
    const fields = this.#fields
    const parts = countFields(fields, bytes, from, to, 'colon')
    if (parts === 0) return
    const labelled = header.classes || header.targets
    this.#expectSeries(header, bytes[bytes.subarray(from, to).findIndex((b) => b > 32) + from], parts, line)

    const end = labelled ? from + bytes.subarray(from, to).lastIndexOf(COLON) : to
    const count = countFields(fields, bytes, from, end, 'comma')
    const text = header.classes ? new TextDecoder().decode(bytes.subarray(end + 1, to)).trim() : ''
    const label = header.classes ? this.#label(header, text, line) : 0
    this.#rows?.add(line, bytes, fields.open(bytes, from, end, 'comma'), count, label, text)
  }

  /** @throws for what is no series: a comment, a tag, time stamps, another number of dimensions */
  #expectSeries(header: TsHeader, first: number, parts: number, line: number): void {
    const place = `line ${line}`
    if (first === HASH || first === AT)
      fail(this.#source, place, 'expected a series after @data, got another line')
    if (first === OPEN) fail(this.#source, place, 'expected values v1,v2,…, got pairs with time stamps')
    if (header.classes === undefined && !header.targets && parts > 1) {
      fail(
        this.#source,
        place,
        'expected a series without a class, as the header has no @classLabel, got one',
      )
    }
    const expected = header.classes || header.targets ? 2 : 1
    if (parts < expected) fail(this.#source, place, 'expected v1,v2,…:class, got no colon')
    if (parts > expected) {
      fail(
        this.#source,
        place,
        `expected a series of one dimension, got ${parts - expected + 1} (parted by colons)`,
      )
    }
  }

  #label(header: TsHeader, text: string, line: number): number {
    const label = this.#labels?.get(text)
    if (label !== undefined) return label
    const names = listed(header.classes ?? [])
    return fail(
      this.#source,
      `line ${line}`,
      `expected a class among those of line ${header.lines.get('classlabel')} (${names}), got ${shown(text)}`,
    )
  }
}

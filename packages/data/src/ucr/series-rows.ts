import type { FloatDType } from '../dataset.ts'
import { LabelConditions } from '../samples/label-conditions.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import type { Condition } from '../table/condition.ts'
import type { Fields } from '../text/fields.ts'
import { boundOf, finiteNumber } from '../text/number-row.ts'
import { isMissingField } from './missing-field.ts'

export interface SeriesParserOptions {
  /** Default float64. */
  readonly dtype?: FloatDType
  readonly sample?: RowSample
  readonly labelled: boolean
  readonly where?: readonly Condition[]
  /** Default `refuse`. */
  readonly missing?: 'refuse' | 'keep'
  /** Default `refuse`. */
  readonly lengths?: 'refuse' | 'keep'
}

/** Reads a file of series. */
export interface SeriesParser extends SamplesParser {
  /** The line of a series by its place in the file. */
  lineOf(series: number): number
  end(): ParsedSamples
}

/** What padding to the longest series may take: so many times the file, or this many bytes. */
const [PADDED_SHARE, PADDED_BYTES] = [6, 1 << 20]

/** Where a file first broke a rule, and how often it did. */
interface Breach {
  readonly line: number
  readonly message: string
  series: number
}

/**
 * Series as their lines come, with missing values and several lengths where those are kept. What is refused is told at the end of the file, with its
 * number.
 */
export class SeriesRows {
  readonly #source: Source
  readonly #options: SeriesParserOptions
  readonly #padded: boolean
  readonly #bound: number
  readonly #table: RowTable
  #row = new Float64Array(0)
  /** Values of the first series, or as many as the header says; and the line that says so. */
  #expected: { readonly count: number; readonly line: number } | null
  #seen = 0
  #missing: (Breach & { values: number }) | null = null
  #other: Breach | null = null
  #shortest = Number.POSITIVE_INFINITY
  #longest = 0
  #bytes = 0
  /** Series that do not follow the one before in the next line, and their lines. */
  readonly #jumps: { readonly series: number; readonly line: number }[] = []
  #nextLine = 0

  /**
   * @param has labels, as the file has; whether shorter series are written with NaN at the end, as those of the archive of 2018 are; the values of
   *   each series by the header
   */
  constructor(
    source: Source,
    options: SeriesParserOptions,
    has: {
      readonly labels: boolean
      readonly padding: boolean
      readonly length?: { readonly count: number; readonly line: number }
    },
  ) {
    const { dtype, sample, labelled, where } = options
    this.#source = source
    this.#options = options
    this.#padded = has.padding
    this.#bound = boundOf(dtype)
    this.#expected = has.length ?? null
    this.#table = new RowTable({
      storage: dtype === 'float32' ? Float32Array : Float64Array,
      labelled: labelled && has.labels,
      sample,
      conditions: LabelConditions.of(source, where, has.labels),
    })
  }

  get seen(): number {
    return this.#seen
  }

  /** The line of a series by its place in the file. */
  lineOf(series: number): number {
    const jump = this.#jumps.findLast((at) => at.series <= series)
    return jump === undefined ? 0 : jump.line + series - jump.series
  }

  /** Reads the `count` fields that are left as values. @throws for what is neither a number nor missing */
  add(
    line: number,
    bytes: Uint8Array,
    fields: Fields,
    count: number,
    label: number,
    text = String(label),
  ): void {
    if (this.#row.length < count) this.#row = new Float64Array(count)
    const row = this.#row
    if (line !== this.#nextLine) this.#jumps.push({ series: this.#seen, line })
    this.#nextLine = line + 1
    this.#seen++
    this.#expected ??= { count, line }
    let missing = 0
    let first = ''
    let ending = 0
    let from = 0
    for (let i = 0; fields.next(); i++) {
      if (i === 0) from = fields.start
      if (isMissingField(bytes, fields)) {
        if (missing++ === 0) first = `value ${i + 1}: expected a finite number, got ${shown(fields.text)}`
        ending++
        row[i] = Number.NaN
      } else {
        row[i] = finiteNumber(this.#source, line, bytes, fields, () => `value ${i + 1}`, this.#bound)
        ending = 0
      }
    }
    this.#bytes += fields.end - from
    // Without any value it has no length.
    const end = this.#padded && ending < count ? ending : 0
    this.#countMissing(missing - end, line, first)
    this.#countLength(count - end, line, end > 0)
    if (!this.#isRefused) this.#table.add(row.subarray(0, count - end), label, text)
  }

  #countMissing(values: number, line: number, message: string): void {
    if (values === 0) return
    this.#missing ??= { line, message, series: 0, values: 0 }
    this.#missing.series++
    this.#missing.values += values
  }

  #countLength(count: number, line: number, padded: boolean): void {
    this.#shortest = Math.min(this.#shortest, count)
    this.#longest = Math.max(this.#longest, count)
    const expected = this.#expected as { count: number; line: number }
    if (count === expected.count) return
    const as = expected.line === line ? 'in the line' : `as in line ${expected.line}`
    const got = padded ? `${count} before the NaN at its end` : `${count}`
    this.#other ??= { line, message: `expected ${expected.count} values ${as}, got ${got}`, series: 0 }
    this.#other.series++
  }

  /** Rows are not kept any more once the file is to be refused. */
  get #isRefused(): boolean {
    const { missing = 'refuse', lengths = 'refuse' } = this.#options
    return (missing === 'refuse' && this.#missing !== null) || (lengths === 'refuse' && this.#other !== null)
  }

  /** @throws always: what the file is refused for, the first of it */
  #refuse(): never {
    const { missing = 'refuse', lengths = 'refuse' } = this.#options
    const gaps = missing === 'refuse' ? this.#missing : null
    const other = lengths === 'refuse' ? this.#other : null
    if (gaps !== null && (other === null || gaps.line <= other.line)) {
      const { line, message } = gaps
      const why = `${message}; ${this.#missingText(gaps)}, which the option missing: 'keep' reads as NaN`
      return fail(this.#source, `line ${line}`, why)
    }
    const { line, message, series } = other as Breach
    const why = `${message}; ${series} of ${this.#seen} series ${series === 1 ? 'has' : 'have'} another length (${this.#shortest} to ${this.#longest}), which the option lengths: 'keep' reads, shorter ones with NaN at the end`
    return fail(this.#source, `line ${line}`, why)
  }

  #missingText({ values, series }: { readonly values: number; readonly series: number }): string {
    return `${values} ${values === 1 ? 'value is' : 'values are'} missing in ${series} of ${this.#seen} series`
  }

  /** @throws for missing values and several lengths where they are refused, and for lengths that differ too much to be held */
  finish(facts: Partial<Pick<ParsedSamples, 'classes' | 'notes'>> = {}): ParsedSamples {
    if (this.#isRefused) this.#refuse()
    const { dtype = 'float64' } = this.#options
    this.#expectToFit(dtype)
    return this.#table.finish(dtype, { ...facts, notes: [...(facts.notes ?? []), ...this.#notes()] })
  }

  #notes(): string[] {
    const notes: string[] = []
    if (this.#missing) notes.push(this.#missingText(this.#missing))
    if (this.#shortest < this.#longest) {
      notes.push(`series have ${this.#shortest} to ${this.#longest} values; shorter ones end in NaN`)
    }
    return notes
  }

  /** One long line and many short ones would take the product of their numbers. */
  #expectToFit(dtype: FloatDType): void {
    const { kept, length } = this.#table
    const bytes = kept * length * (dtype === 'float32' ? 4 : 8)
    const most = PADDED_SHARE * this.#bytes + PADDED_BYTES
    if (this.#shortest === this.#longest || bytes <= most) return
    fail(
      this.#source,
      '',
      `expected series of lengths that may be padded to the longest, got ${kept} of ${this.#shortest} to ${length} values: ` +
        `padded they take ${bytes} bytes, more than ${PADDED_SHARE} times the file; leave out the longest, or read a part by the option sample`,
    )
  }
}

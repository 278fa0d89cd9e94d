import type { FloatDType } from '../dataset.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser, TextColumn } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { isMissing } from '../table/missing-marks.ts'
import { columnName } from '../table/roles.ts'
import { Times } from '../table/times.ts'
import { Where } from '../table/where.ts'
import { countFields, Fields } from '../text/fields.ts'
import { zeroBytes } from '../text/hint.ts'
import { Lines } from '../text/lines.ts'
import { boundOf, noNumber } from '../text/number-row.ts'
import { parseNumber } from '../text/parse-number.ts'
import { LabelCodes } from './label-codes.ts'
import {
  counted,
  fieldName,
  type HeldLine,
  type Layout,
  type LayoutOptions,
  layoutOf,
  raggedHint,
} from './layout.ts'
import { lineHint } from './line-hint.ts'
import { MissingValues } from './missing-values.ts'
import { RoundedNumbers } from './rounded-numbers.ts'
import { separatorNames, separatorThatGives } from './separator.ts'

export interface CsvParserOptions extends LayoutOptions {
  /** Default float64. */
  readonly dtype?: FloatDType
  readonly sample?: RowSample
  /** Default `refuse`. */
  readonly missing?: 'refuse' | 'keep'
}

/** Lines by which the layout is judged, and bytes after which fewer will do. */
const JUDGED = 64
const JUDGED_BYTES = 2 ** 20

const [HASH, TAB, BLANK] = [35, 9, 32]
/** What DOS ends a text with. */
const END_OF_TEXT = 26

const ascii = new TextEncoder()

/** `#N/A`, `#DIV/0!` and the like as the first field of a row. */
const mark = /^\s*"?#(n\/a( n\/a)?|na|value!|div\/0!|ref!|name\?|num!|null!)"?\s*([,;\t|]|$)/i
const MARK_BYTES = 24

const isMarked = (bytes: Uint8Array, from: number, to: number): boolean =>
  mark.test(String.fromCharCode(...bytes.subarray(from, Math.min(to, from + MARK_BYTES))))

/** Whether a line looks like a comment as long as the layout is not known. */
function isComment(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte !== BLANK && byte !== TAB)
  return first === HASH && !isMarked(bytes, 0, bytes.length)
}

/** A field that is left out; fields that are kept as texts are −2, −3, … */
const LEFT_OUT = -1
const textSlot = (k: number): number => -2 - k

/** A table at work. */
interface Reading {
  readonly layout: Layout
  /** Of each field: the place of the number in its row, or what becomes of its text. */
  readonly slots: Int32Array
  /** Fields that are kept as texts, in the order of their slots. */
  readonly texts: readonly number[]
  /** Where the texts of the row begin and end. */
  readonly bounds: Int32Array
  readonly table: RowTable
  readonly where: Where | null
  readonly times: Times | null
  /** Of each of `texts`, by slot of the table; the labels' is empty. */
  readonly kept: string[][]
  readonly missing: MissingValues
  readonly rounded: RoundedNumbers
}

/**
 * Reads a table as it comes: numbers parted by comma, semicolon, tab, `|` or blanks, fields in double quotes, with or without
 * a header, comments and empty lines. Columns may be labels, times, groups, ids, or be left out; all others are numbers.
 */
export class CsvParser implements SamplesParser {
  readonly #source: Source
  readonly #options: CsvParserOptions
  readonly #lines: Lines
  readonly #codes: LabelCodes
  readonly #fields = new Fields({ quotes: true })
  /** Numbers below are taken as they are read: up to 2^53 whole ones are exact. */
  readonly #bound: number
  readonly #limit: number
  readonly #groups = new Map<string, string>()
  #held: HeldLine[] = []
  #heldBytes = 0
  /** The last comment before the first other line. */
  #comment: HeldLine | null = null
  #reading: Reading | null = null
  /** Of empty lines, those that something came after. */
  #between = 0
  #empty = 0
  #comments = 0

  constructor(source: Source, options: CsvParserOptions) {
    this.#source = source
    this.#options = options
    this.#limit = boundOf(options.dtype)
    this.#bound = Math.min(this.#limit, 2 ** 53)
    this.#codes = new LabelCodes(source, options.expected !== undefined)
    this.#lines = new Lines(source, (bytes, from, to, line) => this.#takeLine(bytes, from, to, line), {
      quotes: true,
      returns: true,
    })
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    const reading = this.#reading ?? this.#judge()
    this.#reading = null
    const { layout, table, where, missing } = reading
    const { roles, names } = layout
    const source = this.#source
    const ofWhere = roles.where.map((field) => columnName(names, field))
    where?.expectSome(source, table.seen, table.passed, ofWhere)
    if (table.seen === 0) fail(source, '', 'expected samples after the header, found the end of the file')
    if (this.#options.missing !== 'keep') missing.expectNone(source, names)
    const time = this.#timeOf(reading)
    const column = (field: number): TextColumn => ({
      name:
        names === null
          ? `column ${field + 1}`
          : names[field] || (field === 0 ? 'index' : `column ${field + 1}`),
      values: table.inOrder(reading.kept[reading.texts.indexOf(field)]),
    })
    const notes = [
      ...layout.notes,
      ...(time?.note ? [time.note] : []),
      ...(this.#lines.returns ? ['lines end in a carriage return alone'] : []),
      ...counted(this.#comments, 'comment line', 'comment lines'),
      ...counted(this.#between, 'empty line', 'empty lines'),
      ...counted(table.passed, 'row does not meet the conditions', 'rows do not meet the conditions'),
      ...counted(missing.total, 'missing value', 'missing values'),
      ...reading.rounded.note(names),
    ]
    const facts = {
      classes: this.#codes.finish(table),
      columns: names === null ? null : roles.features.map((field) => names[field]),
      ids: roles.ids.map(column),
      time: time === null ? null : { ...column(roles.time), times: time.times },
      group: roles.group < 0 ? null : column(roles.group),
      notes,
    }
    return table.finish(this.#options.dtype ?? 'float64', facts)
  }

  #timeOf({ layout, times, table }: Reading): { times: Float64Array; note: string | null } | null {
    if (times === null || layout.roles.time < 0) return null
    return times.finish((list) => table.inOrder(list))
  }

  #takeLine(bytes: Uint8Array, from: number, to: number, line: number): void {
    let start = from
    // Form feeds are blanks as well.
    while (start < to && (bytes[start] === BLANK || (bytes[start] >= TAB && bytes[start] <= 13))) start++
    if (bytes[start] === END_OF_TEXT && start + 1 === to) return
    const reading = this.#reading
    // A row of tabs alone is one of missing values.
    const isRow =
      reading?.layout.separator === 'tab' && start > from && bytes.subarray(from, to).includes(TAB)
    if (start === to && !isRow) {
      this.#empty++
      return
    }
    if (bytes[start] === HASH && start < to) {
      if (reading) {
        this.#takeHash(reading, bytes, from, to, line)
        return
      }
      if (this.#held.length === 0 && !isMarked(bytes, start, to)) {
        this.#comments++
        this.#comment = this.#hold(bytes, from, to, line)
        return
      }
    }
    this.#between += this.#empty
    this.#empty = 0
    if (reading) {
      this.#takeRow(reading, bytes, from, to, line)
      return
    }
    this.#held.push(this.#hold(bytes, from, to, line))
    this.#heldBytes += to - from
    const isEnough = this.#heldBytes > JUDGED_BYTES && this.#held.length > 1
    if (this.#held.length === JUDGED || isEnough) this.#judge()
  }

  #hold(bytes: Uint8Array, from: number, to: number, line: number): HeldLine {
    return { bytes: new Uint8Array(bytes.subarray(from, to)), line }
  }

  /** A line that begins with `#`: a row where its first column holds texts or that is how a spreadsheet writes what is missing, else a comment. */
  #takeHash(reading: Reading, bytes: Uint8Array, from: number, to: number, line: number): void {
    const { layout, slots } = reading
    const count = countFields(this.#fields, bytes, from, to, layout.separator)
    if (count === layout.fields && (slots[0] < 0 || isMarked(bytes, from, to)))
      this.#takeRow(reading, bytes, from, to, line)
    else this.#comments++
  }

  /** Decides the layout by the lines held, then reads them. */
  #judge(): Reading {
    const held = this.#held
    const comment = this.#comment
    this.#held = []
    this.#comment = null
    if (held.length === 0) {
      const found = this.#comments > 0 ? 'found only lines of comment' : 'got an empty file'
      return fail(this.#source, '', `expected at least one sample, ${found}`)
    }
    const plain = held.filter(({ bytes }) => !isComment(bytes))
    const layout = layoutOf(this.#source, plain, comment, this.#options)
    if (layout.firstLine === comment?.line) this.#comments--
    const reading = this.#begin(layout)
    this.#reading = reading
    const rows = new Set(layout.rows)
    for (const one of held) {
      const { bytes, line } = one
      if (rows.has(one)) this.#takeRow(reading, bytes, 0, bytes.length, line)
      else if (isComment(bytes)) this.#takeHash(reading, bytes, 0, bytes.length, line)
    }
    return reading
  }

  #begin(layout: Layout): Reading {
    const { fields, roles, names } = layout
    const { dtype = 'float64', sample, where } = this.#options
    const slots = new Int32Array(fields).fill(LEFT_OUT)
    roles.features.forEach((field, i) => {
      slots[field] = i
    })
    const texts = [roles.label, roles.time, roles.group, ...roles.ids].filter((field) => field >= 0)
    texts.forEach((field, k) => {
      slots[field] = textSlot(k)
    })
    return {
      layout,
      slots,
      texts,
      bounds: new Int32Array(2 * texts.length),
      table: new RowTable({
        length: roles.features.length,
        storage: dtype === 'float32' ? Float32Array : Float64Array,
        labelled: roles.label >= 0,
        sample,
        filtered: roles.where.length > 0,
      }),
      where: where && where.length > 0 ? new Where(where) : null,
      times: roles.time < 0 ? null : new Times(this.#source, `time: ${columnName(names, roles.time)}`),
      kept: texts.map(() => []),
      missing: new MissingValues(fields),
      rounded: new RoundedNumbers(),
    }
  }

  #takeRow(reading: Reading, bytes: Uint8Array, from: number, to: number, line: number): void {
    const { layout, slots, bounds, table, where } = reading
    const { separator, fields: expected } = layout
    const fields = this.#fields
    if (where && !this.#isMet(reading, where, bytes, from, to, line)) {
      table.pass()
      return
    }
    const slot = table.open()
    const { target, offset } = table
    fields.open(bytes, from, to, separator)
    let field = 0
    for (; fields.next(); field++) {
      if (field >= expected) continue
      const place = slots[field]
      if (place >= 0) {
        const value = parseNumber(bytes, fields.start, fields.end)
        target[offset + place] =
          Math.abs(value) < this.#bound ? value : this.#odd(reading, value, field, bytes, from, to, line)
      } else if (place !== LEFT_OUT) {
        const k = 2 * textSlot(place)
        bounds[k] = fields.start
        bounds[k + 1] = fields.end
      }
    }
    if (field !== expected) this.#expectCount(layout, field, bytes, from, to, line)
    if (reading.texts.length > 0) this.#keepTexts(reading, slot, bytes, line)
  }

  /** @throws unless the row has as many fields as expected, or one more that is empty where all rows do */
  #expectCount(layout: Layout, got: number, bytes: Uint8Array, from: number, to: number, line: number): void {
    const { separator, fields: expected, firstLine, trailing } = layout
    if (got === expected) return
    if (trailing && got === expected + 1) {
      const { start, end } = this.#last(layout, bytes, from, to)
      if (start === end) return
    }
    const other =
      got === 1 && expected > 1 ? separatorThatGives(bytes.subarray(from, to), expected) : undefined
    const zeros = bytes.subarray(from, to).includes(0) ? `; ${zeroBytes}` : ''
    const first = expected === 1 && got > 1 ? '; is it a header that is parted otherwise?' : ''
    const hint = other
      ? `; it is parted by ${separatorNames[other]}, line ${firstLine} by ${separatorNames[separator]}`
      : zeros || first || raggedHint(separator, expected, got)
    const noun = expected === 1 ? 'field' : 'fields'
    fail(
      this.#source,
      `line ${line}`,
      `expected ${expected} ${noun} as in line ${firstLine}, got ${got}${hint}`,
    )
  }

  #last({ separator }: Layout, bytes: Uint8Array, from: number, to: number): Fields {
    const fields = this.#fields.open(bytes, from, to, separator)
    while (fields.next());
    return fields
  }

  /** NaN for a missing value, a number that has blanks within its quotes. @throws for anything else that is no number that a model can be given */
  #odd(
    reading: Reading,
    value: number,
    field: number,
    bytes: Uint8Array,
    from: number,
    to: number,
    line: number,
  ): number {
    const { text } = this.#fields
    if (Number.isNaN(value) && isMissing(text)) {
      reading.missing.add(field, text, line)
      return Number.NaN
    }
    const { layout } = reading
    const within = ascii.encode(text.replace(/^[ \t]+|[ \t]+$/g, ''))
    const number = parseNumber(within, 0, within.length)
    if (Math.abs(number) < this.#limit) {
      reading.rounded.take(text, number, field, line)
      return number
    }
    const count = countFields(new Fields({ quotes: true }), bytes, from, to, layout.separator)
    this.#expectCount(layout, count, bytes, from, to, line)
    if (layout.names?.[field] === text) {
      const expected = `expected a row, got the header of line ${layout.firstLine} again; leave the line out`
      fail(this.#source, `line ${line}`, `${fieldName(layout.names, field)}: ${expected}`)
    }
    const name = fieldName(layout.names, field)
    const hint = lineHint(layout, line, field, text)
    return noNumber(this.#source, line, name, value, text, layout.separator, hint)
  }

  #keepTexts(
    { layout, texts, bounds, table, times, kept }: Reading,
    slot: number,
    bytes: Uint8Array,
    line: number,
  ): void {
    const { label, time, group } = layout.roles
    const fields = this.#fields
    for (let k = 0; k < texts.length; k++) {
      fields.start = bounds[2 * k]
      fields.end = bounds[2 * k + 1]
      const field = texts[k]
      if (field === label) {
        table.label(slot, this.#codes.codeOf(bytes, fields, line, table))
        continue
      }
      let { text } = fields
      if (field === time) times?.read(text, line)
      if (field === group) text = this.#groupOf(layout, text, line)
      if (slot < 0) continue
      if (field === time) times?.keep(slot)
      kept[k][slot] = text
    }
  }

  /** The same text for the same group: they are few. */
  #groupOf({ names, roles }: Layout, text: string, line: number): string {
    if (isMissing(text)) {
      const got = text === '' ? 'an empty field' : `${shown(text)}, which stands for a missing value`
      fail(
        this.#source,
        `line ${line}`,
        `group: ${columnName(names, roles.group)}: expected a text, got ${got}`,
      )
    }
    const known = this.#groups.get(text)
    if (known === undefined) this.#groups.set(text, text)
    return known ?? text
  }

  #isMet(
    { layout }: Reading,
    where: Where,
    bytes: Uint8Array,
    from: number,
    to: number,
    line: number,
  ): boolean {
    const { roles } = layout
    const fields = this.#fields.open(bytes, from, to, layout.separator)
    const found = roles.where.map(() => '')
    let field = 0
    for (; fields.next(); field++) {
      for (let i = 0; i < found.length; i++) if (roles.where[i] === field) found[i] = fields.text
    }
    if (field !== layout.fields) this.#expectCount(layout, field, bytes, from, to, line)
    return where.isMet(found)
  }
}

import { fail, type Source, shown } from '../samples/source.ts'
import { dateOf } from '../table/dates.ts'
import { isMissing } from '../table/missing-marks.ts'
import { type ColumnOptions, type Roles, rolesOf } from '../table/roles.ts'
import { countFields, Fields, type Separator } from '../text/fields.ts'
import { parseNumber } from '../text/parse-number.ts'
import { guessHeader, namesIn } from './header.ts'
import { detectSeparator, separatorNames } from './separator.ts'

/** A line that is held until the layout is known. */
export interface HeldLine {
  readonly bytes: Uint8Array
  readonly line: number
}

/** How a table is to be read. */
export interface LayoutOptions extends ColumnOptions {
  readonly header?: 'auto' | 'yes' | 'no'
}

/** What the first lines say. */
export interface Layout {
  readonly separator: Separator
  /** The header, a name for each field; `null` for none. */
  readonly names: readonly string[] | null
  /** Fields of a row, and the line that has so many. */
  readonly fields: number
  readonly firstLine: number
  /** Whether each row ends in a separator with nothing behind it. */
  readonly trailing: boolean
  readonly roles: Roles
  readonly notes: readonly string[]
  /** The rows among the lines held. */
  readonly rows: readonly HeldLine[]
}

const commentMark = /^(%+|\/\/|!|\*)$/

/** What Excel writes first where the separator is not that of the country. */
const excel = /^"?sep=(.)"?\s*$/i
const excelSeparators: Readonly<Record<string, Separator>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
}

/** What numpy's `savetxt` begins a header with is no part of a name. */
const afterHash = (bytes: Uint8Array): Uint8Array => {
  let at = 0
  while (at < bytes.length && bytes[at] <= 32) at++
  at++
  while (at < bytes.length && (bytes[at] === 32 || bytes[at] === 9)) at++
  return bytes.subarray(at)
}

interface Header {
  readonly names: string[]
  readonly line: number
}

/**
 * Judges a table by its first lines.
 *
 * @param held without comments and empty lines, at least one
 * @param comment the last line of comment before the first of these
 */
export function layoutOf(
  source: Source,
  held: readonly HeldLine[],
  comment: HeldLine | null,
  options: LayoutOptions,
): Layout {
  const notes: string[] = []
  const said = excelSeparator(held[0])
  const lines = said === null ? held : held.slice(1)
  if (lines.length === 0) fail(source, '', 'expected samples after the separator, found the end of the file')
  if (lines[0].bytes.includes(0)) {
    fail(
      source,
      `line ${lines[0].line}`,
      'expected UTF-8 text, found zero bytes, as in UTF-16 and in files of numbers',
    )
  }
  const separator = said ?? detectSeparator(lines.map(({ bytes }) => bytes))
  if (separator !== 'comma') notes.push(`fields are parted by ${separatorNames[separator]}`)
  const counter = new Fields({ quotes: true })
  const countOf = ({ bytes }: HeldLine): number => countFields(counter, bytes, 0, bytes.length, separator)
  const header = headerOf(lines, comment, separator, options, countOf)
  const rows = header?.line === lines[0].line ? lines.slice(1) : lines
  // Names that are expected are found or missed: that says it all.
  if (options.expected === undefined) {
    notes.push(header === null ? 'no line is a header' : `line ${header.line} is a header`)
  }
  const names = header?.names ?? null
  const [first = lines[0]] = rows
  const counts = rows.map(countOf)
  // MATLAB and TeX begin a header so; a `#` is gone by now.
  if (names !== null && commentMark.test(names[0]) && counts.every((count) => count === names.length - 1)) {
    names.shift()
  }
  let fields = names?.length ?? countOf(first)
  const lastIsEmpty = rows.length > 0 && rows.every((row) => isLastEmpty(row, separator))
  const [count = fields] = counts
  const isEven = counts.every((other) => other === count)
  let trailing = false
  if (names === null) trailing = lastIsEmpty && fields > 1
  else if (
    isEven &&
    lastIsEmpty &&
    (count === fields + 1 || (count === fields && names[fields - 1] === ''))
  ) {
    trailing = fields > 1 || count > fields
  }
  if (trailing) {
    notes.push('separators at the ends of lines are left out')
    if (names === null || count === fields) fields--
    if (names !== null) names.length = fields
  } else if (names !== null && isEven && count === fields - 1 && names[fields - 1] === '') {
    names.length = --fields
  } else if (names !== null && isEven && rows.length > 0 && count === fields + 1) {
    // R's write.table has no name for the names of the rows.
    names.unshift('')
    fields++
  }
  const dates = options.time === 'auto' ? datesIn(rows, separator, fields) : []
  const unnamed = names !== null && /^(Unnamed: 0(\.\d+)*)?$/.test(names[0]) && fields > 1 ? 0 : -1
  const firstLine = header?.line ?? first.line
  const roles = rolesOf(source, options, { names, count: fields, line: firstLine, unnamed, dates })
  return {
    separator,
    names,
    fields,
    firstLine,
    trailing,
    roles,
    notes: [...notes, ...roles.notes],
    rows,
  }
}

function excelSeparator({ bytes }: HeldLine): Separator | null {
  if (bytes.length > 8) return null
  const found = excel.exec(String.fromCharCode(...bytes))
  return found === null ? null : (excelSeparators[found[1]] ?? null)
}

/** The header among the first lines, or in the comment before them. */
function headerOf(
  lines: readonly HeldLine[],
  comment: HeldLine | null,
  separator: Separator,
  options: LayoutOptions,
  countOf: (line: HeldLine) => number,
): Header | null {
  const { header = 'auto' } = options
  if (header === 'no') return null
  const [first] = lines
  const names = (line: Uint8Array) => namesIn(line, separator)
  const inFirst: Header = { names: [], line: first.line }
  const bytes = lines.map((line) => line.bytes)
  if (isNamed(bytes[0], separator, options) || guessHeader(bytes, separator) !== null) {
    return { ...inFirst, names: names(bytes[0]) }
  }
  if (comment !== null) {
    const count = countOf(first)
    const stripped = [afterHash(comment.bytes), comment.bytes].find(
      (text) => countOf({ bytes: text, line: 0 }) === count,
    )
    if (stripped && (header === 'yes' || guessHeader([stripped, ...bytes], separator) !== null)) {
      return { names: names(stripped), line: comment.line }
    }
  }
  return header === 'yes' ? { ...inFirst, names: names(bytes[0]) } : null
}

/** Whether an option names a column of this line, or all that a model expects are in it. */
function isNamed(line: Uint8Array, separator: Separator, options: LayoutOptions): boolean {
  const { labels, columns = [], drop = [], id = [], time, group, where = [], expected = [] } = options
  const asked = [labels, ...columns, ...drop, ...id, time, group, ...where.map(({ column }) => column)]
  const wanted = asked.filter((column) => typeof column === 'string' && !/^-?\d+$/.test(column))
  if (wanted.length === 0 && expected.length === 0) return false
  const names = new Set<string | number>(namesIn(line, separator))
  return (
    wanted.some((column) => names.has(column as string)) ||
    (expected.length > 0 &&
      expected.every((column) => typeof column === 'string' && names.has(column)) &&
      expected.some((column) => column !== ''))
  )
}

function isLastEmpty({ bytes }: HeldLine, separator: Separator): boolean {
  const fields = new Fields({ quotes: true }).open(bytes, 0, bytes.length, separator)
  let isEmpty = false
  while (fields.next()) isEmpty = fields.start === fields.end && bytes[fields.start - 1] !== 34
  return isEmpty
}

/** The columns whose values are dates, missing ones aside. */
function datesIn(rows: readonly HeldLine[], separator: Separator, count: number): number[] {
  const isDate = new Uint8Array(count)
  const isOther = new Uint8Array(count)
  const fields = new Fields({ quotes: true })
  for (const { bytes } of rows) {
    fields.open(bytes, 0, bytes.length, separator)
    for (let at = 0; at < count && fields.next(); at++) {
      if (isOther[at] || !Number.isNaN(parseNumber(bytes, fields.start, fields.end))) isOther[at] = 1
      else if (dateOf(fields.text) !== null) isDate[at] = 1
      else if (!isMissing(fields.text)) isOther[at] = 1
    }
  }
  return Array.from({ length: count }, (_, at) => at).filter((at) => isDate[at] && !isOther[at])
}

/** A note that says how many there were, if any. */
export const counted = (count: number, one: string, several: string): readonly string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${several}`]

/** What a ragged row may be about. */
export function raggedHint(separator: Separator, expected: number, got: number): string {
  if (got <= expected) return ''
  if (separator === 'comma' && got === 2 * expected)
    return '; commas may be those of decimals, which are written with a point'
  return `; a field that holds ${separatorNames[separator]} is put in quotes`
}

/** A column in an error. */
export const fieldName = (names: readonly string[] | null, field: number): string =>
  `field ${field + 1}${names ? ` (${shown(names[field])})` : ''}`

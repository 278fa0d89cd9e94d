import { likeliest } from '@facet/tensor/checks'
import { fail, type Source, shown } from '../samples/source.ts'
import type { Column } from './column.ts'
import type { Condition } from './condition.ts'

/** Names that an error lists. */
const LISTED = 10

/** What a table is told about its columns. */
export interface ColumnOptions {
  readonly labels?: string | number
  readonly columns?: readonly Column[]
  readonly drop?: readonly Column[]
  readonly id?: readonly Column[]
  readonly time?: Column
  readonly group?: Column
  readonly where?: readonly Condition[]
  readonly expected?: readonly Column[]
  readonly beside?: 'drop' | 'id'
}

/** The first line that is read, as far as columns go. */
export interface ColumnFacts {
  /** Names, or `null` without a header. */
  readonly names: readonly string[] | null
  /** Fields of a row. */
  readonly count: number
  /** The line of the header, or of the first row. */
  readonly line: number
  /** The column that counts the rows, without a name in the header, or −1. */
  readonly unnamed: number
  /** Columns whose values are dates, as far as one has seen. */
  readonly dates: readonly number[]
}

/** The part that each column plays; −1 for none. */
export interface Roles {
  readonly label: number
  readonly time: number
  readonly group: number
  readonly ids: readonly number[]
  /** Columns of the conditions, in their order. */
  readonly where: readonly number[]
  /** Features in the order in which a model is given them. */
  readonly features: readonly number[]
  readonly notes: readonly string[]
}

/** A column in an error or a note: by its name, or its number from 1. */
export const columnName = (names: readonly string[] | null, field: number): string =>
  names === null || names[field] === '' ? `column ${field + 1}` : shown(names[field])

const some = (texts: readonly string[]): string =>
  texts.slice(0, LISTED).join(', ') + (texts.length > LISTED ? ', …' : '')

/** The place of a column. @throws naming the columns that there are */
export function placeOf(
  source: Source,
  option: string,
  column: Column,
  { names, count, line }: Pick<ColumnFacts, 'names' | 'count' | 'line'>,
): number {
  const place = `line ${line}`
  if (typeof column === 'string' && names !== null) {
    const at = names.indexOf(column)
    if (at >= 0 && names.indexOf(column, at + 1) < 0) return at
    if (at >= 0) {
      return fail(
        source,
        place,
        `${option}: expected one column ${shown(column)}, got several; name it by its index`,
      )
    }
  }
  const index = typeof column === 'number' ? column : /^-?\d+$/.test(column) ? Number(column) : Number.NaN
  if (!Number.isNaN(index)) {
    const at = index < 0 ? index + count : index
    if (Number.isInteger(at) && at >= 0 && at < count) return at
    return fail(
      source,
      '',
      `${option}: expected a column from 0 to ${count - 1}, or from -${count} to -1 counted from the end, got ${column}`,
    )
  }
  if (names === null) {
    return fail(
      source,
      place,
      `${option}: expected a header with a column ${shown(column as string)}, got numbers; a column without a name is given by its index from 0`,
    )
  }
  const like = likeliest(column as string, names)
  const hint = like === undefined ? '' : `; did you mean ${shown(like)}?`
  return fail(
    source,
    place,
    `${option}: expected one of the columns ${some(names.map(shown))}, got ${shown(column as string)}${hint}`,
  )
}

/** Whether there is such a column, once or more. */
const isThere = (column: Column, { names, count }: ColumnFacts): boolean => {
  if (typeof column === 'string' && names?.includes(column)) return true
  const index = typeof column === 'number' ? column : /^-?\d+$/.test(column) ? Number(column) : Number.NaN
  return index >= -count && index < count
}

/** Names that are given more than once. */
function repeated(names: readonly string[]): string[] {
  const [seen, twice] = [new Set<string>(), new Set<string>()]
  for (const name of names) {
    if (name !== '' && seen.has(name)) twice.add(name)
    seen.add(name)
  }
  return [...twice]
}

/** What `'none'` stands for in options of one column. */
const given = (column: Column | undefined): column is Column => column !== undefined && column !== 'none'

/** The part of each column by the options. @throws for a column that is not there, or has two parts */
export function rolesOf(source: Source, options: ColumnOptions, facts: ColumnFacts): Roles {
  const { names, count } = facts
  const parts = new Map<number, string>()
  const notes: string[] = []
  const name = (field: number): string => columnName(names, field)
  const shared = repeated(names ?? [])
  if (shared.length > 0) notes.push(`several columns are called ${some(shared.map(shown))}`)
  const take = (option: string, column: Column): number => {
    const field = placeOf(source, option, column, facts)
    const other = parts.get(field)
    if (other !== undefined) {
      const twice = other === option ? `${option} lists it twice` : `${other} has it as well`
      fail(source, '', `${option}: expected each column to have one part, got ${name(field)}; ${twice}`)
    }
    parts.set(field, option)
    return field
  }
  const label =
    given(options.labels) && !isSpared(options.labels, options, facts) ? take('labels', options.labels) : -1
  if (given(options.labels) && label < 0)
    notes.push(`there is no column of labels ${spelled(options.labels)}`)
  const group = given(options.group) ? take('group', options.group) : -1
  const isSparing = options.expected !== undefined
  const ids: number[] = []
  for (const column of options.id ?? []) {
    if (!isSparing || isThere(column, facts)) ids.push(take('id', column))
    else notes.push(`there is no column ${spelled(column)}`)
  }
  let time = given(options.time) && options.time !== 'auto' ? take('time', options.time) : -1
  for (const column of options.drop ?? []) if (!isSparing || isThere(column, facts)) take('drop', column)
  const chosen = options.columns?.map((column) => take('columns', column))
  const expected = options.expected && expectedFields(source, options.expected, chosen, facts, parts)
  if (options.time === 'auto') {
    const dates = facts.dates.filter((field) => !parts.has(field) && !expected?.includes(field))
    if (dates.length === 1) {
      time = dates[0]
      parts.set(time, 'time')
      notes.push(`the time is in ${name(time)}`)
    } else if (dates.length > 1) {
      notes.push(`${some(dates.map(name))} hold dates; the option time names one of them`)
    }
  }
  const { unnamed } = facts
  const isIndex =
    unnamed >= 0 && !parts.has(unnamed) && !expected?.includes(unnamed) && count - parts.size > 1
  if (isIndex) {
    notes.push('the first column has no name and is no feature')
    parts.set(unnamed, 'id')
    ids.push(unnamed)
  }
  const free = Array.from({ length: count }, (_, field) => field).filter((field) => !parts.has(field))
  const features = expected ?? chosen ?? free
  if (expected) {
    const known = new Set(expected)
    const extra = free.filter((field) => !known.has(field))
    if (names === null) notes.push('there is no header: features are taken by their place')
    if (options.beside === 'id') ids.push(...extra)
    else if (extra.length > 0)
      notes.push(`${some(extra.map(name))} ${extra.length === 1 ? 'is' : 'are'} not expected and left out`)
  }
  const where = (options.where ?? []).map(({ column }) => placeOf(source, 'where', column, facts))
  if (features.length === 0) {
    const beside = label >= 0 && parts.size === 1 ? 'the labels' : 'columns that are none'
    const got = count === 1 ? 'one column' : `${count} columns`
    fail(source, `line ${facts.line}`, `expected values beside ${beside}, got ${got}`)
  }
  return { label, time, group, ids, where, features, notes }
}

const spelled = (column: Column): string => (typeof column === 'string' ? shown(column) : String(column))

/**
 * Whether remembered labels may be missing: a model that is given new rows says what it expects. By a name: there is none. By an index: it is one of
 * what is expected, or without a header there are no more columns than that.
 */
function isSpared(labels: Column, { expected, columns }: ColumnOptions, facts: ColumnFacts): boolean {
  if (expected === undefined) return false
  if (!isThere(labels, facts)) return true
  if (typeof labels === 'string' && facts.names?.includes(labels)) return false
  if (facts.names === null) return columns === undefined && facts.count === expected.length
  const name = facts.names.at(Number(labels))
  return name !== undefined && expected.includes(name)
}

/** The fields of what is expected: by name in any order, or without a header by position. @throws naming what is missing */
function expectedFields(
  source: Source,
  expected: readonly Column[],
  chosen: readonly number[] | undefined,
  facts: ColumnFacts,
  parts: ReadonlyMap<number, string>,
): readonly number[] {
  const { names, count, line } = facts
  if (names === null) {
    const there =
      chosen ?? Array.from({ length: count }, (_, field) => field).filter((field) => !parts.has(field))
    if (there.length === expected.length) return there
    return fail(
      source,
      `line ${line}`,
      `expected ${expected.length} columns, ${some(expected.map(spelled))}, as there is no header to find them by, got ${there.length}`,
    )
  }
  // Names that occur several times are taken one after the other; the last place of each list is the first of the name.
  const places = new Map<string, number[]>()
  for (let field = names.length - 1; field >= 0; field--) {
    const others = places.get(names[field])
    if (others === undefined) places.set(names[field], [field])
    else others.push(field)
  }
  const used = new Set<number>()
  const next = (name: string): number => {
    const left = places.get(name) ?? []
    let field = left.pop()
    while (field !== undefined && used.has(field)) field = left.pop()
    return field ?? -1
  }
  const missing: Column[] = []
  const fields = expected.map((column) => {
    const field = typeof column === 'number' ? placeOf(source, 'expected', column, facts) : next(column)
    if (field < 0) missing.push(column)
    used.add(field)
    return field
  })
  if (missing.length > 0) {
    const spare = names.filter((_, i) => !used.has(i))
    const like = missing
      .slice(0, LISTED)
      .map((column) => likeliest(String(column), spare))
      .filter((found) => found !== undefined)
    const hint = like.length === 0 ? '' : `; did you mean ${[...new Set(like)].map(shown).join(', ')}?`
    fail(
      source,
      `line ${line}`,
      `expected the ${missing.length === 1 ? 'column' : 'columns'} ${some(missing.map(spelled))} as well, found ${some(names.map(shown))}${hint}`,
    )
  }
  for (const field of fields) {
    const other = parts.get(field)
    if (other !== undefined && other !== 'columns') {
      fail(
        source,
        `line ${line}`,
        `expected ${columnName(names, field)} to be a feature; the option ${other} names it too`,
      )
    }
  }
  return fields
}

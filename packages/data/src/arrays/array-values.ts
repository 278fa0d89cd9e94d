import type { ArrayDescription } from '@facet/tensor'
import type { FloatDType } from '../dataset.ts'
import { fail, type Source } from '../samples/source.ts'
import { boundOf, largeHint } from '../text/number-row.ts'
import { shownArray } from './shown-array.ts'

/** Columns that an error counts missing values of. */
const LISTED = 8

/** A table of numbers out of an array, and what errors call it. */
export interface ArrayTable {
  readonly source: Source
  /** Names the array in errors, or is empty. */
  readonly what: string
  readonly data: ArrayLike<number>
  /** Numbers of a row. */
  readonly length: number
  /** What the caller asked for, if anything. */
  readonly dtype: FloatDType | undefined
}

/**
 * Checks the numbers of rows, those listed or the first `count`.
 *
 * @throws for infinity, and unless float64 was asked for what float32 rounds to it, naming row, column and value; for NaN
 *   unless missing values are kept, with their number by column
 */
export function checkNumbers(
  table: ArrayTable,
  rows: Int32Array | null,
  count: number,
  missing: 'refuse' | 'keep',
): void {
  const { data, length } = table
  const bound = boundOf(table.dtype)
  let nan = 0
  for (let i = 0; i < count; i++) {
    const from = (rows === null ? i : rows[i]) * length
    for (let at = from; at < from + length; at++) {
      const value = data[at]
      if (value < bound && value > -bound) continue
      if (Number.isNaN(value)) nan++
      else refuseLarge(table, at)
    }
  }
  if (nan > 0 && missing === 'refuse') refuseMissing(table, rows, count, nan)
}

function refuseLarge({ source, what, data, length }: ArrayTable, at: number): never {
  const place = `row ${Math.floor(at / length)}, column ${at % length} (counted from 0)`
  return fail(source, what, `expected finite numbers, found ${data[at]} in ${place}${largeHint(data[at])}`)
}

function refuseMissing(
  { source, what, data, length }: ArrayTable,
  rows: Int32Array | null,
  count: number,
  nan: number,
): never {
  const counts = new Map<number, number>()
  let first = ''
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : rows[i]
    for (let column = 0; column < length; column++) {
      if (!Number.isNaN(data[row * length + column])) continue
      counts.set(column, (counts.get(column) ?? 0) + 1)
      if (first === '') first = `row ${row}, column ${column}`
    }
  }
  const byColumn = [...counts].sort(([a], [b]) => a - b)
  const list = byColumn.slice(0, LISTED).map(([column, times]) => `column ${column}: ${times}`)
  const more = byColumn.length > LISTED ? `, … (${byColumn.length} columns)` : ''
  return fail(
    source,
    what,
    `expected finite numbers, found NaN in ${first} (counted from 0): ${nan} missing ${nan === 1 ? 'value' : 'values'} in all (${list.join(', ')}${more}); missing: 'keep' lets them be`,
  )
}

/** How an array of another rank becomes a table. @throws always */
export function refuseShape(
  { source, what }: Pick<ArrayTable, 'source' | 'what'>,
  array: Pick<ArrayDescription, 'type' | 'shape'>,
): never {
  const { shape } = array
  const found = `expected samples, an array [n, d], found ${shownArray(array)}`
  if (shape.includes(0)) fail(source, what, `${found}: it is empty`)
  if (shape.length === 0) fail(source, what, `${found}: a single number`)
  return fail(
    source,
    what,
    `${found}; a table needs two axes: save x.reshape(-1, 1) for ${shape[0]} samples of one number, or x.reshape(1, -1) for one sample of ${shape[0]}`,
  )
}

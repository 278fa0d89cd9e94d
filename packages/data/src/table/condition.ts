import { describe, type OptionKind } from '@facet/tensor/checks'
import { decimal } from '../text/decimal.ts'
import type { Column } from './column.ts'
import { dateOf } from './dates.ts'

/** How a value is compared with that of a condition: as numbers or dates where both are, else as texts. */
export const comparisons = ['=', '!=', '<=', '<', '>=', '>'] as const

/** What a row must meet to be read: `{ column: 'Class', is: '=', value: '0' }`. */
export interface Condition {
  readonly column: Column
  readonly is: (typeof comparisons)[number]
  readonly value: string
}

const isCondition = (value: unknown): value is Condition => {
  const { column, is, value: text } = Object(value) as Partial<Condition>
  return (
    (typeof column === 'string' || Number.isInteger(column)) &&
    comparisons.includes(is as Condition['is']) &&
    typeof text === 'string'
  )
}

/** Lists of conditions as options. */
export const conditions: OptionKind<readonly Condition[]> = {
  check(operation, option, value) {
    if (Array.isArray(value) && value.every(isCondition)) return
    throw new TypeError(
      `${operation}: ${option}: expected conditions { column, is: ${comparisons.join(' ')}, value }, got ${describe(value)}`,
    )
  },
}

/**
 * Reads `Class=0`, `temp >= 20`, `kind!=b`. A column that is a whole number is an index.
 *
 * @throws RangeError for a text without comparison or column
 * @example parseCondition('Class=0') // { column: 'Class', is: '=', value: '0' }
 */
export function parseCondition(text: string): Condition {
  const found = /^\s*(.+?)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/s.exec(text)
  if (found === null) {
    throw new RangeError(
      `parseCondition: expected COLUMN=VALUE, or with ${comparisons.slice(1).join(' ')}, got ${describe(text)}`,
    )
  }
  const [, column, is, value] = found
  return { column: /^-?\d+$/.test(column) ? Number(column) : column, is: is as Condition['is'], value }
}

/** Whole numbers of so many digits are not exact in float64. */
const long = /^[+-]?\d{16,}$/

function numberIn(text: string): number | bigint | null {
  const stripped = text.trim()
  if (long.test(stripped)) return BigInt(stripped)
  return decimal.test(stripped) ? Number(stripped) : null
}

/** The date, unless day and month may be either. */
function timeIn(text: string): number | null {
  const date = dateOf(text.trim())
  return date !== null && date.monthFirst === date.dayFirst ? date.monthFirst : null
}

/** By the order of value and condition, −1, 0 or 1. */
const holds: Readonly<Record<Condition['is'], (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const orderOf = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Whether a value, as the file writes it, meets a condition: as numbers where both are, as dates where both are, else as texts. A text is neither
 * below nor above a number or a date, so that a missing value is not read as a large one.
 *
 * @example meets({ is: '=', value: '0' }, '0.0') // true
 */
export function meets({ is, value }: Pick<Condition, 'is' | 'value'>, text: string): boolean {
  for (const read of [numberIn, timeIn]) {
    const other = read(value)
    if (other === null) continue
    const own = read(text)
    return own === null ? is === '!=' : holds[is](orderOf(own, other))
  }
  return holds[is](orderOf(text.trim(), value.trim()))
}

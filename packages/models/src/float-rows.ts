import { formatShape, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { checkFinite } from './training/check-finite.ts'

/**
 * @param columns their number, or the name of one that may be any
 * @param purpose why they are asked for, where that is not plain: ` for …,`
 * @throws TypeError or RangeError unless rows are finite floats [n, columns], n ≥ 1.
 */
export function expectFloatRows(
  operation: string,
  what: string,
  rows: unknown,
  columns: number | string,
  purpose = '',
): asserts rows is Tensor {
  const expected = `${operation}: ${what}: expected floats [n, ${columns}] with n ≥ 1,${purpose}`
  if (!(rows instanceof Tensor)) throw new TypeError(`${expected} got ${describe(rows)}`)
  const { shape, dtype } = rows
  const isFloat = dtype === 'float32' || dtype === 'float64'
  const isWide = typeof columns === 'string' || shape[1] === columns
  if (!isFloat || shape.length !== 2 || shape[0] === 0 || !isWide) {
    throw new RangeError(`${expected} got ${dtype} ${formatShape(shape)}`)
  }
  checkFinite(operation, what, rows)
}

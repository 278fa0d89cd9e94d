/**
 * `base` to a whole power from 0 on by squaring: the same bits in every engine, which `**` is not (of 0.9¹ … 0.9⁴⁰⁰⁰ Node 20 and
 * Chromium 156 differ in 391, and so do Firefox 153 and Node). Relative error below 2⁻⁵² `exponent`.
 *
 * @example
 * import { wholePower } from '@facet/tensor/checks'
 * wholePower(3, 4) // 81
 */
export function wholePower(base: number, exponent: number): number {
  let [power, value] = [base, 1]
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) value *= power
    power *= power
  }
  return value
}

/** The order of axes that undoes `transpose(x, order)`. */
export const inversePermutation = (order: readonly number[]): number[] =>
  order.map((_, axis) => order.indexOf(axis))

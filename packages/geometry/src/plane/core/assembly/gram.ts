import { f8, put8 } from './state'

/** sums[i] = sum over j of |w_i · w_j|, of the rows of a matrix whose columns are even in number. */
export function gramSums(w: usize, rows: i32, columns: i32, sums: usize): void {
  const bytes = (<usize>columns) << 3
  for (let i = 0; i < rows; i++) put8(sums, i, 0)
  for (let i = 0; i < rows; i++) {
    const a = w + <usize>i * bytes
    for (let j = 0; j <= i; j++) {
      const b = w + <usize>j * bytes
      let total = f64x2.splat(0)
      for (let k: usize = 0; k < bytes; k += 16) total = f64x2.add(total, f64x2.mul(v128.load(a + k), v128.load(b + k)))
      const product = Math.abs(f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1))
      put8(sums, i, f8(sums, i) + product)
      if (j < i) put8(sums, j, f8(sums, j) + product)
    }
  }
}

// What multiplies: a module of its own, which scripts/build-kernels.mjs compiles with and without fused multiply-add.
import { matmul, multiply } from './matmul'

export { adamFactors_f32, adamFactors_f64, factorPieces, sgdFactors_f32, sgdFactors_f64 } from './factors'
export { scratch } from './matmul'

export function matmul_f32(m: i32, n: i32, k: i32, a: usize, transposeA: bool, b: usize, transposeB: bool, c: usize): void {
  matmul<f32>(m, n, k, a, transposeA, b, transposeB, c, 0, m, 0, n)
}
export function matmul_f64(m: i32, n: i32, k: i32, a: usize, transposeA: bool, b: usize, transposeB: bool, c: usize): void {
  matmul<f64>(m, n, k, a, transposeA, b, transposeB, c, 0, m, 0, n)
}

/** A part of a product: a rectangle whose first row is even and whose first column is a multiple of 16 has the bits it has in the whole. */
export function matmulPart_f32(m: i32, n: i32, k: i32, a: usize, transposeA: bool, b: usize, transposeB: bool, c: usize, row: i32, lastRow: i32, column: i32, lastColumn: i32): void {
  matmul<f32>(m, n, k, a, transposeA, b, transposeB, c, row, lastRow, column, lastColumn)
}
export function matmulPart_f64(m: i32, n: i32, k: i32, a: usize, transposeA: bool, b: usize, transposeB: bool, c: usize, row: i32, lastRow: i32, column: i32, lastColumn: i32): void {
  matmul<f64>(m, n, k, a, transposeA, b, transposeB, c, row, lastRow, column, lastColumn)
}

/** c [m, n] (+)= leftᵀ right, m columns of left [k, …], whose rows are `leftRow` bytes apart. */
export function gradient_f32(m: i32, n: i32, k: i32, left: usize, leftRow: usize, right: usize, c: usize, add: bool): void {
  const row = <usize>n * 4
  multiply<f32>(m, n, k, left, 4, leftRow, right, row, 4, c, row, add, m)
}
export function gradient_f64(m: i32, n: i32, k: i32, left: usize, leftRow: usize, right: usize, c: usize, add: bool): void {
  const row = <usize>n * 8
  multiply<f64>(m, n, k, left, 8, leftRow, right, row, 8, c, row, add, m)
}

/**
 * Products `from` to `last` of a plane of `inner` in a row, row by row; their operands are steps of bytes apart, `ao` between rows of
 * the plane and `ai` within a row.
 */
// @ts-expect-error: decorator
@inline function batch<T>(inner: i32, m: i32, n: i32, k: i32, a: usize, ta: bool, b: usize, tb: bool, c: usize, ao: usize, bo: usize, co: usize, ai: usize, bi: usize, ci: usize, from: i32, last: i32): void {
  for (let at = from; at < last; at++) {
    const o = <usize>(at / inner)
    const i = <usize>(at % inner)
    matmul<T>(m, n, k, a + o * ao + i * ai, ta, b + o * bo + i * bi, tb, c + o * co + i * ci, 0, m, 0, n)
  }
}

export function matmulBatch_f32(inner: i32, m: i32, n: i32, k: i32, a: usize, ta: bool, b: usize, tb: bool, c: usize, ao: usize, bo: usize, co: usize, ai: usize, bi: usize, ci: usize, from: i32, last: i32): void {
  batch<f32>(inner, m, n, k, a, ta, b, tb, c, ao, bo, co, ai, bi, ci, from, last)
}
export function matmulBatch_f64(inner: i32, m: i32, n: i32, k: i32, a: usize, ta: bool, b: usize, tb: bool, c: usize, ao: usize, bo: usize, co: usize, ai: usize, bi: usize, ci: usize, from: i32, last: i32): void {
  batch<f64>(inner, m, n, k, a, ta, b, tb, c, ao, bo, co, ai, bi, ci, from, last)
}

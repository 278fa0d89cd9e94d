import type { OpName } from '../../op-params.ts'

/** How far a result may lie from that of `reference` in float64 on the same inputs; ε is that of the dtype. */
export type Tolerance =
  /** The same bits after one rounding to the dtype; NaN is NaN. */
  | { readonly kind: 'exact' }
  /** The same number: of two zeros either. */
  | { readonly kind: 'equal' }
  /** |got − want| ≤ count · ε · |want| + the smallest number, or `floor` where what is smaller may be lost. */
  | { readonly kind: 'ulps'; readonly count: number; readonly floor?: number }
  /** |got − want| ≤ count · ε · (|want| + |x|): what a rounded argument x of slope 1 makes of it. */
  | { readonly kind: 'argument'; readonly count: number }
  /** |got − want| ≤ factor · n · ε · Σ|terms|, n the number of terms. */
  | { readonly kind: 'terms'; readonly factor: number }
  /** |got − want| ≤ factor · n · ε · largest |want| of an [n, m] matrix. */
  | { readonly kind: 'norm'; readonly factor: number }

export type Tolerances = Readonly<Record<OpName, Tolerance>>

const exact: Tolerance = { kind: 'exact' }
/** Half a unit comes from rounding to the dtype; engines' functions differ by less than another half (float64: by one). */
const transcendental: Tolerance = { kind: 'ulps', count: 1 }
/**
 * Any order of n terms errs by at most n · ε/2 · Σ|terms| to first order (Higham, "Accuracy and Stability", Sec. 4.2); the other
 * half is the error of `reference` itself where the dtype is float64.
 */
const terms: Tolerance = { kind: 'terms', factor: 1 }

/** Integers, bools, codes and moved elements are exact everywhere; so are + − × ÷ √, which IEEE 754 rounds correctly. */
export const tolerances: Tolerances = {
  neg: exact,
  abs: exact,
  sign: exact,
  square: exact,
  exp: transcendental,
  expm1: transcendental,
  log: transcendental,
  log1p: transcendental,
  sqrt: exact,
  reciprocal: exact,
  sin: transcendental,
  cos: transcendental,
  tanh: transcendental,
  sigmoid: transcendental,
  floor: exact,
  ceil: exact,
  round: exact,
  logicalNot: exact,
  isNaN: exact,
  isFinite: exact,
  cast: exact,
  stopGradient: exact,
  add: exact,
  sub: exact,
  mul: exact,
  div: exact,
  pow: transcendental,
  maximum: exact,
  minimum: exact,
  equal: exact,
  notEqual: exact,
  less: exact,
  lessEqual: exact,
  greater: exact,
  greaterEqual: exact,
  logicalAnd: exact,
  logicalOr: exact,
  where: exact,
  sum: terms,
  prod: terms,
  max: exact,
  min: exact,
  argMax: exact,
  argMin: exact,
  cumsum: terms,
  matmul: terms,
  reshape: exact,
  transpose: exact,
  broadcastTo: exact,
  concat: exact,
  slice: exact,
  pad: exact,
  flip: exact,
  gather: exact,
  scatterAdd: terms,
  oneHot: exact,
  topKMask: exact,
  affine: terms,
  // A slope is rounded to the dtype, and its product with a cotangent once more.
  applySlopes: { kind: 'ulps', count: 2 },
  packStates: exact,
  unpackStates: exact,
  countDifferingStates: exact,
  // Factorisations run in float64 whatever the dtype; the matrices' condition numbers are below 10, those of expm below 100.
  cholesky: { kind: 'norm', factor: 10 },
  choleskySolve: { kind: 'norm', factor: 10 },
  solve: { kind: 'norm', factor: 10 },
  // Of 1 + |log|, not of a largest number.
  logDet: { kind: 'norm', factor: 10 },
  eigh: { kind: 'norm', factor: 10 },
  symmetricFunction: { kind: 'norm', factor: 100 },
  expm: { kind: 'norm', factor: 100 },
}

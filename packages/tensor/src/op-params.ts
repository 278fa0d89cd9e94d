import type { Activation } from './activation.ts'
import type { DType } from './dtype.ts'
import type { Shape } from './shape.ts'

/** An op without parameters. */
export type None = Record<string, never>
export interface ReduceParams {
  /** Sorted, non-negative. */
  readonly axes: readonly number[]
  readonly keepDims: boolean
}
export interface AxisParams {
  readonly axis: number
}

/** A function of one number; the exponent is that of `power` and 0 otherwise. */
export interface ScalarFunction {
  readonly kind: 'exp' | 'log' | 'power'
  readonly exponent: number
}

/** The ops: one row each, with its parameters. Inputs are tensors only; numbers are parameters. */
export interface OpParams {
  neg: None
  abs: None
  sign: None
  square: None
  exp: None
  expm1: None
  log: None
  log1p: None
  sqrt: None
  reciprocal: None
  sin: None
  cos: None
  tanh: None
  sigmoid: None
  floor: None
  ceil: None
  round: None
  logicalNot: None
  isNaN: None
  isFinite: None
  cast: { readonly dtype: DType }
  stopGradient: None
  add: None
  sub: None
  mul: None
  div: None
  pow: None
  maximum: None
  minimum: None
  equal: None
  notEqual: None
  less: None
  lessEqual: None
  greater: None
  greaterEqual: None
  logicalAnd: None
  logicalOr: None
  where: None
  sum: ReduceParams
  prod: ReduceParams
  max: ReduceParams
  min: ReduceParams
  argMax: AxisParams
  argMin: AxisParams
  cumsum: AxisParams & { readonly reverse: boolean }
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean }
  reshape: { readonly shape: Shape }
  transpose: { readonly axes: readonly number[] }
  broadcastTo: { readonly shape: Shape }
  concat: AxisParams
  slice: { readonly starts: readonly number[]; readonly sizes: readonly number[] }
  pad: { readonly padding: readonly (readonly [number, number])[]; readonly value: number }
  flip: { readonly axes: readonly number[] }
  gather: AxisParams
  scatterAdd: AxisParams & { readonly size: number }
  oneHot: { readonly depth: number; readonly dtype: DType }
  topKMask: { readonly k: number }
  affine: Activation
  applySlopes: Activation
  packStates: None
  unpackStates: { readonly units: number }
  countDifferingStates: None
  cholesky: None
  choleskySolve: None
  solve: None
  logDet: None
  eigh: None
  symmetricFunction: ScalarFunction
  expm: None
}

export type OpName = keyof OpParams
/** Ops that never move a number and need no kernel. */
export type ViewOp = 'reshape' | 'stopGradient'

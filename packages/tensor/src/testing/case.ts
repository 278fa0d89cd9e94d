import type { Arbitrary } from 'fast-check'
import type { DType, TypedArray } from '../dtype.ts'
import type { None } from '../op.ts'
import type { OpName, OpParams } from '../op-table.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { OtherTolerance, TermsTolerance } from './tolerance.ts'

/** A tensor as plain data. */
export interface Values {
  readonly dtype: DType
  readonly shape: Shape
  readonly values: TypedArray
}

/** One call of an op with such parameters. */
export interface Call<P> {
  readonly inputs: readonly Values[]
  readonly params: P
}

/** One call of an op. */
export type Case<N extends OpName> = Call<OpParams[N]>

/** One call, in float64, at a place where the op is smooth. */
export interface SmoothCall<P> {
  readonly inputs: readonly Tensor[]
  readonly params: P
  /** Takes the inputs to where the op is defined (positive definite, …); the inputs of the op are what it returns. */
  readonly prepare?: (inputs: readonly Tensor[]) => readonly Tensor[]
}

export type SmoothCase<N extends OpName> = SmoothCall<OpParams[N]>

/** What an op with such parameters is tried with, on every backend and in both modes of differentiation. */
export type CaseRow<P> = {
  /**
   * The calls whose results every backend is held to, the main input of the dtype asked for; the first says whether the op
   * admits that dtype, and must be of a shape that it admits.
   */
  readonly calls: (dtype: DType) => Iterable<Call<P>>
  /**
   * Where numeric differentiation may be trusted: kinks and singular points are left out, there the rules follow conventions that
   * have tests of their own. `null` for an op that takes no floating numbers.
   */
  readonly smooth: Arbitrary<SmoothCall<P>> | null
} & (
  | { readonly tolerance: OtherTolerance; readonly terms?: undefined }
  /** `terms` is how many terms one element of the result adds up or multiplies, at most. */
  | { readonly tolerance: TermsTolerance; readonly terms: (c: Call<P>) => number }
)

/** One row for every op: a missing one is a compile error. */
export type CaseTable = { readonly [N in OpName]: CaseRow<OpParams[N]> }

export const NONE: None = {}

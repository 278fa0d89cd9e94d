import type { DType, TypedArray } from '../../dtype.ts'
import type { OpName, OpParams } from '../../op-params.ts'
import type { Shape } from '../../shape.ts'

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

/** The calls an op is tried with, its main input of the dtype asked for, the first of them one that can say whether the dtype is admitted. */
export type Cases<N extends OpName> = (dtype: DType) => Iterable<Case<N>>

/** One row for every op: a missing one is a compile error. */
export type CaseTable = { readonly [N in OpName]: Cases<N> }

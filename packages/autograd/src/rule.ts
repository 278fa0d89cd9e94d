import type { Contribution, Tensor } from '@facet/tensor'
import type { OpName, OpParams } from '@facet/tensor/dispatch'

/** One op as it ran: all that a rule may look at. Rules are written in ops and never read values, so they nest. */
export interface OpCall<N extends OpName> {
  readonly x: readonly Tensor[]
  readonly y: readonly Tensor[]
  readonly params: OpParams[N]
}

/** What reaches input `input` from (or output `output` through) a tangent or cotangent `t`; linear in `t`. */
export type PartialDerivative<N extends OpName, R> = (
  t: Tensor,
  call: OpCall<N>,
  input: number,
  output: number,
) => R

/** One partial an input, or one for all of them; `null` where nothing passes. An op whose rule is `null` is not traced. */
export type Partials<N extends OpName, R> =
  | PartialDerivative<N, R>
  | readonly (PartialDerivative<N, R> | null)[]
  | null

/** Tangents in, tangents out. A partial may answer in a shape that broadcasts to the output's. */
export type JvpRule<N extends OpName> = Partials<N, Tensor>

/** For ops whose inputs have work in common: `shared` maps the cotangent once, then each partial takes the result. */
export interface Shared<N extends OpName> {
  readonly shared: (g: Tensor, call: OpCall<N>) => Tensor
  readonly partials: readonly PartialDerivative<N, Contribution>[]
}

/** For products of which both inputs may be one variable. */
export interface Twice<N extends OpName> {
  readonly partials: readonly PartialDerivative<N, Contribution>[]
  /** What reaches that variable through both inputs at once; `null` where each does it for itself. */
  readonly twice: (g: Tensor, call: OpCall<N>) => Contribution | null
}

/** Cotangents in, cotangents out. A partial may answer in the broadcast shape: it is summed back to the input's. */
export type VjpRule<N extends OpName> = Partials<N, Contribution> | Shared<N> | Twice<N>

import type { DType } from './dtype.ts'
import type { Shape } from './shape.ts'

/** What is known of a tensor before it is computed. */
export interface Spec {
  readonly shape: Shape
  readonly dtype: DType
}

/** The parameters of an op without any. */
export type None = Record<string, never>

/** The parameters of every op without any: made once, not for every call. */
export const NONE: None = {}

/** What an op with parameters `P` makes of its inputs, but for the numbers. */
export interface ShapeRule<P> {
  /** Shape and dtype of every output. @throws where the inputs do not fit; the message starts with the op's name. */
  outputs(op: string, inputs: readonly Spec[], params: P): Spec[]
  /** Where in the first input the output lies, if it can share its memory. */
  viewOffset?(inputs: readonly Spec[], params: P): number | undefined
}

/** An op: what `dispatch` takes, what backends have a kernel for and transforms a rule, by its name. */
export interface Op<N extends string = string, P = never> extends ShapeRule<P> {
  readonly name: N
}

/** The ops of a file by name, from the parameters of each. */
export type OpsOf<P> = { readonly [N in keyof P & string]: Op<N, P[N]> }

/** Gives rules their names. A rule that is missing is a compile error. */
export const defineOps = <P extends object>(
  rules: {
    readonly [N in keyof P & string]: ShapeRule<P[N]>
  },
): OpsOf<P> =>
  Object.fromEntries(
    Object.entries<ShapeRule<never>>(rules).map(([name, rule]) => [name, { name, ...rule }]),
  ) as unknown as OpsOf<P>

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
  /** Of ops whose kernels no backend carries: what they come from. */
  readonly family?: OpFamily
}

/** Ops whose kernels come with them, and are in no program that has none of these ops. */
export interface OpFamily {
  readonly name: string
  /** All of them: rules of one reach the others here, since importing one brings the kernels of all. */
  readonly ops: Readonly<Record<string, Op>>
  /** What a backend adopts its kernels from, by the backend's name. */
  readonly kernels: Readonly<Record<string, unknown>>
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

/** Gives rules their names and the family that they are. A rule that is missing is a compile error. */
export function defineFamily<P extends object>(
  name: string,
  kernels: OpFamily['kernels'],
  rules: { readonly [N in keyof P & string]: ShapeRule<P[N]> },
): OpsOf<P> {
  const ops: Record<string, Op> = {}
  const family: OpFamily = { name, ops, kernels }
  for (const [op, rule] of Object.entries<ShapeRule<never>>(rules)) ops[op] = { name: op, family, ...rule }
  return ops as unknown as OpsOf<P>
}

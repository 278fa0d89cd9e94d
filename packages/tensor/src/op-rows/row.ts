import { type DType, isFloat } from '../dtype.ts'
import type { OpName, OpParams } from '../op-params.ts'
import { formatShape, type Shape } from '../shape.ts'

/** What is known of a tensor before it is computed. */
export interface Spec {
  readonly shape: Shape
  readonly dtype: DType
}

export interface Row<P> {
  /** Shape and dtype of every output. @throws where the inputs do not fit; the message starts with the op's name. */
  outputs(op: string, inputs: readonly Spec[], params: P): Spec[]
  /** Where in the first input the output lies, if it can share its memory. */
  viewOffset?(inputs: readonly Spec[], params: P): number | undefined
}

/** One row for every op. */
export type OpTable = { readonly [N in OpName]: Row<OpParams[N]> }

/** What an op computes with. */
export type Kind = 'float' | 'signed' | 'number' | 'bool'

const kinds: Record<Kind, { accepts: (dtype: DType) => boolean; name: string }> = {
  float: { accepts: isFloat, name: 'float32 or float64' },
  signed: { accepts: (dtype) => isFloat(dtype) || dtype === 'int32', name: 'float32, float64 or int32' },
  number: { accepts: (dtype) => dtype !== 'bool', name: 'numbers' },
  bool: { accepts: (dtype) => dtype === 'bool', name: 'bool' },
}

/** @throws TypeError for a dtype of another kind. */
export function expectKind(op: string, kind: Kind, dtype: DType): void {
  if (!kinds[kind].accepts(dtype))
    throw new TypeError(`${op}: expected ${kinds[kind].name}, got ${dtype}; cast first`)
}

/** Nothing is promoted silently. @throws TypeError naming both dtypes. */
export function same(op: string, a: Spec, b: Spec): DType {
  if (a.dtype !== b.dtype) throw new TypeError(`${op}: dtypes differ: ${a.dtype} and ${b.dtype}; cast one`)
  return a.dtype
}

export const expectFloat = (op: string, x: Spec): void => expectKind(op, 'float', x.dtype)

export function expectRank(op: string, what: string, x: Spec, atLeast: number): void {
  if (x.shape.length < atLeast) {
    throw new RangeError(`${op}: expected ${what} of rank ≥ ${atLeast}, got ${formatShape(x.shape)}`)
  }
}

export function expectSquare(op: string, a: Spec): void {
  expectFloat(op, a)
  expectRank(op, 'a matrix', a, 2)
  if (a.shape.at(-1) !== a.shape.at(-2))
    throw new RangeError(`${op}: expected square matrices, got ${formatShape(a.shape)}`)
}

import { describe } from './checks.ts'
import { type DType, isFloat } from './dtype.ts'
import type { Spec } from './op.ts'
import { formatShape } from './shape.ts'

/** What an op computes with, by the dtypes that it takes. */
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

/** @throws TypeError for what is neither float32 nor float64. */
export const expectFloat = (op: string, x: Spec): void => expectKind(op, 'float', x.dtype)

/** @throws RangeError for fewer axes. */
export function expectRank(op: string, what: string, x: Spec, atLeast: number): void {
  if (x.shape.length < atLeast) {
    throw new RangeError(`${op}: expected ${what} of rank ≥ ${atLeast}, got ${formatShape(x.shape)}`)
  }
}

/** @throws unless it is a stack of square matrices of floats. */
export function expectSquare(op: string, a: Spec): void {
  expectFloat(op, a)
  expectRank(op, 'a matrix', a, 2)
  if (a.shape.at(-1) !== a.shape.at(-2))
    throw new RangeError(`${op}: expected square matrices, got ${formatShape(a.shape)}`)
}

/** @throws TypeError unless they are int32, as all indices are. */
export function expectIndices(op: string, { dtype }: Spec): void {
  if (dtype !== 'int32') throw new TypeError(`${op}: expected int32 indices, got ${dtype}`)
}

/** @throws RangeError unless it is a whole number of elements that an axis of such a length has. */
export function expectCountWithin(op: string, what: string, count: number, length: number): void {
  if (!Number.isInteger(count) || count < 0 || count > length)
    throw new RangeError(`${op}: expected ${what} in 0 … ${length}, got ${describe(count)}`)
}

import { type DType, isFloat } from './dtype.ts'
import { broadcastShapes, type Shape } from './shape.ts'

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

type Kind = 'float' | 'signed' | 'number' | 'bool'

const kinds: Record<Kind, { accepts: (dtype: DType) => boolean; name: string }> = {
  float: { accepts: isFloat, name: 'float32 or float64' },
  signed: { accepts: (dtype) => isFloat(dtype) || dtype === 'int32', name: 'float32, float64 or int32' },
  number: { accepts: (dtype) => dtype !== 'bool', name: 'numbers' },
  bool: { accepts: (dtype) => dtype === 'bool', name: 'bool' },
}

function expectKind(op: string, kind: Kind, dtype: DType): void {
  if (!kinds[kind].accepts(dtype))
    throw new TypeError(`${op}: expected ${kinds[kind].name}, got ${dtype}; cast first`)
}

/** Nothing is promoted silently. @throws TypeError naming both dtypes. */
export function same(op: string, a: Spec, b: Spec): DType {
  if (a.dtype !== b.dtype) throw new TypeError(`${op}: dtypes differ: ${a.dtype} and ${b.dtype}; cast one`)
  return a.dtype
}

type Plain = Row<Record<string, never>>

export const elementwise = (kind: Kind): Plain => ({
  outputs(op, [x]) {
    expectKind(op, kind, x.dtype)
    return [{ shape: x.shape, dtype: x.dtype }]
  },
})

export const predicate: Plain = {
  outputs(op, [x]) {
    expectKind(op, 'float', x.dtype)
    return [{ shape: x.shape, dtype: 'bool' }]
  },
}

export const arithmetic = (kind: Kind): Plain => ({
  outputs(op, [a, b]) {
    const dtype = same(op, a, b)
    expectKind(op, kind, dtype)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype }]
  },
})

export const comparison: Plain = {
  outputs(op, [a, b]) {
    same(op, a, b)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}

export const logical: Plain = {
  outputs(op, [a, b]) {
    expectKind(op, 'bool', same(op, a, b))
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}

import { type Shape, sizeOf } from '../../shape.ts'

/** How many elements lie before, along and behind an axis: element k of it, between o and i, is at `(o · length + k) · inner + i`. */
export const splitAtAxis = (shape: Shape, axis: number): [outer: number, length: number, inner: number] => [
  sizeOf(shape.slice(0, axis)),
  shape[axis],
  sizeOf(shape.slice(axis + 1)),
]

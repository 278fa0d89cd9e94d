import type { TypedArray } from '../dtype.ts'
import type { Shape } from '../shape.ts'

/** The numbers of an array whose first axis varies fastest, as a copy whose last does. */
export function rowMajor<A extends TypedArray>(columnMajor: A, given: Shape): A {
  const out = columnMajor.slice() as A
  // Axes of length 1 move nothing, and a file may have any number of them: without, there are at most log₂ of the numbers.
  const shape = given.filter((length) => length !== 1)
  if (shape.length < 2 || out.length === 0) return out
  const strides: number[] = []
  let stride = 1
  for (const length of shape) {
    strides.push(stride)
    stride *= length
  }
  const last = shape.length - 1
  const index = new Array<number>(last).fill(0)
  let from = 0
  for (let at = 0; at < out.length; ) {
    for (let i = 0; i < shape[last]; i++) out[at++] = columnMajor[from + i * strides[last]]
    // On to the next row: axes that are through start anew.
    for (let axis = last - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= shape[axis] * strides[axis]
      index[axis] = 0
    }
  }
  return out
}

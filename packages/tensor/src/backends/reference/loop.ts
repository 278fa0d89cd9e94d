import type { Shape } from '../../shape.ts'

/** A walk over an output in rows of its innermost axis, with the start of each broadcast input's row. */
export interface Loop {
  /** Elements of a row. */
  readonly inner: number
  /** Step of each input along a row: 1, or 0 where it is stretched (or any stride after merging). */
  readonly innerStrides: readonly number[]
  /** Calls with the row's start in the output and, in an array that is reused, in each input. */
  forEach(visit: (at: number, starts: readonly number[]) => void): void
}

/** Strides of `shape` seen as `out`: 0 along stretched axes. */
function broadcastStrides(shape: Shape, out: Shape): number[] {
  const strides = new Array<number>(out.length).fill(0)
  let stride = 1
  for (let i = shape.length - 1, o = out.length - 1; i >= 0; i--, o--) {
    if (shape[i] !== 1) strides[o] = stride
    stride *= shape[i]
  }
  return strides
}

/** Adjacent axes that every input walks evenly are merged, so that rows are as long as they can be. */
export function planLoop(out: Shape, inputs: readonly Shape[]): Loop {
  return stridedLoop(
    out,
    inputs.map((shape) => broadcastStrides(shape, out)),
  )
}

/** The same for any strides of the inputs, one list of `out.length` each. */
export function stridedLoop(out: Shape, strides: readonly (readonly number[])[]): Loop {
  const shape: number[] = []
  const merged: number[][] = strides.map(() => [])
  for (let axis = 0; axis < out.length; axis++) {
    if (out[axis] === 1) continue
    const last = shape.length - 1
    const joins = last >= 0 && merged.every((list, i) => list[last] === strides[i][axis] * out[axis])
    if (joins) {
      shape[last] *= out[axis]
      merged.forEach((list, i) => {
        list[last] = strides[i][axis]
      })
    } else {
      shape.push(out[axis])
      merged.forEach((list, i) => list.push(strides[i][axis]))
    }
  }
  const inner = shape.length === 0 ? 1 : (shape.pop() as number)
  const innerStrides = merged.map((list) => list.pop() ?? 0)
  const forEach = (visit: (at: number, starts: readonly number[]) => void): void => {
    const count = shape.reduce((n, length) => n * length, 1)
    const index = new Array<number>(shape.length).fill(0)
    const starts = new Array<number>(strides.length).fill(0)
    for (let row = 0; row < count; row++) {
      visit(row * inner, starts)
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        index[axis]++
        for (let i = 0; i < starts.length; i++) starts[i] += merged[i][axis]
        if (index[axis] < shape[axis]) break
        index[axis] = 0
        for (let i = 0; i < starts.length; i++) starts[i] -= merged[i][axis] * shape[axis]
      }
    }
  }
  return { inner, innerStrides, forEach }
}

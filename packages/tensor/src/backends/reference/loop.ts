import { type Shape, sizeOf } from '../../shape.ts'
import { broadcastSteps, mergeAxes } from '../strides.ts'

/** A walk over an output in rows of its innermost axis, with the start of each broadcast input's row. */
export interface Loop {
  /** Elements of a row. */
  readonly inner: number
  /** Step of each input along a row: 1, or 0 where it is stretched (or any stride after merging). */
  readonly innerStrides: readonly number[]
  /** Calls with the row's start in the output and, in an array that is reused, in each input. */
  forEach(visit: (at: number, starts: readonly number[]) => void): void
}

/** Adjacent axes that every input walks evenly are merged, so that rows are as long as they can be. */
export function planLoop(out: Shape, inputs: readonly Shape[]): Loop {
  return stridedLoop(
    out,
    inputs.map((shape) => broadcastSteps(shape, out)),
  )
}

/** The same for any strides of the inputs, one list of `out.length` each. */
export function stridedLoop(out: Shape, strides: readonly (readonly number[])[]): Loop {
  const { lengths, strides: steps } = mergeAxes(out, strides)
  const inner = lengths.pop() ?? 1
  const innerStrides = steps.map((list) => list.pop() ?? 0)
  const count = sizeOf(lengths)
  const forEach = (visit: (at: number, starts: readonly number[]) => void): void => {
    const index = new Array<number>(lengths.length).fill(0)
    const starts = new Array<number>(strides.length).fill(0)
    for (let row = 0; row < count; row++) {
      visit(row * inner, starts)
      for (let axis = lengths.length - 1; axis >= 0; axis--) {
        index[axis]++
        for (let i = 0; i < starts.length; i++) starts[i] += steps[i][axis]
        if (index[axis] < lengths[axis]) break
        index[axis] = 0
        for (let i = 0; i < starts.length; i++) starts[i] -= steps[i][axis] * lengths[axis]
      }
    }
  }
  return { inner, innerStrides, forEach }
}

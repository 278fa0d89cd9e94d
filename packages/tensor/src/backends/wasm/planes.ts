import type { Shape } from '../../shape.ts'
import { mergeAxes } from '../strides.ts'

/** Called with the starts of each operand in a plane of `outer` rows of `inner` elements, and its steps along both. */
type Visit = (
  outer: number,
  inner: number,
  starts: readonly number[],
  outerSteps: readonly number[],
  innerSteps: readonly number[],
) => void

/**
 * Walks operands of any strides together, in as few planes as can be: neighbouring axes that all of them pass through evenly
 * are one axis. A shape of two or fewer such axes is one call.
 *
 * @param strides of each operand, one list of `shape.length` each, in any unit
 */
export function eachPlane(shape: Shape, strides: readonly (readonly number[])[], visit: Visit): void {
  if (shape.includes(0)) return
  const { lengths, strides: steps } = mergeAxes(shape, strides)
  const inner = lengths.pop() ?? 1
  const innerSteps = steps.map((list) => list.pop() ?? 0)
  const outer = lengths.pop() ?? 1
  const outerSteps = steps.map((list) => list.pop() ?? 0)
  const starts = new Array<number>(strides.length).fill(0)
  const index = new Array<number>(lengths.length).fill(0)
  for (;;) {
    visit(outer, inner, starts, outerSteps, innerSteps)
    let axis = lengths.length - 1
    for (; axis >= 0; axis--) {
      index[axis]++
      for (let i = 0; i < starts.length; i++) starts[i] += steps[i][axis]
      if (index[axis] < lengths[axis]) break
      for (let i = 0; i < starts.length; i++) starts[i] -= steps[i][axis] * lengths[axis]
      index[axis] = 0
    }
    if (axis < 0) return
  }
}

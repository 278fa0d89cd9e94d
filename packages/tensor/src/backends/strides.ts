import type { Shape } from '../shape.ts'

/** Neighbouring axes that every operand passes through evenly are one axis; axes of length 1 are none. */
export function mergeAxes(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { lengths: number[]; strides: number[][] } {
  const lengths: number[] = []
  const steps: number[][] = strides.map(() => [])
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis]
    if (length === 1) continue
    const last = lengths.length - 1
    if (last >= 0 && strides.every((list, i) => steps[i][last] === list[axis] * length)) {
      lengths[last] *= length
      for (let i = 0; i < strides.length; i++) steps[i][last] = strides[i][axis]
    } else {
      lengths.push(length)
      for (let i = 0; i < strides.length; i++) steps[i].push(strides[i][axis])
    }
  }
  return { lengths, strides: steps }
}

/** Steps, `unit` each, of `shape` seen as `out`: 0 along stretched axes. */
export function broadcastSteps(shape: Shape, out: Shape, unit = 1): number[] {
  const steps = new Array<number>(out.length).fill(0)
  let step = unit
  for (let i = shape.length - 1, o = out.length - 1; i >= 0; i--, o--) {
    if (shape[i] !== 1) steps[o] = step
    step *= shape[i]
  }
  return steps
}

/** Strides of every so manieth element along each axis, in place; `factors` are all 1 where they are left out. */
export function stretchStrides(strides: number[], factors: readonly number[] | undefined): number[] {
  if (factors !== undefined) for (let i = 0; i < strides.length; i++) strides[i] *= factors[i]
  return strides
}

/** How far apart neighbours lie that have so many elements between them along each axis. */
export const distancesOf = (interior: readonly number[] | undefined): number[] | undefined =>
  interior?.map((count) => count + 1)

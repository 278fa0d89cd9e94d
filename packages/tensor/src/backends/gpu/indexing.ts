import { type Shape, stridesOf } from '../../shape.ts'

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

/** GLSL of where element `i` of a tensor of `shape` lies in an operand of any strides, `i` a whole number ≥ 0. */
export function indexExpression(shape: Shape, strides: readonly number[], base = 0, i = 'i'): string {
  const merged = mergeAxes(shape, [strides])
  const [steps] = merged.strides
  const outer = stridesOf(merged.lengths)
  const terms = merged.lengths.flatMap((length, axis) => {
    if (steps[axis] === 0) return []
    const divided = outer[axis] === 1 ? i : `${i} / ${outer[axis]}`
    const coordinate = axis === 0 ? divided : `(${divided}) % ${length}`
    return [steps[axis] === 1 ? `(${coordinate})` : `(${coordinate}) * ${steps[axis]}`]
  })
  if (base !== 0 || terms.length === 0) terms.unshift(String(base))
  return terms.join(' + ')
}

/** Strides of `shape` seen as `out`: 0 along stretched axes. */
export function broadcastStrides(shape: Shape, out: Shape): number[] {
  const strides = new Array<number>(out.length).fill(0)
  const own = stridesOf(shape)
  const lead = out.length - shape.length
  shape.forEach((length, axis) => {
    if (length !== 1) strides[lead + axis] = own[axis]
  })
  return strides
}

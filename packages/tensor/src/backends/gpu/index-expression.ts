import { type Shape, stridesOf } from '../../shape.ts'
import { mergeAxes } from '../strides.ts'

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

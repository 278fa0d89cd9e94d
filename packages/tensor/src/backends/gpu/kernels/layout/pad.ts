import { stridesOf } from '../../../../shape.ts'
import { literal } from '../../glsl/literals.ts'
import { drawElements, type GpuKernelOf } from '../kernel.ts'

/** Each element of the result computes its coordinates in the operand, and is the constant where these lie outside or between two elements. */
export const pad: GpuKernelOf<'pad'> = (runner, [x], [y], { padding, value, interior }) =>
  drawElements(runner, `pad ${y.shape}:${padding.join(':')}:${value}:${interior}`, [x], y, () => {
    const [steps, lengths] = [stridesOf(y.shape), stridesOf(x.shape)]
    const distances = x.shape.map((length, axis) => (length < 2 ? 1 : (interior?.[axis] ?? 0) + 1))
    const coordinates = y.shape.map(
      (length, axis) => `  int c${axis} = (i / ${steps[axis]}) % ${length} - ${padding[axis][0]};`,
    )
    const inside = x.shape.map((length, axis) => {
      const within = `c${axis} >= 0 && c${axis} < ${(length - 1) * distances[axis] + 1}`
      return distances[axis] === 1 ? within : `${within} && c${axis} % ${distances[axis]} == 0`
    })
    const index = x.shape.map((_, axis) => `c${axis} / ${distances[axis]} * ${lengths[axis]}`)
    const fill = literal(y.dtype, value)
    return `${coordinates.join('\n')}
  return stored(${inside.length === 0 ? 'true' : inside.join(' && ')} ? at_a(${index.join(' + ') || '0'}) : ${fill});`
  })

import { stridesOf } from '../../../../shape.ts'
import { literal } from '../../glsl/literals.ts'
import { drawElements, type GpuKernelOf } from '../kernel.ts'

/** Each element of the result computes its coordinates in the operand, and is the constant where these lie outside. */
export const pad: GpuKernelOf<'pad'> = (runner, [x], [y], { padding, value }) =>
  drawElements(runner, `pad ${y.shape}:${padding.join(':')}:${value}`, [x], y, () => {
    const [steps, lengths] = [stridesOf(y.shape), stridesOf(x.shape)]
    const coordinates = y.shape.map(
      (length, axis) => `  int c${axis} = (i / ${steps[axis]}) % ${length} - ${padding[axis][0]};`,
    )
    const inside = x.shape.map((length, axis) => `c${axis} >= 0 && c${axis} < ${length}`)
    const index = x.shape.map((_, axis) => `c${axis} * ${lengths[axis]}`)
    const fill = literal(y.dtype, value)
    return `${coordinates.join('\n')}
  return stored(${inside.length === 0 ? 'true' : inside.join(' && ')} ? at_a(${index.join(' + ') || '0'}) : ${fill});`
  })

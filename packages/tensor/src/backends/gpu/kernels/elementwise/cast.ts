import type { DType } from '../../../../dtype.ts'
import { glslTypes } from '../../glsl/program.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { map, type ScalarExpression } from './map.ts'

/** The whole part of x modulo 2³², as JavaScript's `x | 0`; of what is no number, 0. */
const wrapped = `uint wrapped(float x) {
  uint bits = floatBitsToUint(x);
  int e = int((bits >> 23) & 255u) - 150;
  if (e >= 32 || e < -23) return 0u;
  uint m = (bits & 0x7fffffu) | 0x800000u;
  uint size = e >= 0 ? m << uint(e) : m >> uint(-e);
  return (bits >> 31) == 1u ? 0u - size : size;
}
`

/** JavaScript's conversions: to integers truncated and modulo 2³², to bool `x ≠ 0`. */
function expressionOf(from: DType, to: DType): ScalarExpression {
  if (to === 'bool') return { value: from === 'float32' ? 'x != 0.0' : `${glslTypes[from]}(0) != x` }
  if (to === 'float32') return { value: from === 'float32' ? 'x' : 'float(x)' }
  return from === 'float32' ? { value: 'wrapped(x)', functions: wrapped } : { value: 'uint(x)' }
}

/** The dtypes choose the expression. */
export const cast: GpuKernelOf<'cast'> = (runner, [x], [y], { dtype }) =>
  map(runner, 'cast', [x], y, expressionOf(x.dtype, dtype))

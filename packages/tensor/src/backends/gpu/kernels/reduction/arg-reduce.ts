import { glslTypes } from '../../glsl/program.ts'
import { around, drawElements, type GpuKernelOf } from '../kernel.ts'

/** The place of the largest, or smallest, element: the first of equal ones, and the first NaN where there is any. */
const argReduce =
  (name: 'argMax' | 'argMin'): GpuKernelOf<'argMax'> =>
  (runner, [x], [y], { axis }) => {
    const [, length, inner] = around(x.shape, axis, axis)
    const type = glslTypes[x.dtype]
    const isHole = (value: string): string => (type === 'float' ? `isNaNumber(${value})` : 'false')
    const better = `next ${name === 'argMax' ? '>' : '<'} best`
    drawElements(
      runner,
      `${name} ${length} ${inner}`,
      [x],
      y,
      () => `  int base = i / ${inner} * ${length * inner} + i % ${inner};
  int place = 0;
  ${type} best = at_a(base);
  for (int k = 1; k < ${length}; k++) {
    ${type} next = at_a(base + k * ${inner});
    if (!${isHole('best')} && (${better} || ${isHole('next')})) { best = next; place = k; }
  }
  return stored(place);`,
    )
  }

/** Kernels of reductions to a place. */
export const argReduceKernels = { argMax: argReduce('argMax'), argMin: argReduce('argMin') }

import { type Fold, foldInBlocks, folds } from '../../glsl/folds.ts'
import { glslTypes } from '../../glsl/program.ts'
import { around, drawElements, type GpuKernelOf } from '../kernel.ts'

/** Each element folds all up to it: n² / 2 steps along an axis of n, all elements side by side. */
const cumulative =
  (name: string, fold: Fold): GpuKernelOf<'cumsum'> =>
  (runner, [x], [y], { axis, reverse }) => {
    const [, length, inner] = around(x.shape, axis, axis)
    const type = glslTypes[x.dtype]
    const term = `at_a(base + ${reverse ? `(${length - 1} - k)` : 'k'} * ${inner})`
    drawElements(
      runner,
      `${name} ${length} ${inner} ${reverse}`,
      [x],
      y,
      () => `  int place = i / ${inner} % ${length};
  int base = i - place * ${inner};
  int count = ${reverse ? `${length} - place` : 'place + 1'};
${foldInBlocks({ fold, type, count: 'count', most: length, term })}
  return stored(total);`,
    )
  }

/** Each element begins at the start of the axis, as those of {@link cumulative} do. */
const linearRecurrence: GpuKernelOf<'linearRecurrence'> = (runner, inputs, [y], { axis, reverse }) => {
  const [, length, inner] = around(y.shape, axis, axis)
  const step = reverse ? -inner : inner
  drawElements(
    runner,
    `linearRecurrence ${length} ${inner} ${reverse}`,
    inputs,
    y,
    () => `  int place = i / ${inner} % ${length};
  int count = ${reverse ? `${length - 1} - place` : 'place'};
  int at = i - count * ${step};
  ${glslTypes[y.dtype]} total = at_b(at);
  for (int k = 0; k < count; k++) {
    at += ${step};
    total = at_a(at) * total + at_b(at);
  }
  return stored(total);`,
  )
}

/** Kernels of cumulative ops. */
export const cumulativeKernels = {
  cumsum: cumulative('cumsum', folds.sum),
  cumprod: cumulative('cumprod', folds.prod),
  linearRecurrence,
}

import type { DType } from '../../../../dtype.ts'
import { foldInBlocks, folds } from '../../glsl/folds.ts'
import { literal } from '../../glsl/literals.ts'
import { glslTypes } from '../../glsl/program.ts'
import { around, drawElements, type GpuKernelOf } from '../kernel.ts'

/** What an index outside the axis gets, for no kernel can throw: NaN, and 0 where a dtype has none. */
const outsideOf = (dtype: DType): string => literal(dtype, dtype === 'float32' ? Number.NaN : 0)

const gather: GpuKernelOf<'gather'> = (runner, [x, indices], [y], { axis }) => {
  const [, length, inner] = around(x.shape, axis, axis)
  drawElements(
    runner,
    `gather ${length} ${inner} ${indices.size}`,
    [x, indices],
    y,
    () => `  int row = i / ${inner};
  int k = at_b(row % ${indices.size});
  if (k < 0 || k >= ${length}) return stored(${outsideOf(y.dtype)});
  return stored(at_a((row / ${indices.size} * ${length} + k) * ${inner} + i % ${inner}));`,
  )
}

/** Each element of the result looks through all indices for its own. */
const scatterAdd: GpuKernelOf<'scatterAdd'> = (runner, [updates, indices], [y], { axis, size }) => {
  const [, , inner] = around(y.shape, axis, axis)
  const count = indices.size
  const type = glslTypes[y.dtype]
  const term = `at_a(from + k * ${inner})`
  drawElements(
    runner,
    `scatterAdd ${size} ${inner} ${count}`,
    [updates, indices],
    y,
    () => `  int row = i / ${inner};
  int target = row % ${size};
  int from = row / ${size} * ${count * inner} + i % ${inner};
${foldInBlocks({ fold: folds.sum, type, count, most: count, term, isTaken: 'at_b(k) == target' })}
  return stored(total);`,
  )
}

const oneHot: GpuKernelOf<'oneHot'> = (runner, [indices], [y], { depth }) => {
  const [one, zero] = [literal(y.dtype, 1), literal(y.dtype, 0)]
  drawElements(
    runner,
    `oneHot ${depth}`,
    [indices],
    y,
    () => `  return stored(at_a(i / ${depth}) == i % ${depth} ? ${one} : ${zero});`,
  )
}

/** Kernels of ops that read indices. */
export const indexKernels = { gather, scatterAdd, oneHot }

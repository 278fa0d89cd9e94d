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

/** Each element of the result reads its own index. */
export const takeAlongAxis: GpuKernelOf<'takeAlongAxis'> = (runner, [x, indices], [y], { axis }) => {
  const [, count, inner] = around(y.shape, axis, axis)
  const length = x.shape[axis]
  drawElements(
    runner,
    `takeAlongAxis ${length} ${inner} ${count}`,
    [x, indices],
    y,
    () => `  int k = at_b(i);
  if (k < 0 || k >= ${length}) return stored(${outsideOf(y.dtype)});
  return stored(at_a((i / ${count * inner} * ${length} + k) * ${inner} + i % ${inner}));`,
  )
}

/** Each element of the result looks through all indices of its line for its own. */
const addAlongAxis: GpuKernelOf<'addAlongAxis'> = (runner, [updates, indices], [y], { axis, size }) => {
  const [, count, inner] = around(updates.shape, axis, axis)
  const type = glslTypes[y.dtype]
  const at = `from + k * ${inner}`
  const isTaken = `at_b(${at}) == target`
  drawElements(
    runner,
    `addAlongAxis ${size} ${inner} ${count}`,
    [updates, indices],
    y,
    () => `  int row = i / ${inner};
  int target = row % ${size};
  int from = row / ${size} * ${count * inner} + i % ${inner};
${foldInBlocks({ fold: folds.sum, type, count, most: count, term: `at_a(${at})`, isTaken })}
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
export const indexKernels = { gather, scatterAdd, takeAlongAxis, addAlongAxis, oneHot }

import type { DType } from '../../../dtype.ts'
import { glslTypes } from '../glsl/program.ts'
import { wholeOf } from '../texture-storage.ts'
import { drawElements, type GpuKernelOf, type GpuOperand } from './kernel.ts'
import { takeAlongAxis } from './layout/indexed.ts'

/**
 * GLSL that counts in `rank` the elements of the row that come before element i, NaN as the largest: a row of n takes n² comparisons, done side
 * by side.
 *
 * @param read GLSL of what is compared, at an index
 */
function countBefore(
  dtype: DType,
  length: number,
  isDescending: boolean,
  read: (at: string) => string,
): string {
  const type = glslTypes[dtype]
  const isHole = (value: string): string => (type === 'float' ? `isNaNumber(${value})` : 'false')
  const [first, last] = isDescending ? ['otherHole', 'isHole'] : ['isHole', 'otherHole']
  return `  int c = i % ${length};
  int start = i - c;
  ${type} own = ${read('i')};
  bool isHole = ${isHole('own')};
  int rank = 0;
  for (int j = 0; j < ${length}; j++) {
    ${type} other = ${read('start + j')};
    bool otherHole = ${isHole('other')};
    bool isTie = isHole ? otherHole : other == own;
    if ((!${last} && (other ${isDescending ? '>' : '<'} own || ${first})) || (isTie && j < c)) rank++;
  }`
}

const topKMask: GpuKernelOf<'topKMask'> = (runner, [x], [y], { k }) => {
  const length = x.shape[x.shape.length - 1]
  drawElements(
    runner,
    `topKMask ${length} ${k}`,
    [x],
    y,
    () => `${countBefore(x.dtype, length, true, (at) => `abs(at_a(${at}))`)}
  return stored(rank < ${k});`,
  )
}

/** The rank of every element, then the place of every rank, then what stands there. */
const sort: GpuKernelOf<'sort'> = (runner, [x], [y, indices], { descending, count }) => {
  if (y.size === 0) return
  const length = x.shape[x.shape.length - 1]
  const storage = runner.storage('int32', x.size)
  const ranks: GpuOperand = { shape: x.shape, size: x.size, dtype: 'int32', buffer: wholeOf(storage) }
  drawElements(
    runner,
    `sort ranks ${length} ${descending}`,
    [x],
    ranks,
    () => `${countBefore(x.dtype, length, descending, (at) => `at_a(${at})`)}
  return stored(rank);`,
  )
  drawElements(
    runner,
    `sort places ${length} ${count}`,
    [ranks],
    indices,
    () => `  int start = i / ${count} * ${length};
  int rank = i % ${count};
  for (int j = 0; j < ${length}; j++) if (at_a(start + j) == rank) return stored(j);
  return stored(0);`,
  )
  runner.release(storage)
  takeAlongAxis(runner, [x, indices], [y], { axis: x.shape.length - 1 })
}

/** Kernels of ops that compare the elements of a row. */
export const orderingKernels = { topKMask, sort }

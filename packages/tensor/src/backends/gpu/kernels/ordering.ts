import { drawElements, type GpuKernelOf } from './kernel.ts'

/** Each element counts those that come before it in the order: a row of n takes n² comparisons, done side by side. */
const topKMask: GpuKernelOf<'topKMask'> = (runner, [x], [y], { k }) => {
  const length = x.shape[x.shape.length - 1]
  drawElements(
    runner,
    `topKMask ${length} ${k}`,
    [x],
    y,
    () => `  int c = i % ${length};
  int start = i - c;
  float own = abs(at_a(i));
  bool isHole = isNaNumber(own);
  int before = 0;
  for (int j = 0; j < ${length}; j++) {
    float other = abs(at_a(start + j));
    bool isTie = isHole ? isNaNumber(other) : other == own;
    if ((!isHole && (other > own || isNaNumber(other))) || (isTie && j < c)) before++;
  }
  return stored(before < ${k});`,
  )
}

/** Kernels of ops that compare the elements of a row. */
export const orderingKernels = { topKMask }

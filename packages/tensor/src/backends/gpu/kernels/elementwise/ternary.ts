import { scalarKernels } from './scalar-kernels.ts'

const clipped = `float clipped(float x, float low, float high) {
  if (isNaNumber(x) || isNaNumber(low) || isNaNumber(high)) return number(0x7fc00000u);
  float raised = x < low ? low : x;
  return raised > high ? high : raised;
}
int clipped(int x, int low, int high) { return min(max(x, low), high); }
uint clipped(uint x, uint low, uint high) { return min(max(x, low), high); }
`

/** Ops of three numbers `x`, `y` and `z`. */
export const ternaryKernels = scalarKernels({
  where: 'x != 0 ? y : z',
  clip: { value: 'clipped(x, y, z)', functions: clipped },
})

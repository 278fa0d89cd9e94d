import { scalarKernels } from './scalar-kernels.ts'

/** x itself on a bound: llvmpipe makes a choice by `<` a maximum, which may take either of two zeros. */
const clipped = `float clipped(float x, float low, float high) {
  float raised = x == low ? x : larger(x, low);
  return raised == high ? raised : smaller(raised, high);
}
`

/** Ops of three numbers `x`, `y` and `z`. */
export const ternaryKernels = scalarKernels({
  where: 'x != 0 ? y : z',
  clip: { value: 'clipped(x, y, z)', whole: 'smaller(larger(x, y), z)', functions: clipped },
})

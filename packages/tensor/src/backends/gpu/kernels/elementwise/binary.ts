import { scalarKernels } from './scalar-kernels.ts'

/** Ops of two numbers `x` and `y`. */
export const binaryKernels = scalarKernels({
  add: 'x + y',
  sub: 'x - y',
  mul: 'x * y',
  div: 'quotient(x, y)',
  pow: 'power(x, y)',
  maximum: 'larger(x, y)',
  minimum: 'smaller(x, y)',
  equal: 'x == y',
  notEqual: 'x != y',
  less: 'x < y',
  lessEqual: 'x <= y',
  greater: 'x > y',
  greaterEqual: 'x >= y',
  logicalAnd: 'x != 0 && y != 0',
  logicalOr: 'x != 0 || y != 0',
})

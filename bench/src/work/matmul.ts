import { product } from './float64.ts'
import { randomArray, transposed } from './random-array.ts'
import type { Arrays, MatmulWork } from './work.ts'

/** Operands `a` and `b` as the layout wants them. */
export function matmulInputs({ m, k, n, layout }: MatmulWork): Arrays {
  const a = randomArray('matmul a', [m, k])
  const b = randomArray('matmul b', [k, n])
  return { a: layout === 'tn' ? transposed(a) : a, b: layout === 'nt' ? transposed(b) : b }
}

const known = new Map<string, Float64Array>()

/** The product in float64; all three layouts have the same. */
export function matmulExpected(work: MatmulWork): Float64Array {
  const { m, k, n } = work
  const name = `${m}×${k}×${n}`
  const { a, b } = matmulInputs({ ...work, layout: 'nn' })
  const result = known.get(name) ?? product(a.values, b.values, m, k, n)
  known.set(name, result)
  return result
}

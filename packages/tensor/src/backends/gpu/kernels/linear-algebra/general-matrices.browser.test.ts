import { cholesky, init, logDet, solve, tensor } from '@facet/tensor'
import '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../../conformance/check.ts'
import { tolerances } from '../../../conformance/tolerances.ts'
import { definite, matrices, noise, read, square } from '../../testing/matrices.ts'

beforeAll(() => init({ backend: 'gpu' }))

const general: Readonly<Record<string, (n: number) => Float32Array>> = {
  'rows in another order': (n) => {
    const a = definite(n)
    return square(n, (i, j) => a[((i + 3) % n) * n + j] * (j % 2 === 0 ? 1 : -1))
  },
  'a row twice': (n) => square(n, (i, j) => Number((i === 5 ? 2 : i) === j)),
  'a NaN': matrices['a NaN'],
}

describe('solve, logDet and cholesky of larger matrices are within the tolerance of the conformance suite', () => {
  for (const [name, make] of Object.entries(general)) {
    it(`of ${name}`, async () => {
      const dtype = 'float32' as const
      for (const n of [7, 40]) {
        const [values, right] = [make(n), Float32Array.from(noise(n * 3))]
        const [a, b] = [tensor(values, { shape: [n, n] }), tensor(right, { shape: [n, 3] })]
        const inputs = [
          { values, shape: [n, n], dtype },
          { values: right, shape: [n, 3], dtype },
        ]
        const { sign, logAbs } = logDet(a)
        const [x, ...determinant] = await read([solve(a, b), sign, logAbs])
        const [alone] = inputs
        expect(check('solve', { inputs, params: {} }, dtype, [x], tolerances.solve)).toBeUndefined()
        const ofMatrix = { inputs: [alone], params: {} }
        expect(check('logDet', ofMatrix, dtype, determinant, tolerances.logDet)).toBeUndefined()
        const { factor, ok } = cholesky(a)
        expect((await read([ok]))[0][0]).toBe(0)
        expect((await read([factor]))[0].every(Number.isNaN)).toBe(true)
        for (const t of [a, b]) t.dispose()
      }
    })
  }
})

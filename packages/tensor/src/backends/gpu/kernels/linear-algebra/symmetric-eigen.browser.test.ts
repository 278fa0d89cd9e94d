import { eigh, init, tensor } from '@facet/tensor'
import '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../../conformance/check.ts'
import { tolerances } from '../../../conformance/tolerances.ts'
import { matrices, orders, read } from '../../testing/matrices.ts'

beforeAll(() => init({ backend: 'gpu' }))

describe('eigh is within the tolerance of the conformance suite', () => {
  for (const [name, make] of Object.entries(matrices)) {
    it(`of ${name}`, async () => {
      for (const n of orders) {
        const values = make(n)
        const a = tensor(values, { shape: [n, n] })
        const pairs = eigh(a)
        const got = await read([pairs.values, pairs.vectors])
        a.dispose()
        const c = { inputs: [{ values, shape: [n, n], dtype: 'float32' as const }], params: {} }
        expect(check('eigh', c, 'float32', got, tolerances.eigh), `order ${n}`).toBeUndefined()
      }
    })
  }

  it('of a diagonal matrix exactly', async () => {
    const n = 40
    const a = tensor(matrices['a diagonal'](n), { shape: [n, n] })
    const pairs = eigh(a)
    const [values, vectors] = await read([pairs.values, pairs.vectors])
    const want = Float32Array.from({ length: n }, (_, i) => Math.cos(i)).sort()
    expect(values).toEqual(want)
    expect(vectors.filter((x) => x === 1)).toHaveLength(n)
    expect(vectors.filter((x) => x === 0)).toHaveLength(n * n - n)
    a.dispose()
  })
})

import { autoencoder } from '@facet/models'
import { eigh, init, key, matmul, rows } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { jacobianSingularValues } from './jacobian-singular-values.ts'

beforeAll(() => init())

const sizes = { input: 5, bottleneck: 3, encoderHidden: [8], decoderHidden: [7], dtype: 'float64' } as const

it.each([
  ['plain', () => autoencoder(sizes)],
  ['skip', () => autoencoder({ ...sizes, skip: 'pca', data: key('data').normal([9, 5], 'float64') })],
])('gives the square roots of the eigenvalues of JᵀJ, J from the local affine map: %s', (_, make) => {
  const model = make()
  const code = model.regionCode(key('x').normal([6, 5], 'float64'))
  const values = jacobianSingularValues(model, code).toArray() as number[][]
  const { A } = model.localAffine(code)
  for (let n = 0; n < 6; n++) {
    const J = rows(A, n, n + 1)
    const all = (eigh(matmul(J, J, { transposeA: true })).values.toArray() as number[][])[0].reverse()
    for (let k = 0; k < 3; k++) expect(values[n][k] ** 2).toBeCloseTo(all[k], 12)
    for (const rest of all.slice(3)) expect(rest).toBeCloseTo(0, 12)
  }
})

it('is 0 beyond the live bottleneck units', () => {
  const model = autoencoder({
    input: 4,
    bottleneck: 2,
    encoderHidden: [],
    decoderHidden: [],
    bottleneckActivation: 'relu',
    dtype: 'float64',
  })
  const { encoder, decoder } = model.regionCode(key('x').normal([40, 4], 'float64'))
  const live = (encoder.states().toArray() as number[][]).map(([a, b]) => a + b)
  const values = jacobianSingularValues(model, { encoder, decoder }).toArray() as number[][]
  expect(new Set(live).size).toBe(3)
  // A singular value is the root of an eigenvalue, and half of its digits are lost near 0.
  values.forEach((row, n) => void expect(row.filter((value) => value > 1e-7).length).toBe(live[n]))
})

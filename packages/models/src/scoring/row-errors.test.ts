import { init, key, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder } from '../build/autoencoder.ts'
import { reconstructionError } from '../training/reconstruction-error.ts'
import { rowErrors } from './row-errors.ts'

beforeAll(() => init())

describe('rowErrors', () => {
  it('are those of each row alone, whatever chunk it is in, and in the mean that of all', () => {
    const model = autoencoder({ input: 5, bottleneck: 2, seed: 1, dtype: 'float64' })
    const x = key(0).normal([600, 5], 'float64')
    const errors = rowErrors(model, x)
    const [given, made] = [x.toArray(), model.reconstruct(x).toArray()] as number[][][]
    given.forEach((row, n) => {
      const expected = row.reduce((sum, value, j) => sum + (value - made[n][j]) ** 2, 0) / 5
      expect(errors[n]).toBeCloseTo(expected, 12)
    })
    const mean = errors.reduce((sum, error) => sum + error, 0) / 600
    expect(mean).toBeCloseTo(reconstructionError(model, x), 12)
  })

  it('name what is no such row', () => {
    const model = autoencoder({ input: 2, bottleneck: 1, seed: 1 })
    expect(() => rowErrors(model, tensor([[1, 2, 3]]))).toThrow('rowErrors: x: expected floats [n, 2]')
    expect(() => rowErrors({} as typeof model, tensor([[1, 2]]))).toThrow('rowErrors: model: expected')
  })
})

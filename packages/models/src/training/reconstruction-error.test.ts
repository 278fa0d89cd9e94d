import { init, key, mean, rows, square, sub } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder } from '../index.ts'
import { reconstructionError } from './reconstruction-error.ts'

beforeAll(() => init())

const model = () => autoencoder({ input: 5, bottleneck: 2, dtype: 'float64' })

describe('reconstructionError', () => {
  it('is the mean squared error over samples and dimensions, over chunks as over one', () => {
    const net = model()
    const data = key(0).normal([200, 5], 'float64')
    const whole = mean(square(sub(net.reconstruct(data), data))).item()
    expect(reconstructionError(net, data)).toBeCloseTo(whole, 12)
    const one = rows(data, 3, 4)
    expect(reconstructionError(net, one)).toBeCloseTo(mean(square(sub(net.reconstruct(one), one))).item(), 12)
  })

  it('refuses data that do not fit the model', () => {
    expect(() => reconstructionError(model(), key(0).normal([3, 4], 'float64'))).toThrow(
      'reconstructionError: expected data [n, 5] with n ≥ 1, got [3, 4]',
    )
    expect(() => reconstructionError(model(), key(0).normal([3, 5]))).toThrow(
      "reconstructionError: expected data of the model's dtype float64, got float32",
    )
  })
})

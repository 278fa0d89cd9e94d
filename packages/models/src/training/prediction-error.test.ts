import { identityActivation, init, key, mul, square, sum, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { classificationAccuracy, Dense, Network, network, predictionError } from '../index.ts'

beforeAll(() => init())

/** Returns its three inputs. */
const same = () => {
  const weight = tensor([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
  return new Network([new Dense({ name: 'same', weight, bias: null, activation: identityActivation })])
}

describe('predictionError', () => {
  it('is the mean over samples and outputs of the squared difference', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const y = tensor([
      [1, 2, 0],
      [4, 3, 6],
    ])
    expect(predictionError(same(), x, y)).toBeCloseTo((9 + 4) / 6, 12)
  })

  it('is that of all samples, however many chunks they make', () => {
    const x = key('x').normal([150, 3])
    expect(predictionError(same(), x, mul(x, 2))).toBeCloseTo(sum(square(x)).item() / 450, 6)
  })

  it('refuses what does not fit the network', () => {
    const x = zeros([4, 3])
    expect(() => predictionError(same(), zeros([4, 2]), x)).toThrow(
      'predictionError: expected x [n, 3] with n ≥ 1, got [4, 2]',
    )
    expect(() => predictionError(same(), x, zeros([3, 3]))).toThrow(
      'predictionError: x and y: expected y with a row for each of the 4 of x, got [3, 3]',
    )
    expect(() => predictionError(same(), x, zeros([4, 2]))).toThrow(
      "predictionError: expected y float32 [n, 3], as the network's outputs, got float32 [4, 2]",
    )
  })
})

describe('classificationAccuracy', () => {
  // The largest are 0, 2, 1, 1; of equal ones the first.
  const x = () =>
    tensor([
      [3, 1, 2],
      [0, 1, 2],
      [0, 1, -2],
      [-1, 5, 5],
    ])

  it('is the share of samples whose largest output is their class, of labels and of shares', () => {
    expect(classificationAccuracy(same(), x(), tensor(Int32Array.of(0, 2, 1, 1)))).toBe(1)
    expect(classificationAccuracy(same(), x(), tensor(Int32Array.of(0, 2, 0, 2)))).toBe(0.5)
    const shares = tensor([
      [0.8, 0.1, 0.1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ])
    expect(classificationAccuracy(same(), x(), shares)).toBe(0.75)
  })

  it('is that of all samples, however many chunks they make', () => {
    const x = key('x').normal([150, 3])
    const largest = (x.toArray() as number[][]).map((row) => row.indexOf(Math.max(...row)))
    const y = tensor(Int32Array.from(largest, (label, i) => (i < 30 ? (label + 1) % 3 : label)))
    expect(classificationAccuracy(same(), x, y)).toBe(0.8)
  })

  it('refuses labels that there is no output for, and a network of one output', () => {
    expect(() => classificationAccuracy(same(), x(), tensor(Int32Array.of(0, 1, 2, 3)))).toThrow(
      'classificationAccuracy: expected classes of y from 0 to 2, as the network has 3 outputs, got 3 at row 3',
    )
    const one = network({ sizes: [3, 1], activations: 'identity', key: key(0) })
    expect(() => classificationAccuracy(one, x(), tensor(Int32Array.of(0, 0, 0, 0)))).toThrow(
      'classificationAccuracy: expected a network of 2 outputs or more, one for each class, got 1',
    )
  })
})

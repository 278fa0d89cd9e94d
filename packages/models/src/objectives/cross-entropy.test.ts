import { grad } from '@facet/autograd'
import { identityActivation, init, key, softmax, type Tensor, tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crossEntropy, Dense, Network, withValues } from '../index.ts'

beforeAll(() => init())

const at = { key: key(0), step: 0, epoch: 0 }

/** The logits [n, k] are a weight times the unit vectors, so that its gradient is theirs. */
function ofLogits(logits: number[][], y: Tensor, dtype: 'float32' | 'float64' = 'float64') {
  const transposed = logits[0].map((_, k) => logits.map((row) => row[k]))
  const weight = tensor(transposed, { dtype })
  const net = new Network([new Dense({ name: 'logits', weight, bias: null, activation: identityActivation })])
  const x = tensor(
    logits.map((_, n) => logits.map((_, m) => Number(n === m))),
    { dtype },
  )
  const run = crossEntropy().start(net, x, key(0), y)
  const term = (value: Tensor) =>
    withValues(net.parameters, [value], () => run.loss({ x, y, indices: new Int32Array(logits.length) }, at))
  return { term: term(weight), gradient: grad((value: Tensor) => term(value).loss)(weight) }
}

describe.each(['wasm', 'reference'])('crossEntropy (%s)', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  const logits = [
    [1, 2, 0.5],
    [-1, 0, 3],
  ]
  const labels = [0, 2]

  it('is the mean of − log softmax at the class, and its gradient softmax minus one-hot', () => {
    const { term, gradient } = ofLogits(logits, tensor(Int32Array.from(labels)))
    const shares = logits.map((row) => {
      const sum = row.reduce((total, value) => total + Math.exp(value), 0)
      return row.map((value) => Math.exp(value) / sum)
    })
    const expected = -labels.reduce((sum, label, n) => sum + Math.log(shares[n][label]), 0) / 2
    expect(term.loss.item()).toBeCloseTo(expected, 12)
    expect(term.values.crossEntropy).toBe(term.loss)
    expect(term.values.accuracy.item()).toBe(0.5)
    const rows = gradient.toArray() as number[][]
    for (let n = 0; n < 2; n++)
      for (let k = 0; k < 3; k++)
        expect(rows[k][n]).toBeCloseTo((shares[n][k] - Number(labels[n] === k)) / 2, 12)
  })

  it('takes shares that are spread over classes', () => {
    const spread = tensor(
      [
        [0.7, 0.2, 0.1],
        [0.1, 0, 0.9],
      ],
      { dtype: 'float64' },
    )
    const { term } = ofLogits(logits, spread)
    const log = (row: number[], k: number) =>
      Math.log(softmax(tensor(row, { dtype: 'float64' })).dataSync()[k])
    const expected = -(
      0.7 * log(logits[0], 0) +
      0.2 * log(logits[0], 1) +
      0.1 * log(logits[0], 2) +
      0.1 * log(logits[1], 0) +
      0.9 * log(logits[1], 2)
    )
    expect(term.loss.item()).toBeCloseTo(expected / 2, 12)
    expect(term.values.accuracy.item()).toBe(0.5)
  })

  it('stays finite, gradient too, where shares are 0 in the dtype', () => {
    const { term, gradient } = ofLogits([[1000, -1000]], tensor(Int32Array.of(1)), 'float32')
    expect(term.loss.item()).toBe(2000)
    expect([...gradient.dataSync()]).toEqual([1, -1])
  })
})

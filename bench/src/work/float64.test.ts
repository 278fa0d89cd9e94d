import { describe, expect, it } from 'vitest'
import { layer, product } from './float64.ts'
import { localAffineExpected, localAffineInputs } from './local-affine.ts'
import { matmulInputs } from './matmul.ts'

it('multiplies matrices', () => {
  expect([...product([1, 2, 3, 4, 5, 6], [1, 0, 0, 1, 1, 1], 2, 3, 2)]).toEqual([4, 5, 10, 11])
})

it('stores transposed operands of the same product', () => {
  const work = { kind: 'matmul', m: 2, k: 3, n: 4 } as const
  const [nn, tn, nt] = (['nn', 'tn', 'nt'] as const).map((layout) => matmulInputs({ ...work, layout }))
  expect([nn.a.shape, tn.a.shape, nt.b.shape]).toEqual([
    [2, 3],
    [3, 2],
    [4, 3],
  ])
  expect(tn.a.values[1 * 2 + 0]).toBe(nn.a.values[0 * 3 + 1])
  expect(nt.b).not.toEqual(nn.b)
})

describe('localAffineExpected', () => {
  it('is the map that gives the network output at the sample', () => {
    const work = { kind: 'localAffine', batch: 3, sizes: [2, 5, 4] } as const
    const inputs = localAffineInputs(work)
    const maps = localAffineExpected(work)
    for (let n = 0; n < 3; n++) {
      const x = inputs.x.values.subarray(n * 2, (n + 1) * 2)
      const hidden = layer(x, inputs.weight0.values, inputs.bias0.values, 1, 2).map((p) => Math.max(p, 0))
      const output = layer(hidden, inputs.weight1.values, inputs.bias1.values, 1, 5)
      const linear = maps.subarray(n * 8, (n + 1) * 8)
      const offset = maps.subarray(24 + n * 4, 24 + (n + 1) * 4)
      layer(x, linear, offset, 1, 2).forEach((y, j) => expect(y).toBeCloseTo(output[j], 12))
    }
  })
})

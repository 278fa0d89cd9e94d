import { beforeEach, describe, expect, it } from 'vitest'
import * as f from '../index.ts'

/** Each has nothing to do. */
const idle: [string, (x: f.Tensor) => f.Tensor][] = [
  ['reshape to the same shape', (x) => f.reshape(x, [2, 3])],
  ['reshape with −1', (x) => f.reshape(x, [2, -1])],
  ['squeeze', (x) => f.squeeze(x)],
  ['squeeze of no axes', (x) => f.squeeze(x, [])],
  ['an identity transpose', (x) => f.transpose(x, [0, 1])],
  ['broadcastTo the same shape', (x) => f.broadcastTo(x, [2, 3])],
  ['concat of one', (x) => f.concat([x], 0)],
  ['stack of one', (x) => f.squeeze(f.stack([x]), 0)],
  ['cast to the same dtype', (x) => f.cast(x, 'float32')],
  ['tile of ones', (x) => f.tile(x, [1, 1])],
  ['flip of no axes', (x) => f.flip(x, [])],
  [
    'pad by nothing',
    (x) =>
      f.pad(x, [
        [0, 0],
        [0, 0],
      ]),
  ],
  ['a whole slice', (x) => f.slice(x, [0, 0], [2, 3])],
  ['all rows', (x) => f.rows(x, 0, 2)],
  ['slopes of the identity', (x) => f.applySlopes(f.zeros([2, 0], 'uint32'), x, f.identityActivation)],
  ['stopGradient', (x) => f.stopGradient(x)],
  ['einsum of one as it is', (x) => f.einsum('ij->ij', x)],
  ['a sum over no axes', (x) => f.sum(x, [])],
  ['a mean over no axes', (x) => f.mean(x, [])],
]

describe.each(['wasm', 'reference'])('on %s a result is never its argument:', (backend) => {
  beforeEach(() => f.init({ backend }))

  it.each(idle)('%s', (_, op) => {
    const numbers = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    const [x, other] = [f.tensor(numbers), f.tensor(numbers)]
    const [y, left] = [op(x), op(other)]
    expect(y).not.toBe(x)
    x.dispose()
    expect(y.toArray()).toEqual(numbers)
    left.dispose()
    expect(other.toArray()).toEqual(numbers)
    expect(() => op(x)).toThrow('was used after its release')
  })

  it('in a scope as well, whose end takes either', () => {
    const x = f.tensor([1, 2])
    f.scope(() => void f.reshape(x, [2]))
    expect(x.toArray()).toEqual([1, 2])
    const y = f.scope(() => f.reshape(f.tensor([1, 2]), [2]))
    expect(y.toArray()).toEqual([1, 2])
  })
})

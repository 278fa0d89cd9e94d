import { checkGradients } from '@facet/autograd'
import { init, key, mul, neg, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedBank } from './fixed-bank.ts'
import { combined, largest, onesidedGap } from './testing/bank-agreement.ts'

beforeAll(() => init())

const rotation = [
  [0, -1],
  [1, 0],
]

describe('fixedBank', () => {
  it('turns by an angle, however large', () => {
    const bank = fixedBank([rotation])
    const x = tensor(
      [
        [2, 1],
        [0, 3],
        [-1, 1],
      ],
      { dtype: 'float64' },
    )
    const angles = [0.3, -7, 100]
    const expected = (x.toArray() as number[][]).map(([u, v], n) => {
      const [c, s] = [Math.cos(angles[n]), Math.sin(angles[n])]
      return [c * u - s * v, s * u + c * v]
    })
    const found = bank.act(
      x,
      tensor(
        angles.map((angle) => [angle]),
        { dtype: 'float64' },
      ),
    )
    expect(largest(sub(found, tensor(expected, { dtype: 'float64' })))).toBeLessThan(1e-13)
  })

  it('acts by the exponential of the sum, not by one generator after another', () => {
    // exp of the Heisenberg algebra: x + a y + (c + a b / 2) z.
    const [a, b] = [
      [
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    ]
    const found = fixedBank([a, b]).act(tensor([[0, 0, 1]]), tensor([[2, 3]]))
    expect(largest(sub(found, tensor([[3, 3, 1]])))).toBeLessThan(1e-6)
  })

  it('acts along its tangents at first order in δ, comes back by −ε and stays for 0', () => {
    const bank = fixedBank(key('G').normal([3, 5, 5], 'float64'), { priorScale: [1, 2, 3] })
    const [x, epsilon] = [key('x').normal([4, 5], 'float64'), key('e').normal([4, 3], 'float64')]
    const [far, near] = [1e-4, 1e-5].map((delta) => onesidedGap(bank, x, epsilon, delta))
    expect(far).toBeLessThan(0.05)
    expect(far / near).toBeGreaterThan(9.5)
    const back = bank.act(bank.act(x, epsilon), neg(epsilon))
    expect(largest(sub(back, x))).toBeLessThan(1e-9)
    expect(largest(sub(bank.act(x, mul(epsilon, 0)), x))).toBe(0)
    expect(bank.priorScale).toEqual([1, 2, 3])
  })

  it('has right gradients for x and ε', () => {
    const bank = fixedBank(key('G').normal([2, 3, 3], 'float64'))
    const [x, epsilon] = [key('x').normal([2, 3], 'float64'), key('e').normal([2, 2], 'float64')]
    checkGradients(({ x, epsilon }: { x: Tensor; epsilon: Tensor }) => bank.act(x, epsilon), { x, epsilon })
    checkGradients((x: Tensor) => combined(bank, x, epsilon), x)
  })

  it('is told from another of the same size by its settings', () => {
    const transposed = [
      [0, 1],
      [-1, 0],
    ]
    expect(fixedBank([rotation]).settings).toEqual(fixedBank([rotation]).settings)
    expect(fixedBank([rotation]).settings).not.toEqual(fixedBank([transposed]).settings)
  })

  it('refuses what it cannot take', () => {
    expect(() => fixedBank([[[1, 2]]])).toThrow('fixedBank: expected matrices [count, d, d], got [1, 1, 2]')
    expect(() => fixedBank([])).toThrow('fixedBank: expected matrices [count, d, d], got [0]')
    expect(() => fixedBank([[[Number.NaN]]])).toThrow('fixedBank: expected finite matrices, got NaN')
    expect(() => fixedBank(3 as never)).toThrow('fixedBank: expected matrices [count, d, d], got 3')
    expect(() => fixedBank([rotation], { priorScale: [1, 2] })).toThrow(
      'fixedBank: priorScale: expected a number above 0, or 1 of them, got [1, 2]',
    )
    expect(() => fixedBank([rotation], { priorScale: 0 })).toThrow('fixedBank: priorScale')
    expect(() => fixedBank([rotation]).act(zeros([1, 3]), zeros([1, 1]))).toThrow('fixed: x')
  })
})

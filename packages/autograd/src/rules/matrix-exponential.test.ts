import { expm, init, sum, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { f64 } from '../testing/close.ts'

beforeAll(() => init())

describe('the derivative of expm at large norms has its digits, entry by entry', () => {
  const b = 1e10
  const slope = Math.E / (1 + 1e9)
  // ∫ exp(s Aᵀ) 1 1ᵀ exp((1 − s) Aᵀ) ds by hand: the gradient of the sum of all entries.
  const cases: [string, number[][], number[][]][] = [
    [
      'diag(−1e9, 1)',
      [
        [-1e9, 0],
        [0, 1],
      ],
      [
        [0, slope],
        [slope, Math.E],
      ],
    ],
    [
      'a nilpotent matrix',
      [
        [0, b],
        [0, 0],
      ],
      [
        [1 + b / 2, 1],
        [1 + b + b ** 2 / 6, 1 + b / 2],
      ],
    ],
    [
      'its transpose',
      [
        [0, 0],
        [b, 0],
      ],
      [
        [1 + b / 2, 1 + b + b ** 2 / 6],
        [1, 1 + b / 2],
      ],
    ],
  ]
  it.each(cases)('of %s, in both modes', (_name, a, want) => {
    const gradient = grad((x: Tensor) => sum(expm(x)))(f64(a)).toArray() as number[][]
    for (const i of [0, 1]) {
      for (const j of [0, 1]) {
        const direction = f64([0, 1].map((r) => [0, 1].map((c) => Number(r === i && c === j))))
        const tangent = jvp((x: Tensor) => sum(expm(x)), f64(a), direction).tangent.item() as number
        for (const got of [gradient[i][j], tangent])
          expect(Math.abs(got - want[i][j])).toBeLessThanOrEqual(1e-14 * want[i][j])
      }
    }
  })
})

import {
  init,
  max,
  min,
  norm,
  prod,
  scatterAdd,
  standardDeviation,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { expectClose, f64, slope } from '../testing/close.ts'

beforeAll(() => init())

describe('where a reduction has no derivative', () => {
  it('max and min share their slope equally among the winners', () => {
    expect(slope((x) => max(x), f64([3, 1, 3]))).toEqual([0.5, 0, 0.5])
    expect(
      slope(
        (x) => min(x, 1),
        f64([
          [1, 1, 1, 1],
          [4, 2, 3, 5],
        ]),
      ),
    ).toEqual([
      [0.25, 0.25, 0.25, 0.25],
      [0, 1, 0, 0],
    ])
    expect(jvp((x: Tensor) => max(x), f64([3, 1, 3]), f64([1, 5, 3])).tangent.item()).toBe(2)
  })

  it('norm and standardDeviation have the slope 0 where they are 0', () => {
    for (const f of [norm, standardDeviation]) {
      expect(slope((x) => f(x, 0), f64([0, 0, 0]))).toEqual([0, 0, 0])
      expect(jvp((x: Tensor) => f(x, 0), f64([0, 0, 0]), f64([1, 2, 3])).tangent.item()).toBe(0)
    }
    expect(slope((x) => standardDeviation(x, 0), f64([0.1, 0.1, 0.1]))).toEqual([0, 0, 0])
  })

  it('norm has the slope 0 where all elements are 0, in both modes and again', () => {
    const rowsOf = (x: Tensor) => norm(scatterAdd(x, tensor(new Int32Array([0, 2])), 3), 1)
    const x = f64([
      [0, 4],
      [0, 0],
    ])
    const t = f64([
      [7, 2],
      [2, 5],
    ])
    expect(jvp(rowsOf, x, t).tangent.toArray()).toEqual([2, 0, 0])
    expect(grad((q: Tensor) => sum(rowsOf(q)))(x).toArray()).toEqual([
      [0, 1],
      [0, 0],
    ])
    expect(slope((q) => standardDeviation(q, 1), f64([[2, 2, 2]]))).toEqual([[0, 0, 0]])
    expect(jvp((q: Tensor) => standardDeviation(q), f64([2, 2]), f64([1, 0])).tangent.item()).toBe(0)
    const twice = grad((q: Tensor) => sum(grad((p: Tensor) => sum(rowsOf(p)))(q)))(x).toArray() as number[][]
    expect(twice[1]).toEqual([0, 0])
  })

  it('a NaN in the data is not hidden', () => {
    expect(slope((x) => max(x), f64([Number.NaN, 1]))).toEqual([Number.NaN, Number.NaN])
  })
})

describe('the slope of prod', () => {
  it('the slope of prod is the product of the others, of however many, with zeros among them', () => {
    for (let n = 1; n < 40; n++) {
      for (const zeros of [[], [0], [n - 1], [0, n >> 1]]) {
        const x = Array.from({ length: n }, (_, i) => (zeros.includes(i) ? 0 : 0.7 + ((7 * i) % 11) * 0.06))
        const want = x.map((_, i) => x.reduce((product, q, j) => (j === i ? product : product * q), 1))
        expectClose(grad((q: Tensor) => prod(q))(f64(x)), f64(want), 1e-13)
      }
    }
    expect(slope((x) => prod(x), f64([0, 2, Number.NaN, 3, 5]))).toEqual([
      Number.NaN,
      Number.NaN,
      0,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('the slope of prod costs what the product does, and not its square: 10^5 numbers and not 10^10', () => {
    const x = tensor(new Float64Array(100_000).fill(1 - 1e-6))
    const slopes = grad((q: Tensor) => prod(q))(x).dataSync()
    expect(Math.max(...slopes)).toBeCloseTo((1 - 1e-6) ** 99_999, 10)
    expect(Math.min(...slopes)).toBeCloseTo((1 - 1e-6) ** 99_999, 10)
    const half = tensor(new Float64Array(100_000).fill(0.5))
    const tangent = jvp((q: Tensor) => prod(q), x, half).tangent.item()
    expect(tangent).toBeCloseTo(50_000 * (1 - 1e-6) ** 99_999, 5)
  })

  it('prod is differentiable at zeros, once and twice', () => {
    expect(slope((x) => prod(x), f64([0, 2, 3]))).toEqual([6, 0, 0])
    expect(slope((x) => prod(x), f64([0, 2, 0]))).toEqual([0, 0, 0])
    checkGradients((x: Tensor) => grad((q: Tensor) => prod(q))(x), f64([0, 2, 0]))
  })
})

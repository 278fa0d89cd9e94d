import {
  eigh,
  init,
  matmul,
  mul,
  slice,
  square,
  sum,
  symmetricFunction,
  type Tensor,
  transpose,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { expectClose, f64, wave } from '../testing/close.ts'
import {
  diagonalOf,
  symmetric,
  symmetricPoints,
  throughVectors,
  turned,
} from '../testing/symmetric-matrices.ts'

beforeAll(() => init())

let weights: Tensor
let points: [string, Tensor][]
beforeAll(() => {
  weights = wave([3, 3], 0.4)
  points = symmetricPoints()
})

const outer = (v: Tensor): [Tensor, Tensor] => [v, transpose(v)]

describe('gradients through eigh', () => {
  it('eigh does not divide by the gap between equal eigenvalues whose vectors nobody uses', () => {
    const gradient = grad((a: Tensor) => sum(mul(eigh(a).values, f64([1, 2]))))(
      f64([
        [2, 0],
        [0, 2],
      ]),
    )
    expectClose(
      gradient,
      f64([
        [1, 0],
        [0, 2],
      ]),
    )
  })

  it('are NaN where two vectors of one eigenvalue are in use, never a wrong number', () => {
    const loss = (x: Tensor) => sum(mul(weights, throughVectors(x)))
    for (const a of [points[0][1], points[1][1], points[4][1]])
      expect(grad(loss)(a).dataSync().some(Number.isNaN)).toBe(true)
    const apart = points[5][1]
    expectClose(
      grad(loss)(apart),
      grad((x: Tensor) => sum(mul(weights, symmetricFunction(x, 'exp'))))(apart),
      1e-9,
    )
  })

  it('of nearly equal eigenvalues have the digits that the gap leaves, or are NaN', () => {
    for (const gap of [1e-15, 1e-14, 1e-12, 1e-9, 1e-6]) {
      const a = turned(diagonalOf(2, 2 + gap, 3))
      const got = grad((x: Tensor) => sum(mul(weights, throughVectors(x))))(a).dataSync()
      if (got.some(Number.isNaN)) {
        expect(gap).toBeLessThan(1e-13)
        continue
      }
      const want = grad((x: Tensor) => sum(mul(weights, symmetricFunction(x, 'exp'))))(a).dataSync()
      got.forEach((value, i) => expect(Math.abs(value - want[i])).toBeLessThan((100 * 2 ** -52) / gap))
    }
  })

  it('exist for the eigenvalues, however many are equal', () => {
    const squares = (x: Tensor) => sum(square(eigh(x).values))
    for (const [, a] of points) expectClose(grad(squares)(a), mul(symmetric(a), 2), 1e-12)
  })

  it('exist for a vector whose eigenvalue is its own, beside equal ones', () => {
    const third = (x: Tensor) => symmetric(matmul(...outer(slice(eigh(x).vectors, [0, 2], [3, 1]))))
    checkGradients((x: Tensor) => sum(mul(weights, third(x))) as Tensor, points[0][1])
  })

  it('are tangents too: NaN for the vectors of one eigenvalue, unless one of them stays', () => {
    const a = diagonalOf(2, 2, 3)
    const tangent = (t: Tensor) => jvp((x: Tensor) => eigh(x).vectors, a, t).tangent.toArray() as number[][]
    const coupling = f64([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ])
    expect(tangent(coupling).flat().some(Number.isNaN)).toBe(true)
    // Both lean towards the third, hence towards each other: −1/2 · t in second order over a gap of 2 t.
    const lean = f64([
      [1, 0, 1],
      [0, -1, 1],
      [1, 1, 0],
    ])
    expect(tangent(lean).flat().some(Number.isNaN)).toBe(true)
    const alone = f64([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ])
    expectClose(
      f64(tangent(alone)),
      f64([
        [0, 0, 0],
        [0, 0, 1],
        [0, -1, 0],
      ]),
    )
  })
})

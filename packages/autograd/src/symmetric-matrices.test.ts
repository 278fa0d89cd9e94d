import {
  add,
  cholesky,
  choleskySolve,
  eigh,
  exp,
  expandDims,
  expm,
  eye,
  init,
  inverse,
  keep,
  key,
  logDet,
  matmul,
  mul,
  type SymmetricFunction,
  slice,
  solve,
  square,
  sum,
  symmetricFunction,
  type Tensor,
  transpose,
} from '@facet/tensor'
import { record, rewrite } from '@facet/tensor/dispatch'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { grad } from './grad.ts'
import { jvp } from './jvp.ts'
import { expectClose, f64, wave } from './testing/close.ts'

beforeAll(() => init())

const diagonalOf = (...entries: number[]): Tensor => mul(eye(entries.length, 'float64'), f64(entries))
const symmetric = (a: Tensor): Tensor => mul(add(a, transpose(a)), 0.5)
const throughVectors = (a: Tensor): Tensor => {
  const { values, vectors } = eigh(a)
  return matmul(mul(vectors, expandDims(exp(values), -2)), vectors, { transposeB: true })
}
/** A reflection: orthogonal and symmetric, without a 0. */
const turned = (a: Tensor): Tensor => {
  const v = f64([[1], [2], [-0.5]])
  const q = add(eye(3, 'float64'), mul(matmul(v, v, { transposeB: true }), -2 / 5.25))
  return matmul(matmul(q, a), q)
}
let weights: Tensor

const names: SymmetricFunction[] = [
  'exp',
  'log',
  'sqrt',
  'inverseSqrt',
  'inverse',
  { power: 3 },
  { power: 1.7 },
]
const points: [string, Tensor][] = []
beforeAll(() => {
  weights = wave([3, 3], 0.4)
  points.push(
    ['diag(2, 2, 3)', diagonalOf(2, 2, 3)],
    ['diag(2, 2, 2)', diagonalOf(2, 2, 2)],
    ['diag(2, 2 + 1e-13, 3)', diagonalOf(2, 2 + 1e-13, 3)],
    ['diag(2, 2 + 1e-5, 3)', diagonalOf(2, 2 + 1e-5, 3)],
    ['two equal, turned', turned(diagonalOf(2, 2, 3))],
    ['all apart, turned', turned(diagonalOf(0.5, 2, 7))],
    ['a matrix that is not symmetric', add(diagonalOf(2, 2, 3), mul(wave([3, 3], 2), 0.3))],
  )
})

describe('functions of symmetric matrices', () => {
  it.each(names)('%j have their derivatives in both modes, once and twice, at equal eigenvalues too', (f) => {
    for (const [, a] of points) {
      const loss = (x: Tensor) => sum(mul(weights, symmetricFunction(x, f)))
      checkGradients((x: Tensor) => symmetricFunction(x, f), a)
      checkGradients(grad(loss), a)
      checkGradients((x: Tensor) => jvp(grad(loss), x, wave([3, 3], 5)).tangent, a, { tolerance: 1e-5 })
    }
  })

  it('exp has the gradient of expm, to the last digits', () => {
    for (const [name, a] of points) {
      const x = symmetric(a)
      const got = grad((y: Tensor) => sum(mul(weights, symmetricFunction(y, 'exp'))))(x)
      const want = grad((y: Tensor) => sum(mul(weights, expm(y))))(x)
      expectClose(got, symmetric(want), name.includes('apart') ? 1e-10 : 1e-13)
    }
  })

  it('agree with one another: the root squared, the logarithm of exp, the inverse three ways', () => {
    for (const [, a] of points) {
      const x = symmetric(a)
      const root = symmetricFunction(x, 'sqrt')
      expectClose(matmul(root, root), x, 1e-13)
      expectClose(symmetricFunction(symmetricFunction(x, 'exp'), 'log'), x, 1e-10)
      const inverted = symmetricFunction(x, 'inverse')
      expectClose(inverted, inverse(x), 1e-13)
      const half = symmetricFunction(x, 'inverseSqrt')
      expectClose(matmul(half, half), inverted, 1e-13)
    }
  })

  it('have a gradient that is symmetric', () => {
    const gradient = grad((x: Tensor) => sum(mul(weights, symmetricFunction(x, 'sqrt'))))(points[6][1])
    expectClose(gradient, transpose(gradient))
  })
})

describe('gradients through eigh', () => {
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

const outer = (v: Tensor): [Tensor, Tensor] => [v, transpose(v)]

describe('checkGradients of linear algebra passes for plain matrices, moved one entry at a time', () => {
  const functions: [string, (p: Tensor[]) => Tensor][] = [
    ['choleskySolve', ([x, y]) => choleskySolve(x, y)],
    ['solve', ([x, y]) => solve(x, y)],
    ['cholesky', ([x]) => cholesky(x).factor],
    ['inverse', ([x]) => inverse(x)],
    ['logDet', ([x]) => logDet(x).logAbs],
    ['eigenvalues', ([x]) => eigh(x).values],
    ['expm', ([x]) => expm(x)],
  ]
  it.each(functions)('%s', (_name, f) => {
    const point = (): Tensor[] => [add(wave([2, 3, 3], 1), mul(eye(3, 'float64'), 4)), wave([2, 3, 2], 3)]
    checkGradients((p: Tensor[]) => [f(p)], point())
  })
})

describe('linear algebra in a recording', () => {
  it('is computed anew in a replay, flags and gradients with it', () => {
    const n = 3
    const definite = (shift: number) => add(mul(wave([n, n], shift), 0.3), mul(eye(n, 'float64'), 2))
    const all = (x: Tensor): Tensor[] => {
      const loss = (y: Tensor) =>
        sum(
          add(
            add(symmetricFunction(y, 'log'), cholesky(y).factor),
            add(mul(inverse(y), logDet(y).logAbs), choleskySolve(y, eye(n, 'float64'))),
          ),
        )
      const { factor, ok } = cholesky(x)
      return [grad(loss)(x), factor, ok, symmetricFunction(x, 'sqrt'), solve(x, eye(n, 'float64'))]
    }
    const x = keep(definite(1))
    const { recording, obstacle } = record(key(0), () => all(x).map((t) => keep(t)))
    expect(obstacle).toBeNull()
    for (const other of [definite(4), mul(eye(n, 'float64'), -1)]) {
      rewrite(x, other.dataSync())
      recording!.replay(key(0))
      all(other).forEach((want, i) => {
        expect(recording!.result[i].dataSync()).toEqual(want.dataSync())
      })
    }
    recording!.dispose()
  })
})

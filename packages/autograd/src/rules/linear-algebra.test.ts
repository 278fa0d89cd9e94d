import {
  add,
  cholesky,
  choleskySolve,
  eigh,
  expm,
  eye,
  init,
  inverse,
  keep,
  key,
  logDet,
  mul,
  solve,
  sum,
  symmetricFunction,
  type Tensor,
} from '@facet/tensor'
import { record, rewrite } from '@facet/tensor/dispatch'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { expectClose, f64, wave } from '../testing/close.ts'

beforeAll(() => init())

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

describe('where linear algebra could divide by zero', () => {
  it('choleskySolve has finite slopes where a pivot is dropped', () => {
    const singular = f64([
      [1, 1],
      [1, 1],
    ])
    const inB = grad((b: Tensor) => sum(choleskySolve(singular, b)))(f64([[2], [2]]))
    const inA = grad((a: Tensor) => sum(choleskySolve(a, f64([[2], [2]]))))(singular)
    expectClose(inB, f64([[1], [0]]))
    expectClose(
      inA,
      f64([
        [-2, 0],
        [0, 0],
      ]),
    )
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

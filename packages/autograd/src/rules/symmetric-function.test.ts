import {
  expm,
  init,
  inverse,
  matmul,
  mul,
  type SymmetricFunction,
  sum,
  symmetricFunction,
  type Tensor,
  transpose,
} from '@facet/tensor'
import { beforeAll, describe, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { expectClose, wave } from '../testing/close.ts'
import { symmetric, symmetricPoints } from '../testing/symmetric-matrices.ts'

beforeAll(() => init())

let weights: Tensor
let points: [string, Tensor][]
beforeAll(() => {
  weights = wave([3, 3], 0.4)
  points = symmetricPoints()
})

const names: SymmetricFunction[] = [
  'exp',
  'log',
  'sqrt',
  'inverseSqrt',
  'inverse',
  { power: 3 },
  { power: 1.7 },
]

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

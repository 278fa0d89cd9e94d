import { eigh, init, key, matmul, mul, tensor, transpose, zeros } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { singularValues } from './singular-values.ts'

beforeAll(() => init())

it('are the roots of the eigenvalues of the Gram matrix, for matrices of any shape', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 30 }),
      (seed, m, n) => {
        const a = key(seed).normal([3, m, n], 'float64')
        const gram = m < n ? matmul(a, a, { transposeB: true }) : matmul(a, a, { transposeA: true })
        const squares = eigh(gram).values.toArray() as number[][]
        const values = singularValues(a).toArray() as number[][]
        expect(singularValues(transpose(a, [0, 2, 1])).shape).toEqual([3, Math.min(m, n)])
        values.forEach((row, i) => {
          const wanted = squares[i].reverse()
          row.forEach(
            (value, k) => void expect(value ** 2 / wanted[0]).toBeCloseTo(wanted[k] / wanted[0], 13),
          )
        })
      },
    ),
    { numRuns: 40 },
  )
})

it('keep all digits where those of a Gram matrix are lost', () => {
  // A Hilbert matrix of 8 rows; numbers of mpmath in 50 digits.
  const hilbert = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => 1 / (i + j + 1)))
  const values = singularValues(tensor(hilbert, { dtype: 'float64' })).toArray() as number[]
  expect(values[0]).toBeCloseTo(1.6959389969219494, 14)
  expect(values[7] / 1.1115389694888e-10).toBeCloseTo(1, 5)
})

it('are right relative to themselves where columns have scales of their own', () => {
  const graded = tensor(
    [
      [1, 1e-20, 0],
      [1, -1e-20, 0],
      [0, 0, 1e-60],
    ],
    { dtype: 'float64' },
  )
  const [a, b, c] = singularValues(graded).toArray() as number[]
  expect(a).toBeCloseTo(Math.SQRT2, 14)
  expect(b / 1e-20).toBeCloseTo(Math.SQRT2, 14)
  expect(c / 1e-60).toBeCloseTo(1, 14)
})

it('scale with the matrix from end to end of the numbers', () => {
  const a = key('a').normal([4, 3], 'float64')
  const own = singularValues(a).toArray() as number[]
  for (const exponent of [-1000, -540, 540, 1000]) {
    const values = singularValues(mul(a, 2 ** exponent)).toArray() as number[]
    values.forEach((value, k) => void expect(value / 2 ** exponent).toBeCloseTo(own[k], 12))
  }
  expect(singularValues(zeros([3, 5])).toArray()).toEqual([0, 0, 0])
})

it('know a rank, and repeated values', () => {
  const column = key('u').normal([20, 2], 'float64')
  const [, , third] = singularValues(
    matmul(column, key('v').normal([2, 20], 'float64')),
  ).toArray() as number[]
  expect(third).toBeLessThan(1e-13)
  const turned = [
    [0, 2, 0],
    [-2, 0, 0],
    [0, 0, 2],
  ]
  expect(singularValues(tensor(turned)).toArray()).toEqual([2, 2, 2])
})

it('are NaN for a matrix with a number that is not finite, and leave the others alone', () => {
  const values = singularValues(
    tensor([
      [
        [1, 0],
        [0, Number.NaN],
      ],
      [
        [3, 0],
        [0, 2],
      ],
      [
        [Infinity, 0],
        [0, 1],
      ],
    ]),
  )
  expect(values.toArray()).toEqual([
    [Number.NaN, Number.NaN],
    [3, 2],
    [Number.NaN, Number.NaN],
  ])
  expect(() => singularValues(tensor([1, 2]))).toThrow(
    'singularValues: expected matrices [..., m, n], got float32 [2]',
  )
})

import { network } from '@facet/models'
import {
  absActivation,
  identityActivation,
  init,
  key,
  matmul,
  mul,
  reluActivation,
  reshape,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStack } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer, plainJacobian } from '../testing/plain-network.ts'
import { learnedSymmetries, polarizationMatrix } from './learned-symmetries.ts'

beforeAll(() => init())

const numbers = (t: Tensor) => t.toArray() as number[]
const points = (count: number, d: number) => key('x').normal([count, d], 'float64')
const matrix = (name: string, rows: number, columns: number) =>
  key(name).normal([rows, columns], 'float64').toArray() as number[][]

/** A network of x that looks at P x only. */
function through(P: number[][]): PlainLayer[] {
  return [
    { weight: P, bias: null, activation: identityActivation },
    { weight: matrix('first', 12, P.length), bias: matrix('bias', 1, 12)[0], activation: reluActivation },
    { weight: matrix('second', 4, 12), bias: null, activation: identityActivation },
  ]
}

it('the polarization matrix has the products of Jacobians and samples, row by row', () => {
  const layers = randomStack('maxout of dense units', true)
  const x = points(4, 3)
  const E = polarizationMatrix(networkOf(layers), x).toArray() as number[][]
  const wanted = (x.toArray() as number[][]).flatMap((point) =>
    plainJacobian(layers, point).map((row) => row.flatMap((slope) => point.map((value) => slope * value))),
  )
  expect(E.length).toBe(12)
  E.forEach((row, r) => row.forEach((value, c) => void expect(value).toBeCloseTo(wanted[r][c], 13)))
})

describe('a network with a known exact symmetry', () => {
  it('blind to a plane, has as many symmetries as matrices that map into the plane, exactly', () => {
    const d = 6
    const P = matrix('P', 4, d)
    const found = learnedSymmetries(networkOf(through(P)), points(60, d), { count: 2 * d })
    const sigma = numbers(found.singularValues)
    const largest = sigma[d * d - 1]
    expect(sigma[2 * d - 1] / largest).toBeLessThan(1e-14)
    expect(sigma[2 * d] / largest).toBeGreaterThan(1e-3)
    for (const H of found.generators.toArray() as number[][][])
      for (const row of P)
        for (let j = 0; j < d; j++)
          expect(Math.abs(row.reduce((sum, value, i) => sum + value * H[i][j], 0))).toBeLessThan(1e-13)
    expect(Math.max(...numbers(found.variance))).toBeLessThan(1e-26)
  })

  it('blind to the plane of the first two axes, has the rotation of that plane among its symmetries', () => {
    const d = 5
    const P = matrix('P', 3, d).map((row) => row.map((value, j) => (j < 2 ? 0 : value)))
    const { generators } = learnedSymmetries(networkOf(through(P)), points(50, d), { count: 2 * d })
    const rotation = Array.from({ length: d * d }, (_, at) => [0, 1, ...Array(d - 2).fill(0), -1][at] ?? 0)
    const inSpan = (generators.toArray() as number[][][]).reduce((sum, H) => {
      const product = H.flat().reduce((total, value, i) => total + value * rotation[i], 0)
      return sum + product ** 2
    }, 0)
    expect(inSpan).toBeCloseTo(2, 12)
  })

  it('a norm made of many edges has nearly the rotation, of small variance and bias, and no second one', () => {
    const edges = 64
    const weight = Array.from({ length: edges }, (_, k) => [
      Math.cos((Math.PI * k) / edges),
      Math.sin((Math.PI * k) / edges),
    ])
    const norm = networkOf([
      { weight, bias: null, activation: absActivation },
      { weight: [Array(edges).fill(1 / edges)], bias: null, activation: identityActivation },
    ])
    const { generators, variance, bias } = learnedSymmetries(norm, points(400, 2), { count: 4 })
    const [first, second] = numbers(variance)
    expect(first).toBeLessThan(1e-3)
    expect(second / first).toBeGreaterThan(50)
    expect(numbers(bias)[0]).toBeLessThan(0.02)
    const [[[a, b], [c, e]]] = generators.toArray() as number[][][]
    expect(Math.abs(b)).toBeCloseTo(Math.SQRT1_2, 1)
    expect(b + c).toBeCloseTo(0, 1)
    expect(Math.hypot(a, e)).toBeLessThan(0.05)
  })
})

it('a random network, as a control, has none', () => {
  const net = network({
    sizes: [4, 20, 20, 3],
    activations: ['relu', 'relu', 'identity'],
    key: key(5),
    dtype: 'float64',
  })
  const found = learnedSymmetries(net, points(100, 4))
  const sigma = numbers(found.singularValues)
  expect(sigma[0] / sigma[15]).toBeGreaterThan(1e-3)
  expect(found.generators.shape).toEqual([4, 4, 4])
  expect(numbers(found.bias)[0]).toBeGreaterThan(0.1)
})

it('generators are orthonormal, and variances are the mean squares of how fast outputs change along them', () => {
  const net = network({ sizes: [3, 9, 2], activations: ['relu', 'identity'], key: key(2), dtype: 'float64' })
  const x = points(40, 3)
  const { generators, variance, singularValues } = learnedSymmetries(net, x, { count: 9 })
  const flat = reshape(generators, [9, 9])
  const products = matmul(flat, flat, { transposeB: true }).toArray() as number[][]
  products.forEach((row, i) => row.forEach((value, j) => void expect(value).toBeCloseTo(Number(i === j), 13)))
  for (let k = 0; k < 9; k++) {
    const H = (generators.toArray() as number[][][])[k]
    const moved = matmul(x, tensor(H, { dtype: 'float64' }), { transposeB: true })
    const changes = (net.applyJacobian(x, moved).toArray() as number[][]).flat()
    const mean = changes.reduce((sum, value) => sum + value ** 2, 0) / 40
    expect(numbers(variance)[k] / mean).toBeCloseTo(1, 9)
    expect(numbers(singularValues)[k] ** 2 / 40 / mean).toBeCloseTo(1, 9)
  }
})

it('small singular values keep their digits, where those of the Gram matrix end at 1e-8 of the largest', () => {
  // Sensitive to the second axis 1e-11 times as much as to the first.
  const net = networkOf([
    {
      weight: [
        [1, 0],
        [0, 1e-11],
      ],
      bias: null,
      activation: identityActivation,
    },
  ])
  const x = points(30, 2)
  const { variance } = learnedSymmetries(net, x, { count: 2 })
  const rows = x.toArray() as number[][]
  const second = [0, 1].map((i) =>
    [0, 1].map((j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0) / 30),
  )
  const [trace, determinant] = [second[0][0] + second[1][1], second[0][0] * second[1][1] - second[0][1] ** 2]
  const least = (trace - Math.sqrt(trace ** 2 - 4 * determinant)) / 2
  expect(numbers(variance)[0] / (least * 1e-22)).toBeCloseTo(1, 4)
})

it('bias is the distance from the algebra that is given, whatever its basis', () => {
  const d = 5
  const P = matrix('P', 4, d).map((row) => row.map((value, j) => (j < 1 ? 0 : value)))
  const net = networkOf(through(P))
  const into = (row: number) =>
    Array.from({ length: d }, (_, j) =>
      Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, c) => Number(i === row && c === j))),
    )
  const algebra = (matrices: number[][][]) => mul(tensor(matrices, { dtype: 'float64' }), 7)
  const own = learnedSymmetries(net, points(50, d), { algebra: algebra([...into(0), ...into(0)]) })
  for (const value of numbers(own.bias)) expect(value).toBeLessThan(1e-12)
  const other = learnedSymmetries(net, points(50, d), { algebra: algebra(into(1)) })
  for (const value of numbers(other.bias)) expect(value).toBeCloseTo(1, 12)
})

it('follows the scale of the data, in float32 as well', () => {
  const net = network({
    sizes: [3, 9, 2],
    activations: ['relu', 'identity'],
    bias: false,
    key: key(2),
    dtype: 'float64',
  })
  const x = points(40, 3)
  const own = learnedSymmetries(net, x)
  const large = learnedSymmetries(net, mul(x, 2 ** 300))
  expect(large.generators.toArray()).toEqual(own.generators.toArray())
  expect(large.variance.toArray()).toEqual(mul(own.variance, 2 ** 600).toArray())
  const single = network({ sizes: [3, 9, 2], activations: ['relu', 'identity'], key: key(2) })
  expect(learnedSymmetries(single, key('x').normal([40, 3])).variance.dtype).toBe('float64')
})

it('says what it expects', () => {
  const net = network({ sizes: [2, 3, 1], activations: ['relu', 'identity'], key: key(2), dtype: 'float64' })
  expect(() => learnedSymmetries(net, points(3, 3))).toThrow(
    'learnedSymmetries: expected x float64 [N, 2], got float64 [3, 3]',
  )
  expect(() => learnedSymmetries(net, points(3, 2), { count: 5 })).toThrow(
    'count: expected at most d² = 4 generators, got 5',
  )
  expect(() => learnedSymmetries(net, points(3, 2), { algebra: points(2, 2) })).toThrow(
    'algebra: expected [g, 2, 2], got float64 [2, 2]',
  )
  expect(() => learnedSymmetries(net, tensor([[1, Number.NaN]], { dtype: 'float64' }))).toThrow(
    'expected finite samples and Jacobians',
  )
  expect(() => learnedSymmetries(net, tensor(new Float64Array(0), { shape: [0, 2] }))).toThrow(
    'expected at least one sample',
  )
})

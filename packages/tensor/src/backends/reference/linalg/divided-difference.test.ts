import { describe, expect, it } from 'vitest'
import type { ScalarFunction } from '../../../ops/linear-algebra/scalar-function.ts'
import { dividedDifference } from './divided-difference.ts'

const scalar = (f: 'exp' | 'log' | number): ScalarFunction =>
  typeof f === 'number' ? { kind: 'power', exponent: f } : { kind: f, exponent: 0 }

/** mpmath 1.2.1, 120 digits: the table of differences, equal nodes moved apart by 1e-25. A number is an exponent. */
const values: ['exp' | 'log' | number, number[], number][] = [
  ['exp', [2, 2, 2], 3.694528049465325],
  ['log', [2, 2, 2], -0.125],
  [0.5, [2, 2, 2], -0.04419417382415922],
  [-0.5, [2, 2, 2], 0.06629126073623882],
  [-1, [2, 2, 2], 0.125],
  [2.5, [2, 2, 2], 2.6516504294495533],
  [-3, [2, 2, 2], 0.1875],
  [0.001, [2, 2, 2], -0.00012496158675938976],
  ['exp', [2, 2.0000001, 2.3], 4.093439313024551],
  ['log', [2, 2.0000001, 2.3], -0.11375619208363545],
  [0.5, [2, 2.0000001, 2.3], -0.04116100721969002],
  [-0.5, [2, 2.0000001, 2.3], 0.05896333975992221],
  [-1, [2, 2.0000001, 2.3], 0.10869564673913072],
  [2.5, [2, 2.0000001, 2.3], 2.7167514300838564],
  [-3, [2, 2.0000001, 2.3], 0.1493280878760181],
  [0.001, [2, 2.0000001, 2.3], -0.00011372647000971863],
  ['exp', [1, 1, 5], 8.426359372517586],
  ['log', [1, 1, 5], -0.14941013047286872],
  [0.5, [1, 1, 5], -0.047745751406263144],
  [-0.5, [1, 1, 5], 0.09045084971874737],
  [2.5, [1, 1, 5], 2.8063562148434213],
  [0.001, [1, 1, 5], -0.00014932914045441616],
  ['exp', [0.25, 3, 40], 160044376567750.94],
  ['log', [0.25, 3, 40], -0.020970948362691883],
  [0.5, [0.25, 3, 40], -0.008148345456384166],
  [-3, [0.25, 3, 40], 0.585113425925926],
  [0.001, [0.25, 3, 40], -2.0963463251773363e-5],
  ['exp', [1, 1.0000000001, 1.2, 7], 4.910173993857999],
  ['log', [1, 1.0000000001, 1.2, 7], 0.056784047096187173],
  [0.5, [1, 1.0000000001, 1.2, 7], 0.013147259586291734],
  [2.5, [1, 1.0000000001, 1.2, 7], 0.21046429687952573],
  [-3, [1, 1.0000000001, 1.2, 7], -0.688842997400247],
  ['log', [1e-8, 1, 100000000.0], -1.8420680743952367e-7],
  [0.5, [1e-8, 1, 100000000.0], -9.998000199980003e-9],
  [-0.5, [1e-8, 1, 100000000.0], 9.999000099980002e-5],
  [2.5, [1e-8, 1, 100000000.0], 10000.000099990002],
  [-3, [1e-8, 1, 100000000.0], 1.0000000100000002e16],
  [0.001, [1e-8, 1, 100000000.0], -1.8252056976622293e-10],
  [-3, [-2, -2, -2.1], -0.172969981643451],
  [-3, [-1, -1, 3], 0.8148148148148148],
  ['exp', [-700, -1, 1], 0.001675713123732591],
]

describe('dividedDifference', () => {
  it.each(values)('of %s at %j has 14 digits, whatever the order of the nodes', (f, nodes, want) => {
    for (const order of [nodes, nodes.toReversed(), [...nodes.slice(1), nodes[0]]]) {
      const got = dividedDifference(scalar(f), Float64Array.from(order), order.length)
      expect(Math.abs(got / want - 1)).toBeLessThan(1e-14)
    }
  })

  it('of a whole power is the sum of all products of its nodes, at 0 too', () => {
    const of = (p: number, nodes: number[]) =>
      dividedDifference(scalar(p), Float64Array.from(nodes), nodes.length)
    expect(of(3, [0, 0])).toBe(0)
    expect(of(3, [-1, 2])).toBe(3)
    expect(of(2, [0, 0, 0])).toBe(1)
    expect(of(1, [5, 5, 7])).toBe(0)
  })

  it('is a derivative at equal nodes, infinite where that is', () => {
    const of = (f: 'log' | number, nodes: number[]) =>
      dividedDifference(scalar(f), Float64Array.from(nodes), nodes.length)
    expect(of(0.5, [0, 0])).toBe(Number.POSITIVE_INFINITY)
    expect(of(0.5, [0, 4])).toBe(0.5)
    expect(of(2.5, [0, 0])).toBe(0)
    expect(of('log', [0, 0])).toBe(Number.POSITIVE_INFINITY)
  })

  it('is NaN outside the domain', () => {
    for (const nodes of [
      [-1, -1],
      [-1, 2],
    ])
      for (const f of ['log', 0.5] as const)
        expect(dividedDifference(scalar(f), Float64Array.from(nodes), 2)).toBeNaN()
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const largest = (t: ops.Tensor): number => [...t.dataSync()].reduce((m, x) => Math.max(m, Math.abs(x)), 0)

const f64 = (values: Parameters<typeof ops.tensor>[0], shape?: ops.Shape): ops.Tensor =>
  ops.tensor(values, { dtype: 'float64', ...(shape && { shape }) })

const expectNear = (got: ops.Tensor, want: number[][], relative = 1e-14): void => {
  const scale = Math.max(...want.flat().map(Math.abs))
  expect(largest(ops.sub(got, f64(want)))).toBeLessThanOrEqual(relative * scale)
}

const flags = (t: ops.Tensor): boolean[] => Array.from(t.dataSync(), Boolean)

describe('values as NumPy 1.24.2 gives them', () => {
  const a = () =>
    f64([
      [4, -2, 1],
      [3, 6, -4],
      [2, 1, 8],
    ])
  const s = () =>
    f64([
      [4, 1, 0.5],
      [1, 3, -0.25],
      [0.5, -0.25, 2],
    ])

  it('solve', () => {
    const b = f64([
      [12, -25],
      [32, 1],
      [7, 3],
    ])
    expectNear(ops.solve(a(), b), [
      [4.494296577946768, -4.855513307984792],
      [2.6958174904942966, 3.3726235741444865],
      [-0.5855513307984791, 1.1673003802281372],
    ])
  })

  it('inverse', () => {
    expectNear(ops.inverse(a()), [
      [0.19771863117870722, 0.06463878326996197, 0.007604562737642592],
      [-0.12167300380228137, 0.11406844106463877, 0.07224334600760458],
      [-0.034220532319391636, -0.030418250950570346, 0.1140684410646388],
    ])
  })

  it('logDet', () => {
    for (const sign of [1, -1]) {
      const got = ops.logDet(ops.mul(a(), sign))
      expect(got.sign.item()).toBe(sign)
      expect(got.logAbs.item()).toBeCloseTo(5.572154032177764, 14)
    }
  })

  it('cholesky', () => {
    const { factor, ok } = ops.cholesky(s())
    expectNear(factor, [
      [2, 0, 0],
      [0.5, 1.6583123951777, 0],
      [0.25, -0.22613350843332272, 1.3734495390671027],
    ])
    expect(flags(ok)).toEqual([true])
  })

  /** `(v * f(w)) @ v.T` of `numpy.linalg.eigh`. */
  const functions: [ops.SymmetricFunction, number[][]][] = [
    [
      'exp',
      [
        [79.71724108178344, 40.17410228174172, 11.656772178070998],
        [40.17410228174171, 35.711193816950775, 1.83550387714621],
        [11.656772178070998, 1.8355038771462115, 9.332093474336164],
      ],
    ],
    [
      'log',
      [
        [1.3301801504570663, 0.3087695794796937, 0.1979523058410357],
        [0.3087695794796937, 1.041213987387003, -0.13858298573978048],
        [0.19795230584103576, -0.13858298573978048, 0.6611521088326374],
      ],
    ],
    [
      'sqrt',
      [
        [1.974794331810479, 0.2755612860234819, 0.15573478960813844],
        [0.27556128602348184, 1.7073940215126313, -0.09418934625533923],
        [0.15573478960813836, -0.09418934625533919, 1.4024532228768634],
      ],
    ],
    [
      'inverseSqrt',
      [
        [0.52372230026557, -0.08805955681942551, -0.06407062486475151],
        [-0.08805955681942544, 0.6026723814236143, 0.05025426375513849],
        [-0.0640706248647515, 0.050254263755138515, 0.7235260506240121],
      ],
    ],
    [
      'inverse',
      [
        [0.28614457831325313, -0.1024096385542171, -0.08433734939759041],
        [-0.10240963855421709, 0.37349397590361505, 0.0722891566265062],
        [-0.08433734939759042, 0.07228915662650619, 0.5301204819277111],
      ],
    ],
    [
      { power: 1.7 },
      [
        [11.068737020245432, 4.012507855605487, 1.709545651508466],
        [4.012507855605487, 6.921361766324354, -0.5850380291230699],
        [1.7095456515084657, -0.58503802912307, 3.394376544654966],
      ],
    ],
  ]
  it.each(functions)('symmetricFunction %j', (f, want) => {
    expectNear(ops.symmetricFunction(s(), f), want)
  })
})

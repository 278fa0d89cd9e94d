import { afterAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

afterAll(() => ops.init())

/** mpmath 1.2.1, 400 digits: a Taylor series, scaled and squared 60 times. */
const large: [string, number[][], number[][]][] = [
  [
    'nilpotent',
    [
      [0, 10000000000.0],
      [0, 0],
    ],
    [
      [1.0, 10000000000.0],
      [0.0, 1.0],
    ],
  ],
  [
    'upper',
    [
      [1, 10000000000.0],
      [0, 2],
    ],
    [
      [Math.E, 46707742704.71605],
      [0.0, 7.38905609893065],
    ],
  ],
  [
    'lower',
    [
      [1, 0],
      [10000000000.0, 2],
    ],
    [
      [Math.E, 0.0],
      [46707742704.71605, 7.38905609893065],
    ],
  ],
  [
    'upper3',
    [
      [1, 1000000000.0, 1000000000.0],
      [0, 2, 1000000000.0],
      [0, 0, -3],
    ],
    [
      [Math.E, 4670774270.471605, 8.007301167568856e17],
      [0.0, 7.38905609893065, 1467853806.1125572],
      [0.0, 0.0, 0.049787068367863944],
    ],
  ],
  [
    'graded upper',
    [
      [-1000000000.0, 1],
      [0, 1],
    ],
    [
      [0.0, 2.7182818257407634e-9],
      [0.0, Math.E],
    ],
  ],
  [
    'graded upper3',
    [
      [-1000000000.0, 1, 2],
      [0, 1, 3],
      [0, 0, -1000000000.0],
    ],
    [
      [0.0, 2.7182818257407634e-9, 8.154845469067444e-18],
      [0.0, Math.E, 8.154845477222291e-9],
      [0.0, 0.0, 0.0],
    ],
  ],
  [
    'equal',
    [
      [3, 1000000000000.0],
      [0, 3],
    ],
    [
      [20.085536923187668, 20085536923187.668],
      [0.0, 20.085536923187668],
    ],
  ],
  [
    'big nilp 3',
    [
      [0, 1000000000000.0, 1],
      [0, 0, 100000.0],
      [0, 0, 0],
    ],
    [
      [1.0, 1000000000000.0, 5e16],
      [0.0, 1.0, 100000.0],
      [0.0, 0.0, 1.0],
    ],
  ],
  [
    'permuted',
    [
      [1, 0, 0],
      [2, -1000000000.0, 3],
      [5, 0, 2],
    ],
    [
      [Math.E, 0.0, 0.0],
      [7.549817752765814e-8, 0.0, 2.2167168252457614e-8],
      [23.353871352358023, 0.0, 7.38905609893065],
    ],
  ],
  [
    'nonnormal full',
    [
      [1, 10000000000.0],
      [1e-10, 2],
    ],
    [
      [4.849205464247511, 54754968830.11693],
      [5.475496883011692e-10, 10.324702347259203],
    ],
  ],
  [
    'nonnormal full3',
    [
      [1, 100000000.0, 1],
      [1e-9, 2, 10000000.0],
      [1e-12, 1e-8, 0.5],
    ],
    [
      [23716.717683855237, 258239459970.32916, 2.41494930356952e17],
      [0.002417531698169201, 26323.261776593983, 24616471345.24817],
      [2.2201546191171703e-9, 0.024174109507040225, 22606.641581771302],
    ],
  ],
  [
    'stable',
    [
      [-1000000000.0, 100000000.0],
      [100000000.0, -1000000000.0],
    ],
    [
      [0.0, 0.0],
      [0.0, 0.0],
    ],
  ],
  [
    'symm graded',
    [
      [1, 0.001],
      [0.001, -1000000000.0],
    ],
    [
      [2.7182818284590478, 2.7182818257407663e-12],
      [2.7182818257407663e-12, 2.7182818230224843e-24],
    ],
  ],
]

describe.each(['reference', 'wasm'])("expm of matrices of norm up to 1e12 on '%s'", (backend) => {
  it.each(large)('%s has all its digits, entry by entry', async (_name, a, want) => {
    await ops.init({ backend })
    const got = ops.expm(ops.tensor(a, { dtype: 'float64' })).dataSync()
    want.flat().forEach((x, i) => expect(Math.abs(got[i] - x)).toBeLessThanOrEqual(4e-15 * Math.abs(x)))
  })

  it('keeps blocks apart: a large one costs a small one no digit', async () => {
    await ops.init({ backend })
    const angle = 0.7
    const a = [
      [0, 0, -angle],
      [0, -1e9, 0],
      [angle, 0, 0],
    ]
    const got = ops.expm(ops.tensor(a, { dtype: 'float64' })).toArray() as number[][]
    expect(got[0][0]).toBeCloseTo(Math.cos(angle), 15)
    expect(got[2][0]).toBeCloseTo(Math.sin(angle), 15)
    expect(got[1]).toEqual([0, 0, 0])
  })

  it('rotates by large angles to the accuracy of the angle itself, ε · angle', async () => {
    await ops.init({ backend })
    for (const angle of [1e3, 1e6, 1e9, 1e12]) {
      const a = [
        [0, -angle],
        [angle, 0],
      ]
      const got = ops.expm(ops.tensor(a, { dtype: 'float64' })).toArray() as number[][]
      const bound = 4 * 2 ** -52 * angle
      expect(Math.abs(got[0][0] - Math.cos(angle))).toBeLessThan(bound)
      expect(Math.abs(got[1][0] - Math.sin(angle))).toBeLessThan(bound)
    }
  })

  it('is NaN where no digit is left, but where that is 0 or was never in doubt', async () => {
    await ops.init({ backend })
    const of = (a: number[][]) => ops.expm(ops.tensor(a, { dtype: 'float64' })).toArray() as number[][]
    expect(
      of([
        [0, -1e20],
        [1e20, 0],
      ])
        .flat()
        .every(Number.isNaN),
    ).toBe(true)
    expect(
      of([
        [-1e20, 1e19],
        [1e19, -1e20],
      ]),
    ).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(
      of([
        [0, 1e20],
        [0, 0],
      ]),
    ).toEqual([
      [1, 1e20],
      [0, 1],
    ])
    expect(
      of([
        [-1e20, 0],
        [0, 1],
      ]),
    ).toEqual([
      [0, 0],
      [0, Math.E],
    ])
  })
})

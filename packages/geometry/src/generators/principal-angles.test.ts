import { init, key, mul, tensor, zeros } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { generatorAlignment } from './generator-alignment.ts'
import { principalAngles } from './principal-angles.ts'

beforeAll(() => init())

const float64 = (values: number[][] | number[][][]) => tensor(values, { dtype: 'float64' })
const XY = [
  [0, -1, 0],
  [1, 0, 0],
  [0, 0, 0],
]
const YZ = [
  [0, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]
const ZX = [
  [0, 0, 1],
  [0, 0, 0],
  [-1, 0, 0],
]
const ONE = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]
const points = () => key('points').normal([30, 3], 'float64')
const rowsOf = (angles: { toArray(): unknown }) => angles.toArray() as number[][]

it('is 0 for mixtures of the same generators, whatever their scales, and a right angle for fields that are at one', () => {
  const mixed = float64([
    XY.map((row, i) => row.map((value, j) => 1e6 * (value - 2 * YZ[i][j]))),
    XY.map((row, i) => row.map((value, j) => 1e-6 * (3 * value + YZ[i][j]))),
  ])
  const same = principalAngles(mixed, float64([XY, YZ]), points())
  for (const angle of [...rowsOf(same.atPoints).flat(), ...(same.overData.toArray() as number[])])
    expect(angle).toBeLessThan(1e-13)
  const radial = principalAngles(float64([ONE]), float64([XY]), points())
  for (const [angle] of rowsOf(radial.atPoints)) expect(angle).toBeCloseTo(Math.PI / 2, 14)
  expect((radial.overData.toArray() as number[])[0]).toBeCloseTo(Math.PI / 2, 14)
})

it('of two single fields is the angle between them at every point', () => {
  const x = float64([
    [1, 2, 3],
    [2, -1, 0.5],
  ])
  const wanted = [
    [1, 2, 3],
    [2, -1, 0.5],
  ].map(([a, b, c]) => {
    const [u, v] = [
      [-b, a, 0],
      [0, -c, b],
    ]
    const cosine = Math.abs(v[1] * u[1]) / (Math.hypot(...u) * Math.hypot(...v))
    return [Math.acos(cosine)]
  })
  const { atPoints } = principalAngles(float64([XY]), float64([YZ]), x)
  rowsOf(atPoints).forEach(([angle], n) => void expect(angle).toBeCloseTo(wanted[n][0], 14))
  const cosines = rowsOf(atPoints).map(([angle]) => Math.cos(angle))
  const alignment = generatorAlignment(float64([XY]), x, float64(YZ)).item()
  expect((cosines[0] + cosines[1]) / 2).toBeCloseTo(alignment, 13)
})

it('small angles keep their digits, where a cosine is 1', () => {
  for (const angle of [1e-3, 1e-7, 1e-11]) {
    // In four dimensions, so that the two fields span no common plane by chance.
    const turn = [
      [0, -1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]
    const tilted = turn.map((row, i) => row.map((value, j) => (i === 2 && j === 0 ? Math.tan(angle) : value)))
    const x = float64([[1, 0, 0, 0]])
    const [[found]] = rowsOf(principalAngles(float64([turn]), float64([tilted]), x).atPoints)
    expect(found / angle).toBeCloseTo(1, 9)
  }
})

it('takes as many angles as the smaller span has directions: two planes in four dimensions have the angles they were given', () => {
  // Constant fields on the line x = (1, 0, 0, 0, 0): column 0 of each matrix.
  const column = (v: number[]) => v.map((value) => [value, 0, 0, 0])
  const a = [column([1, 0, 0, 0]), column([0, 1, 0, 0])]
  const [p, q] = [0.2, 1.3]
  const b = [column([Math.cos(p), 0, Math.sin(p), 0]), column([0, Math.cos(q), 0, Math.sin(q)])]
  const found = principalAngles(float64(a), float64(b), float64([[1, 0, 0, 0]]))
  const [first, second] = rowsOf(found.atPoints)[0]
  expect(first).toBeCloseTo(p, 14)
  expect(second).toBeCloseTo(q, 14)
  const swapped = principalAngles(float64(b), float64(a.slice(0, 1)), float64([[1, 0, 0, 0]]))
  expect(rowsOf(swapped.atPoints)[0]).toHaveLength(1)
  expect(rowsOf(swapped.atPoints)[0][0]).toBeCloseTo(p, 14)
})

it('tells a field that is one mixture everywhere from one whose mixture changes', () => {
  // At every point two of the three rotations span the tangent plane of the sphere, so that the third is in their span there; not on all points together.
  const found = principalAngles(float64([XY, YZ]), float64([ZX]), points())
  for (const [angle] of rowsOf(found.atPoints)) expect(angle).toBeLessThan(1e-10)
  expect((found.overData.toArray() as number[])[0]).toBeGreaterThan(0.5)
})

it('agrees with the roots of the product of projections, for random generators', () => {
  const [G, H, x] = [
    key('G').normal([2, 7, 7], 'float64'),
    key('H').normal([3, 7, 7], 'float64'),
    key('x').normal([10, 7], 'float64'),
  ]
  const { atPoints } = principalAngles(G, H, x)
  const squares = rowsOf(atPoints).map((row) => row.reduce((sum, angle) => sum + Math.cos(angle) ** 2, 0))
  const projection = (family: typeof G, n: number): number[][] => {
    const fields = Array.from({ length: family.shape[0] }, (_, k) =>
      (family.toArray() as number[][][])[k].map((row) =>
        row.reduce((sum, value, j) => sum + value * (x.toArray() as number[][])[n][j], 0),
      ),
    )
    const basis: number[][] = []
    for (const field of fields) {
      let rest = field
      for (let twice = 0; twice < 2; twice++)
        for (const q of basis) {
          const product = q.reduce((sum, value, i) => sum + value * rest[i], 0)
          rest = rest.map((value, i) => value - product * q[i])
        }
      const length = Math.hypot(...rest)
      basis.push(rest.map((value) => value / length))
    }
    return Array.from({ length: 7 }, (_, i) =>
      Array.from({ length: 7 }, (_, j) => basis.reduce((sum, q) => sum + q[i] * q[j], 0)),
    )
  }
  squares.forEach((value, n) => {
    const [P, Q] = [projection(G, n), projection(H, n)]
    const trace = P.flat().reduce((sum, p, i) => sum + p * Q.flat()[i], 0)
    expect(value).toBeCloseTo(trace, 12)
  })
})

it('has no angle where a point is not moved, and ignores duplicates', () => {
  const x = float64([
    [0, 0, 5],
    [1, 2, 3],
  ])
  const { atPoints, overData } = principalAngles(float64([XY, XY]), float64([XY, YZ]), x)
  expect(rowsOf(atPoints)[0]).toEqual([Number.NaN, Number.NaN])
  expect(rowsOf(atPoints)[1][0]).toBeLessThan(1e-14)
  expect(rowsOf(atPoints)[1][1]).toBeNaN()
  expect((overData.toArray() as number[])[1]).toBeNaN()
})

it('is right at any scale, and NaN where a number is not finite', () => {
  const [G, H] = [key('G').normal([2, 5, 5], 'float64'), key('H').normal([2, 5, 5], 'float64')]
  const x = key('x').normal([4, 5], 'float64')
  const own = principalAngles(G, H, x)
  const large = principalAngles(mul(G, 2 ** 600), mul(H, 2 ** -600), mul(x, 2 ** 700))
  expect(large.atPoints.toArray()).toEqual(own.atPoints.toArray())
  expect(large.overData.toArray()).toEqual(own.overData.toArray())
  const holed = principalAngles(
    float64([XY]),
    float64([YZ]),
    float64([
      [1, Number.NaN, 0],
      [1, 2, 3],
    ]),
  )
  expect(rowsOf(holed.atPoints).map(([angle]) => Number.isNaN(angle))).toEqual([true, false])
  expect(holed.overData.toArray()).toEqual([Number.NaN])
})

it('says what it expects', () => {
  expect(() => principalAngles(float64(XY), float64([XY]), points())).toThrow(
    'principalAngles: expected generators [h, d, d], given ones [g, d, d] and x [N, d], ' +
      'got float64 [3, 3], float64 [1, 3, 3] and float64 [30, 3]',
  )
  expect(() => principalAngles(zeros([1, 2, 2]), zeros([1, 3, 3]), zeros([4, 3]))).toThrow(
    'got float32 [1, 2, 2]',
  )
})

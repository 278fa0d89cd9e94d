import { init, key, mul, reshape, tensor, zeros } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { generatorAlignment } from './generator-alignment.ts'

beforeAll(() => init())

const float64 = (values: number[][] | number[][][]) => tensor(values, { dtype: 'float64' })
const rotationXY = [
  [0, -1, 0],
  [1, 0, 0],
  [0, 0, 0],
]
const rotationYZ = [
  [0, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]
const points = () => key('points').normal([40, 3], 'float64')

it('is 1 for the true generator, of any length and sign', () => {
  const alignment = generatorAlignment(mul(float64([rotationXY]), -7), points(), float64(rotationXY))
  expect(alignment.shape).toEqual([])
  expect(alignment.item()).toBeCloseTo(1, 14)
})

it('is 1 wherever the true field is a mixture of the learned ones, whose mixture may change from point to point', () => {
  const mixture = float64(
    rotationXY.map((row, i) => row.map((value, j) => 0.3 * value - 2 * rotationYZ[i][j])),
  )
  expect(generatorAlignment(float64([rotationXY, rotationYZ]), points(), mixture).item()).toBeCloseTo(1, 14)
})

it('is the cosine between the fields for a single generator', () => {
  const x = float64([
    [1, 2, 3],
    [2, -1, 0.5],
  ])
  const cosines = (x.toArray() as number[][]).map(([a, b, c]) => {
    const learned = [0, -c, b]
    const truth = [-b, a, 0]
    return Math.abs(learned[1] * truth[1]) / (Math.hypot(...learned) * Math.hypot(...truth))
  })
  const alignment = generatorAlignment(float64([rotationYZ]), x, float64(rotationXY)).item()
  expect(alignment).toBeCloseTo((cosines[0] + cosines[1]) / 2, 14)
})

it('is 0 for fields at right angles and for generators that are zero', () => {
  const radial = float64([
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ])
  expect(generatorAlignment(radial, points(), float64(rotationXY)).item()).toBeLessThan(1e-15)
  expect(generatorAlignment(zeros([2, 3, 3], 'float64'), points(), float64(rotationXY)).item()).toBe(0)
})

it.each(['float32', 'float64'] as const)('gains nothing from duplicate generators, in %s', (dtype) => {
  const x = key('points').normal([40, 3], dtype)
  const truth = tensor(rotationXY, { dtype })
  const once = generatorAlignment(tensor([rotationYZ], { dtype }), x, truth).item()
  const third = rotationYZ.map((row) => row.map((value) => value / 3))
  const thrice = generatorAlignment(tensor([rotationYZ, third, rotationYZ], { dtype }), x, truth).item()
  expect(thrice).toBeCloseTo(once, dtype === 'float32' ? 6 : 14)
  expect(once).toBeLessThan(0.9)
})

it('leaves out points that the true generator does not move', () => {
  const x = float64([
    [0, 0, 5],
    [1, 2, 3],
  ])
  expect(generatorAlignment(float64([rotationXY]), x, float64(rotationXY)).item()).toBeCloseTo(1, 14)
})

it('says what it expects', () => {
  expect(() => generatorAlignment(float64(rotationXY), points(), float64(rotationXY))).toThrow(
    'generatorAlignment: expected generators [h, d, d], x [N, d] and a true generator [d, d], ' +
      'got float64 [3, 3], float64 [40, 3] and float64 [3, 3]',
  )
  expect(() =>
    generatorAlignment(reshape(float64(rotationXY), [1, 1, 9]), points(), float64(rotationXY)),
  ).toThrow('got float64 [1, 1, 9]')
})

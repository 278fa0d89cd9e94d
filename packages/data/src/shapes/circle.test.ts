import { init, type Tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { circle } from './circle.ts'

beforeAll(() => init())

const anglesOf = (x: Tensor) => (x.toArray() as number[][]).map(([a, b]) => Math.atan2(b, a))
const gap = [0.35 * Math.PI, 0.65 * Math.PI] as const

it('leaves the gap out of training, from edge to edge, and tests inside it', () => {
  const { train, test } = circle({ points: 30, test: 9, gap, dtype: 'float64' })
  const angles = anglesOf(train)
  for (const angle of angles) expect(angle > gap[0] + 1e-9 && angle < gap[1] - 1e-9).toBe(false)
  expect(angles[0]).toBeCloseTo(gap[1], 12)
  expect(angles[29]).toBeCloseTo(gap[0], 12)
  const tested = anglesOf(test)
  expect(tested.every((angle) => angle > gap[0] && angle < gap[1])).toBe(true)
  expect(tested[4]).toBeCloseTo(Math.PI / 2, 12)
})

it('is spread evenly over all of the circle without a gap, the test points between the training points', () => {
  const { train, test } = circle({ points: 8, test: 8, dtype: 'float64' })
  const steps = (angles: number[]) => angles.map((angle) => (8 * (angle + 2 * Math.PI)) / (2 * Math.PI))
  steps(anglesOf(train)).forEach((step, i) => {
    expect(Math.abs(Math.sin(Math.PI * (step - i)))).toBeLessThan(1e-9)
  })
  steps(anglesOf(test)).forEach((step, i) => {
    expect(Math.abs(Math.sin(Math.PI * (step - i - 0.5)))).toBeLessThan(1e-9)
  })
})

it('takes a gap on either side of 0', () => {
  const { train } = circle({ points: 50, gap: [-0.5, 0.5] })
  expect(Math.min(...anglesOf(train).map(Math.abs))).toBeCloseTo(0.5, 5)
})

it('refuses a gap that is none', () => {
  for (const wrong of [[1, 0], [0, 2 * Math.PI], [-7, 0], [0], [0, Number.NaN], 1]) {
    expect(() => circle({ gap: wrong as [number, number] })).toThrow(
      'circle: gap: expected two angles in radians, from ≤ to, less than a turn apart and at most a turn from 0, got ',
    )
  }
})

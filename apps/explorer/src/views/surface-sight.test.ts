import { expect, it } from 'vitest'
import { draggedBy, extentOf, place, sightOf, turnedBy } from './surface-sight.ts'

const box = { centre: [1, 2, 3], half: [1, 1, 1] } as const
const placed = (sight: ReturnType<typeof sightOf>, ...points: number[]) => {
  const to = new Float32Array(points.length)
  place(sight, Float32Array.from(points), to)
  return Array.from(to)
}
const close = (found: readonly number[], wanted: readonly number[]) => {
  expect(found.length).toBe(wanted.length)
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3))
}

it('has the box of all points', () => {
  expect(extentOf(Float32Array.of(0, 1, 5, 2, -3, 5))).toEqual({ centre: [1, -1, 5], half: [1, 2, 0] })
})

it('looks along the x axis at azimuth 0: y to the right, z up, larger x nearer', () => {
  const sight = sightOf(box, { azimuth: 0, elevation: 0 }, 1, 200, 100)
  const unit = (0.72 * 100) / (2 * Math.sqrt(3))
  close(placed(sight, 1, 2, 3), [100, 50, 0])
  close(placed(sight, 1, 3, 3), [100 + unit, 50, 0])
  close(placed(sight, 1, 2, 4), [100, 50 - unit, 0])
  close(placed(sight, 2, 2, 3), [100, 50, unit])
})

it('from above has y up where azimuth is −90, and keeps lengths whatever the turn', () => {
  const above = sightOf(box, { azimuth: -90, elevation: 90 }, 1, 100, 100)
  const unit = (0.72 * 100) / (2 * Math.sqrt(3))
  close(placed(above, 2, 2, 3), [50 + unit, 50, 0])
  close(placed(above, 1, 3, 3), [50, 50 - unit, 0])
  const any = sightOf(box, { azimuth: 77, elevation: -23 }, 1, 100, 100)
  const [x, y, near] = placed(any, 2, 4, 5)
  expect(Math.hypot(x - 50, y - 50, near)).toBeCloseTo(3 * unit, 3)
})

it('shows what is flat as it is, filling the picture, and zooms', () => {
  const flat = { centre: [0, 0, 0], half: [2, 1, 0] } as const
  close(placed(sightOf(flat, null, 1, 200, 200), 2, 1, 0), [172, 64, 0])
  close(placed(sightOf(flat, null, 2, 200, 200), 2, 1, 0), [244, 28, 0])
})

it('of one sample alone, or a line, has a scale that is a number', () => {
  const still = sightOf({ centre: [0, 0, 0], half: [0, 0, 0] }, null, 1, 100, 100)
  expect(Number.isFinite(still.unit)).toBe(true)
  expect(sightOf({ centre: [0, 0, 0], half: [1, 0, 0] }, null, 1, 100, 100).unit).toBeCloseTo(36, 6)
})

it('turns around and around, and no farther than straight above', () => {
  expect(turnedBy({ azimuth: 170, elevation: 30 }, 20, 70)).toEqual({ azimuth: -170, elevation: 90 })
  expect(turnedBy({ azimuth: -180, elevation: -85 }, -1, -20)).toEqual({ azimuth: 179, elevation: -90 })
  expect(draggedBy({ azimuth: 0, elevation: 0 }, 10, 4)).toEqual({ azimuth: -5, elevation: 2 })
})

it('follows the pointer: what is nearest moves with a drag', () => {
  const before = { azimuth: 20, elevation: 10 }
  const at = (turn: typeof before) => {
    const sight = sightOf(box, turn, 1, 100, 100)
    const { toward, centre } = sightOf(box, before, 1, 100, 100)
    return placed(sight, ...centre.map((c, k) => c + toward[k]))
  }
  const [x, y] = at(before)
  const [rightX] = at(draggedBy(before, 8, 0))
  const [, downY] = at(draggedBy(before, 0, 8))
  expect(rightX).toBeGreaterThan(x)
  expect(downY).toBeGreaterThan(y)
})

import { describe, expect, it } from 'vitest'
import { axisTicks, shortNumber } from './axis-ticks.ts'
import { movedBy, placeOf, pointAt, seenOf, spansOf, stripPlaceOf, xOf, yOf, zoomedAt } from './place.ts'

const frame = { s: [-1, 3], t: [2, 4] } as const

describe('the place of a frame', () => {
  it('keeps one unit for both axes, with the frame in the middle', () => {
    const place = placeOf(frame, 400, 400)
    expect(place.unitS).toBe(100)
    expect(place.unitT).toBe(100)
    expect([xOf(place, -1), xOf(place, 3)]).toEqual([0, 400])
    // t grows upwards.
    expect([yOf(place, 4), yOf(place, 2)]).toEqual([100, 300])
    expect(seenOf(place)).toEqual({ s: [-1, 3], t: [1, 5] })
  })

  it('gives every pixel back from its point', () => {
    for (const place of [placeOf(frame, 300, 500), stripPlaceOf(frame, 300, 100)]) {
      const [s, t] = pointAt(place, 17, 31)
      expect(xOf(place, s)).toBeCloseTo(17, 10)
      expect(yOf(place, t)).toBeCloseTo(31, 10)
    }
  })

  it('moves with the pointer: what was under it stays under it', () => {
    const place = placeOf(frame, 400, 200)
    const moved = placeOf(movedBy(place, 30, -12), 400, 200)
    const [s, t] = pointAt(place, 100, 100)
    expect(xOf(moved, s)).toBeCloseTo(130, 10)
    expect(yOf(moved, t)).toBeCloseTo(88, 10)
  })

  it('zooms about a pixel, which keeps its point', () => {
    const place = placeOf(frame, 400, 200)
    const zoomed = placeOf(zoomedAt(place, 4, 50, 60, [1e-3, 1e3]), 400, 200)
    expect(zoomed.unitS).toBeCloseTo(400, 8)
    const [[s, t], [wantedS, wantedT]] = [pointAt(zoomed, 50, 60), pointAt(place, 50, 60)]
    expect(s).toBeCloseTo(wantedS, 10)
    expect(t).toBeCloseTo(wantedT, 10)
  })

  it('zooms no further than coordinates of 24 bits go, and not beyond a thousand times the data', () => {
    let [near, far] = [placeOf(frame, 400, 200), placeOf(frame, 400, 200)]
    for (let i = 0; i < 100; i++) {
      near = placeOf(zoomedAt(near, 3, 10, 10, spansOf(2)), 400, 200)
      far = placeOf(zoomedAt(far, 1 / 3, 10, 10, spansOf(2)), 400, 200)
    }
    expect(near.width / near.unitS).toBeCloseTo(2e-4, 10)
    expect(far.width / far.unitS).toBeCloseTo(2e3, 5)
  })

  it('as a strip lies in the lower half, s along the whole width', () => {
    const strip = stripPlaceOf({ s: [0, 1], t: [0, 1] }, 200, 100)
    expect([xOf(strip, 0), xOf(strip, 1)]).toEqual([0, 200])
    expect(yOf(strip, 1)).toBeCloseTo(55, 10)
    expect(yOf(strip, 0)).toBeCloseTo(90, 10)
  })
})

describe('numbers at the axes', () => {
  it('are round, in pixels of where they are', () => {
    const { s, t } = axisTicks(placeOf({ s: [-1, 1], t: [-1, 1] }, 280, 280))
    expect(s).toEqual(s.map((_, i) => ({ at: 70 * i, label: s[i].label })))
    expect(s.map(({ label }) => label)).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0'])
    expect(t.map(({ at }) => at)).toEqual([280, 210, 140, 70, 0])
  })

  it('are short in text', () => {
    expect([0.000123456, -1.5, 1234567].map(shortNumber)).toEqual(['0.000123', '−1.5', '1230000'])
  })
})

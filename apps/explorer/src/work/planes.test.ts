import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DataFacts } from '../run/data-facts.ts'
import { dataPlane, filling, fitsFrame, frameAround } from './planes.ts'

beforeAll(() => init())

const factsOf = (width: number, count = 40): DataFacts => ({
  train: key(width).normal([count, width]).dataSync() as Float32Array,
  validation: new Float32Array(),
  width,
  labels: null,
  classes: null,
  columns: null,
  kind: 'points',
  image: null,
})

const at = ({ origin, u, v }: ReturnType<typeof dataPlane>, s: number, t: number) =>
  Array.from(origin, (x, i) => x + s * u[i] + t * v[i])

describe('dataPlane', () => {
  it('is the plane itself for points of two dimensions', () => {
    const facts = factsOf(2)
    const plane = dataPlane(facts, 'pca')
    expect(plane.project(facts.train)).toEqual(facts.train)
  })

  it('goes through three rows: at (0, 0), on the s axis, and above it', () => {
    const facts = factsOf(5)
    const plane = dataPlane(facts, [3, 7, 11])
    const rows = [3, 7, 11].map((row) => facts.train.slice(5 * row, 5 * row + 5))
    const [a, b, c] = rows.map((row) => Array.from(plane.project(row)))
    expect(a[0]).toBeCloseTo(0, 6)
    expect(a[1]).toBeCloseTo(0, 6)
    expect(b[0]).toBeCloseTo(1, 5)
    expect(b[1]).toBeCloseTo(0, 5)
    expect(c[1]).toBeGreaterThan(0)
    at(plane, c[0], c[1]).forEach((x, i) => expect(x).toBeCloseTo(rows[2][i], 4))
  })

  it('has directions of one length at a right angle, so that pictures keep angles', () => {
    for (const wish of ['pca', [0, 1, 2]] as const) {
      const { u, v } = dataPlane(factsOf(4), wish)
      const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0)
      expect(dot(u, v) / dot(u, u)).toBeCloseTo(0, 5)
      expect(dot(v, v) / dot(u, u)).toBeCloseTo(1, 5)
    }
  })

  it('refuses three rows on a line', () => {
    expect(() => dataPlane(factsOf(3), [4, 4, 9])).toThrow(
      'expected three rows that are not on a line, got 5, 5, 10',
    )
  })
})

describe('frameAround', () => {
  it('is a square with room around the points', () => {
    const { s, t } = frameAround(Float32Array.of(-1, 0, 3, 1))
    expect(s[1] - s[0]).toBeCloseTo(t[1] - t[0], 10)
    expect((s[0] + s[1]) / 2).toBeCloseTo(1, 10)
    expect((t[0] + t[1]) / 2).toBeCloseTo(0.5, 10)
    expect(s[0]).toBeLessThan(-1.5)
  })

  it('stays as it is while points move a little, and follows them when they leave or shrink', () => {
    const points = Float32Array.of(-1, -1, 1, 1)
    const frame = frameAround(points)
    expect(
      fitsFrame(
        points.map((x) => 1.2 * x),
        frame,
      ),
    ).toBe(true)
    expect(
      fitsFrame(
        points.map((x) => 1.8 * x),
        frame,
      ),
    ).toBe(false)
    expect(
      fitsFrame(
        points.map((x) => 0.3 * x),
        frame,
      ),
    ).toBe(false)
  })

  it('has an inside where all points are one', () => {
    const { s } = frameAround(Float32Array.of(2, 2))
    expect(s[1]).toBeGreaterThan(s[0])
  })
})

describe('filling', () => {
  it('makes a window as wide as it is asked for, around its middle, and never smaller', () => {
    const frame = { s: [-1, 3], t: [0, 2] } as const
    expect(filling(frame, 2)).toEqual(frame)
    expect(filling(frame, 4)).toEqual({ s: [-3, 5], t: [0, 2] })
    expect(filling(frame, 0.5)).toEqual({ s: [-1, 3], t: [-3, 5] })
  })
})

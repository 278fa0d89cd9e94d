import type { Plane } from '@facet/geometry'
import { pca } from '@facet/models'
import { scope } from '@facet/tensor'
import type { DataFacts } from '../run/data-facts.ts'
import { asTensor } from '../run/make-data.ts'
import type { Frame, ViewState } from '../state/state.ts'

/** A plane in the space of the data, its directions orthogonal and of one length, and where samples lie on it. */
export interface DataPlane extends Plane {
  /** The point of the plane nearest to each row: s, t, s, t, … */
  project(rows: Float32Array): Float32Array<ArrayBuffer>
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** @param u and v orthogonal, of one length */
function planeOf(origin: ArrayLike<number>, u: ArrayLike<number>, v: ArrayLike<number>): DataPlane {
  const width = origin.length
  const [perU, perV] = [1 / dot(u, u), 1 / dot(v, v)]
  const project = (rows: Float32Array) => {
    const count = rows.length / width
    const places = new Float32Array(2 * count)
    const rest = new Float64Array(width)
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < width; i++) rest[i] = rows[n * width + i] - origin[i]
      places[2 * n] = dot(rest, u) * perU
      places[2 * n + 1] = dot(rest, v) * perV
    }
    return places
  }
  return { origin, u, v, project }
}

/** The plane of data that are a plane themselves. */
const own = planeOf([0, 0], [1, 0], [0, 1])

/**
 * The plane that is drawn: of two dimensions their own, of more that of largest variance, or the one through three rows, which lie at (0, 0), on the s axis, and
 * above it.
 *
 * @throws Error for three rows on a line
 */
export function dataPlane({ train, width }: DataFacts, plane: ViewState['plane']): DataPlane {
  if (width === 2) return own
  if (plane === 'pca') {
    return scope(() => {
      const { mean, components } = pca(asTensor(train, width), 2)
      const [origin, axes] = [mean.dataSync(), components.dataSync()]
      return planeOf(origin, axes.slice(0, width), axes.slice(width, 2 * width))
    })
  }
  const count = train.length / width
  const [a, b, c] = plane.map((row) => {
    const at = Math.min(row, count - 1) * width
    return Float64Array.from(train.subarray(at, at + width))
  })
  const u = b.map((x, i) => x - a[i])
  const w = c.map((x, i) => x - a[i])
  const share = dot(w, u) / dot(u, u)
  const rest = w.map((x, i) => x - share * u[i])
  const stretch = Math.sqrt(dot(u, u) / dot(rest, rest))
  if (!Number.isFinite(stretch) || !Number.isFinite(share))
    throw new Error(
      `expected three rows that are not on a line, got ${plane.map((row) => row + 1).join(', ')}`,
    )
  return planeOf(
    a,
    u,
    rest.map((x) => x * stretch),
  )
}

/** Free room around samples, in parts of their extent. */
const MARGIN = 0.35

/** A square window around points. */
export function frameAround(points: Float32Array): Frame {
  const [s, t] = [0, 1].map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i])
      high = Math.max(high, points[i])
    }
    return [low, high]
  })
  const half = Math.max(s[1] - s[0], t[1] - t[0], 1e-6) * (0.5 + MARGIN)
  const around = ([low, high]: number[]): [number, number] => [
    (low + high) / 2 - half,
    (low + high) / 2 + half,
  ]
  return { s: around(s), t: around(t) }
}

/** Whether points lie in a window and fill a good part of it, so that it need not follow them. */
export function fitsFrame(points: Float32Array, { s, t }: Frame): boolean {
  const own = frameAround(points)
  const margin = 0.08 * (s[1] - s[0])
  for (let i = 0; i < points.length; i += 2) {
    if (points[i] < s[0] + margin || points[i] > s[1] - margin) return false
    if (points[i + 1] < t[0] + margin || points[i + 1] > t[1] - margin) return false
  }
  return own.s[1] - own.s[0] > 0.5 * (s[1] - s[0])
}

/** A window made wider or higher, around its middle, until it is `aspect` times as wide as high. */
export function filling({ s, t }: Frame, aspect: number): Frame {
  const [width, height] = [s[1] - s[0], t[1] - t[0]]
  const around = ([low, high]: readonly [number, number], size: number): [number, number] =>
    size <= high - low ? [low, high] : [(low + high - size) / 2, (low + high + size) / 2]
  return { s: around(s, aspect * height), t: around(t, width / aspect) }
}

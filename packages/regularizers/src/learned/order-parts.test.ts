import { eigh, init, key, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { squaredColumnDistances } from './order-distances.ts'
import { orderEvidence } from './order-evidence.ts'
import { fiedlerOrder } from './order-fiedler.ts'
import { chainGains } from './order-likelihood.ts'
import { nearestOthers } from './order-nearest.ts'
import { greedyPath, pathLength, shorten } from './order-path.ts'
import { standardRanks } from './order-ranks.ts'
import { shortPath } from './order-shortest.ts'
import { orderShuffles } from './order-shuffles.ts'

beforeAll(() => init())

/** Distances between points of the plane. */
function planeDistances(points: readonly (readonly [number, number])[]): Float64Array {
  const d = points.length
  return Float64Array.from({ length: d * d }, (_, at) => {
    const [p, q] = [points[Math.floor(at / d)], points[at % d]]
    return Math.hypot(p[0] - q[0], p[1] - q[1])
  })
}

function randomPoints(d: number, seed: number): [number, number][] {
  const draws = key(seed)
    .child('points')
    .uniformArray(2 * d)
  return Array.from({ length: d }, (_, p) => [draws[2 * p], draws[2 * p + 1]])
}

/** The shortest path through all points, by trying all. */
function shortestOfAll(distances: Float64Array, d: number): number {
  let best = Number.POSITIVE_INFINITY
  const visit = (path: number[], length: number): void => {
    if (length >= best) return
    if (path.length === d) best = length
    for (let q = 0; q < d; q++) {
      if (path.includes(q)) continue
      visit([...path, q], path.length === 0 ? 0 : length + distances[path[path.length - 1] * d + q])
    }
  }
  visit([], 0)
  return best
}

const sorted = (path: Int32Array): number[] => [...path].sort((a, b) => a - b)
const upTo = (d: number): number[] => Array.from({ length: d }, (_, p) => p)

describe('squaredColumnDistances', () => {
  it('is what the loops say, and adds up over disjoint rows', () => {
    const [first, second] = [key(1).normalArray(15), key(2).normalArray(10)]
    const both = Float64Array.from({ length: 25 }, (_, at) => {
      const [p, i] = [Math.floor(at / 5), at % 5]
      return i < 3 ? first[p * 3 + i] : second[p * 2 + i - 3]
    })
    const all = squaredColumnDistances(both, 5)
    const [a, b] = [squaredColumnDistances(first, 5), squaredColumnDistances(second, 5)]
    for (let p = 0; p < 5; p++) {
      for (let q = 0; q < 5; q++) {
        let expected = 0
        for (let i = 0; i < 5; i++) expected += (both[p * 5 + i] - both[q * 5 + i]) ** 2
        expect(all[p * 5 + q]).toBeCloseTo(expected, 12)
        expect(a[p * 5 + q] + b[p * 5 + q]).toBeCloseTo(expected, 12)
      }
    }
  })
})

describe('nearestOthers', () => {
  it.each([1, 4, 19])('finds what sorting finds: %d of 20', (k) => {
    const distances = planeDistances(randomPoints(20, 3))
    const expected = upTo(20).flatMap((p) =>
      upTo(20)
        .filter((q) => q !== p)
        .sort((a, b) => distances[p * 20 + a] - distances[p * 20 + b] || a - b)
        .slice(0, k),
    )
    expect([...nearestOthers(distances, 20, k)]).toEqual(expected)
  })

  it('takes the lowest indices among equally near points', () => {
    expect([...nearestOthers(new Float64Array(16), 4, 2)]).toEqual([1, 2, 0, 2, 0, 1, 0, 1])
  })
})

describe('fiedlerOrder', () => {
  it('sorts points of a line', () => {
    const places = key(4).permutation(80)
    const points = [...places].map((x) => [x, 0] as const)
    const along = [...fiedlerOrder(planeDistances(points), 80, 6)].map((p) => places[p])
    const up = along[0] < along[79] ? along : along.reverse()
    // The three points at each end have neighbours on one side only, and may change places.
    up.forEach((place, k) => {
      expect(Math.abs(place - k)).toBeLessThanOrEqual(k < 4 || k > 75 ? 3 : 0)
    })
  })

  it('is the order of the second eigenvector', () => {
    const d = 30
    const distances = planeDistances(randomPoints(d, 5).map(([x, y]) => [4 * x, y]))
    const laplacian = new Float64Array(d * d)
    nearestOthers(distances, d, 6).forEach((q, at) => {
      const p = Math.floor(at / 6)
      laplacian[p * d + q] = laplacian[q * d + p] = -1
    })
    for (let p = 0; p < d; p++)
      laplacian[p * d + p] = -laplacian.subarray(p * d, (p + 1) * d).reduce((a, b) => a + b, 0)
    const { values, vectors } = eigh(tensor(laplacian, { shape: [d, d], dtype: 'float64' }))
    // The graph hangs together by itself, so that the tree adds edges that are there.
    expect(values.dataSync()[1]).toBeGreaterThan(0.01)
    const second = (vectors.toArray() as number[][]).map((row) => row[1])
    const along = [...fiedlerOrder(distances, d, 6)].map((p) => second[p])
    const up = along[0] < along[d - 1] ? along : along.reverse()
    // Points with the same neighbours have the same component.
    for (let k = 1; k < d; k++) expect(up[k]).toBeGreaterThan(up[k - 1] - 1e-6)
    expect(up[d - 1] - up[0]).toBeGreaterThan(0.3)
  })

  it('joins parts that have no neighbours in each other: one comes after the other', () => {
    const points = upTo(40).map((p) => [p % 2 === 0 ? p / 40 : 1000 + p / 40, 0] as const)
    const order = [...fiedlerOrder(planeDistances(points), 40, 3)]
    const even = order.map((p) => p % 2)
    expect([new Set(even.slice(0, 20)).size, new Set(even.slice(20)).size]).toEqual([1, 1])
  })

  it.each([3, 7, 40])('has every one of %d points once where all distances are equal', (d) => {
    expect(sorted(fiedlerOrder(new Float64Array(d * d), d, 6))).toEqual(upTo(d))
    expect(sorted(fiedlerOrder(new Float64Array(d * d).fill(1), d, 6))).toEqual(upTo(d))
  })
})

describe('paths', () => {
  it('goes greedily to the nearest point that is left', () => {
    const points = [0, 1, 3, 3.5, -2.2].map((x) => [x, 0] as const)
    expect([...greedyPath(0, planeDistances(points), 5)]).toEqual([0, 1, 2, 3, 4])
    expect([...greedyPath(4, planeDistances(points), 5)]).toEqual([4, 0, 1, 2, 3])
  })

  it('ends where no reversal of a stretch shortens the path, and says how many moves it took', () => {
    for (let seed = 0; seed < 10; seed++) {
      const distances = planeDistances(randomPoints(12, seed))
      const path = key(seed).permutation(12)
      const before = path.slice()
      const moves = shorten(path, distances, 400)
      const length = pathLength(path, distances)
      expect(sorted(path)).toEqual(upTo(12))
      for (let i = 0; i < 12; i++) {
        for (let j = i + 1; j < 12; j++) {
          const other = path.slice()
          other.subarray(i, j + 1).reverse()
          expect(pathLength(other, distances)).toBeGreaterThan(length - 1e-9)
        }
      }
      for (let most = 0, last = Number.POSITIVE_INFINITY; most <= moves; most++) {
        const stopped = before.slice()
        expect(shorten(stopped, distances, most)).toBe(most)
        expect(pathLength(stopped, distances)).toBeLessThan(last)
        last = pathLength(stopped, distances)
      }
    }
  })

  it('is the shortest of all, or within a tenth of it, on random points of the plane', () => {
    let shortest = 0
    for (let seed = 0; seed < 20; seed++) {
      const distances = planeDistances(randomPoints(8, seed))
      const { path, length } = shortPath(distances, 8, 6, 400)
      const best = shortestOfAll(distances, 8)
      expect(length).toBeCloseTo(pathLength(path, distances), 12)
      expect(length).toBeGreaterThan(best - 1e-12)
      expect(length).toBeLessThan(1.1 * best)
      if (length < best + 1e-9) shortest++
    }
    expect(shortest).toBeGreaterThanOrEqual(10)
  })

  it('goes along a half circle, from end to end', () => {
    const places = [...key(6).permutation(100)]
    const points = places.map((k) => [Math.cos(k / 32), Math.sin(k / 32)] as const)
    const { path } = shortPath(planeDistances(points), 100, 6, 400)
    const along = [...path].map((p) => places[p])
    expect([upTo(100), upTo(100).reverse()]).toContainEqual(along)
    expect(path[0]).toBeLessThan(path[99])
  })
})

describe('standardRanks', () => {
  it('gives equal values their mean rank, mean 0 and variance 1, and zeros to a constant column', () => {
    const ranks = standardRanks(Float64Array.of(5, -1, 5, 900, 2, 2, 2, 2, 3, 4, 1, 2), 3)
    const factor = Math.sqrt(4 / (1.5 ** 2 + 1.5 ** 2))
    expect([...ranks.subarray(0, 4)]).toEqual([0, -1.5 * factor, 0, 1.5 * factor])
    expect([...ranks.subarray(4, 8)]).toEqual([0, 0, 0, 0])
    expect([...ranks.subarray(8)].map((r) => Math.sign(r))).toEqual([1, 1, -1, -1])
    expect(ranks.subarray(8).reduce((sum, r) => sum + r * r, 0)).toBeCloseTo(4, 12)
  })
})

describe('chainGains', () => {
  const [d, m] = [7, 5]
  const rows = key(7)
    .child('rows')
    .normalArray(d * m)
  for (let at = m; at < d * m; at++) rows[at] += 0.9 * rows[at - m]
  const path = Int32Array.of(0, 2, 1, 3, 4, 6, 5)
  const steps = upTo(d - 1)

  it('is the log of the densities of neighbours over the product of their margins, with the correlation of the other rows', () => {
    const at = (row: number, place: number): number => rows[path[place] * m + row]
    const meanSquare = (row: number): number =>
      steps.reduce((sum, k) => sum + at(row, k) ** 2 + at(row, k + 1) ** 2, 0) / (2 * steps.length)
    const correlation = (row: number): number =>
      steps.reduce((sum, k) => sum + at(row, k) * at(row, k + 1), 0) / steps.length / meanSquare(row)
    const gains = chainGains(rows, path)
    for (let row = 0; row < m; row++) {
      const others = upTo(m).filter((other) => other !== row)
      const rho = others.reduce((sum, other) => sum + correlation(other), 0) / others.length
      expect(rho).toBeGreaterThan(0.1)
      const variance = meanSquare(row)
      const single = (a: number): number => -Math.log(2 * Math.PI * variance) / 2 - a ** 2 / (2 * variance)
      const left = 1 - rho ** 2
      const pair = (a: number, b: number): number =>
        -Math.log(2 * Math.PI * variance) -
        Math.log(left) / 2 -
        (a ** 2 - 2 * rho * a * b + b ** 2) / (2 * variance * left)
      const expected = steps.reduce((sum, k) => {
        const [a, b] = [at(row, k), at(row, k + 1)]
        return sum + pair(a, b) - single(a) - single(b)
      }, 0)
      expect(gains[row]).toBeCloseTo(expected / steps.length, 12)
    }
  })

  it('does not depend on the scale of a row, nor on the direction of the path', () => {
    const scaled = rows.map((value, at) => value * 10 ** (at % m))
    chainGains(scaled, path).forEach((gain, row) => {
      expect(gain).toBeCloseTo(chainGains(rows, path)[row], 12)
    })
    chainGains(rows, path.toReversed()).forEach((gain, row) => {
      expect(gain).toBeCloseTo(chainGains(rows, path)[row], 12)
    })
  })

  it('is 0 where neighbours are unlike, and in rows of zeros', () => {
    const alternating = Float64Array.from({ length: d * m }, (_, at) =>
      Math.floor(at / m) % 2 === 0 ? 1 : -1,
    )
    expect([...chainGains(alternating, Int32Array.from(upTo(d)))]).toEqual([0, 0, 0, 0, 0])
    expect([...chainGains(new Float64Array(d * m), path)]).toEqual([0, 0, 0, 0, 0])
  })

  it('is 3.6 nats a step for copies, not infinite', () => {
    const copies = Float64Array.from({ length: d * m }, (_, at) => 1 + (at % m))
    for (const gain of chainGains(copies, path)) expect(gain).toBeCloseTo(3.607, 3)
  })
})

describe('orderEvidence', () => {
  const smooth = (m: number): Float64Array => {
    const phases = key(m).normalArray(m)
    return standardRanks(
      Float64Array.from({ length: 40 * m }, (_, at) => Math.sin(Math.floor(at / m) / 9 + phases[at % m])),
      40,
    )
  }
  const along = Int32Array.from(upTo(40))

  it('gives the line of smooth rows the least p-value that its shuffles allow', () => {
    const { pValue, gain } = orderEvidence(smooth(6), along, 19, key(1))
    expect(pValue).toBe(1 / 20)
    expect(gain.learned).toBeCloseTo(chainGains(smooth(6), along).reduce((a, b) => a + b, 0) / 6, 12)
    expect(gain.learned).toBeGreaterThan(gain.nearby)
    expect(gain.nearby).toBeGreaterThan(gain.random)
  })

  it('counts a rank among nearby shuffles as it does among random ones: groups of places in random order are not enough', () => {
    const inGroups = orderShuffles.nearby(along, key(2))
    const { pValue, gain } = orderEvidence(smooth(6), inGroups, 99, key(1))
    expect(gain.learned).toBeGreaterThan(4 * gain.random)
    expect(pValue).toBeGreaterThan(0.05)
  })

  it('is 1 where nothing is gained', () => {
    expect(orderEvidence(new Float64Array(200), along, 9, key(1)).pValue).toBe(1)
  })

  it('is at most as often below a level as the level says, where the path has nothing to do with the rows', () => {
    let below = 0
    for (let seed = 0; seed < 200; seed++) {
      const factor = key(seed).child('factor').normalArray(20)
      const noise = key(seed).child('noise').normalArray(300)
      const rows = standardRanks(
        noise.map((z, at) => z + factor[at % 20]),
        15,
      )
      if (orderEvidence(rows, Int32Array.from(upTo(15)), 19, key(seed)).pValue <= 0.1) below++
    }
    // More than 33 of 200 have a probability of 0.2 %.
    expect(below).toBeLessThanOrEqual(33)
  })
})

describe('orderShuffles', () => {
  const path = key(9).permutation(50)
  const place = new Int32Array(50)
  path.forEach((p, at) => {
    place[p] = at
  })
  const steps = (shuffled: Int32Array): number[] => [...shuffled].map((p, at) => Math.abs(place[p] - at))

  it('keeps every point within 8 places, or not', () => {
    const [nearby, random] = [orderShuffles.nearby(path, key(1)), orderShuffles.random(path, key(1))]
    for (const shuffled of [nearby, random]) expect(sorted(shuffled)).toEqual(upTo(50))
    expect(Math.max(...steps(nearby))).toBeLessThan(8)
    expect(steps(nearby).filter((step) => step > 0).length).toBeGreaterThan(30)
    expect(Math.max(...steps(random))).toBeGreaterThan(20)
  })

  it('divides the path at other places in other draws, and one key is one draw', () => {
    expect(orderShuffles.nearby(path, key(1))).toEqual(orderShuffles.nearby(path, key(1)))
    const moved = new Set<number>()
    // Who crosses from place k to k + 1 or beyond says that no stretch ends there.
    for (let seed = 0; seed < 60; seed++)
      orderShuffles.nearby(path, key(seed)).forEach((p, at) => {
        for (let k = Math.min(place[p], at); k < Math.max(place[p], at); k++) moved.add(k)
      })
    expect(moved.size).toBe(49)
  })
})

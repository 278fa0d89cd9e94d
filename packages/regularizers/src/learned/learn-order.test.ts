import { add, cast, gather, init, key, mul, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeEach, describe, expect, it } from 'vitest'
import { learnOrder } from './learn-order.ts'
import {
  autoregressive,
  randomSmooth,
  rowsOf,
  shuffledColumns,
  trueNeighbours,
} from './testing/columns-of-a-line.ts'

beforeEach(() => init())

const normal = (n: number, d: number, seed: number): Float64Array =>
  key(seed)
    .child('noise')
    .normalArray(n * d)

/** Columns without an order: exchangeable, or independent of each other. */
const withoutGrid: Readonly<Record<string, (n: number, d: number, seed: number) => Tensor>> = {
  'white noise': (n, d, seed) => {
    const z = normal(n, d, seed)
    return rowsOf(n, d, (i, p) => z[i * d + p])
  },
  'white noise with z-normalised rows': (n, d, seed) => {
    const z = normal(n, d, seed)
    const rows = Array.from({ length: n }, (_, i) => z.subarray(i * d, (i + 1) * d))
    const means = rows.map((row) => row.reduce((a, b) => a + b) / d)
    const sizes = rows.map((row, i) => Math.sqrt(row.reduce((a, b) => a + (b - means[i]) ** 2, 0) / (d - 1)))
    return rowsOf(n, d, (i, p) => (rows[i][p] - means[i]) / sizes[i])
  },
  'white noise, rows of very different scale': (n, d, seed) => {
    const [z, scale] = [normal(n, d, seed), key(seed).child('scale').normalArray(n)]
    return rowsOf(n, d, (i, p) => z[i * d + p] * Math.exp(1.5 * scale[i]))
  },
  'white noise, columns of different mean and scale': (n, d, seed) => {
    const [z, own] = [
      normal(n, d, seed),
      key(seed)
        .child('own')
        .normalArray(2 * d),
    ]
    return rowsOf(n, d, (i, p) => z[i * d + p] * Math.exp(own[p]) + own[d + p])
  },
  'noise with the tails of Cauchy': (n, d, seed) => {
    const [z, below] = [
      normal(n, d, seed),
      key(seed)
        .child('below')
        .normalArray(n * d),
    ]
    return rowsOf(n, d, (i, p) => z[i * d + p] / Math.abs(below[i * d + p]))
  },
  'counts, most of them 0': (n, d, seed) => {
    const z = normal(n, d, seed)
    return rowsOf(n, d, (i, p) => Math.max(0, Math.round(4 * z[i * d + p] - 3)))
  },
  'columns with one factor in common': (n, d, seed) => {
    const [z, factor] = [normal(n, d, seed), key(seed).child('factor').normalArray(n)]
    return rowsOf(n, d, (i, p) => z[i * d + p] + factor[i])
  },
}

describe('on shuffled series', () => {
  it.each([
    [16, 30],
    [20, 100],
    [60, 200],
    [200, 40],
  ])('finds nine of ten neighbours or more of %d random smooth series of length %d', (n, d) => {
    for (const seed of [0, 1, 2]) {
      const { data, places } = shuffledColumns(randomSmooth(n, d, seed), seed)
      const { order, found, agreement } = learnOrder(data, { seed })
      expect(trueNeighbours(order, places)).toBeGreaterThanOrEqual(0.9)
      expect(found).toBe(true)
      expect(agreement).toBeGreaterThan(0.8)
    }
  })

  it('finds the neighbours of smooth series with noise of a tenth of the steps, of bumps that move, and of waves', () => {
    const noise = normal(60, 60, 3)
    const phases = key(4).normalArray(120)
    const kinds: Tensor[] = [
      add(
        randomSmooth(60, 60, 3),
        mul(
          rowsOf(60, 60, (i, p) => noise[i * 60 + p]),
          0.01,
        ),
      ),
      rowsOf(60, 60, (i, p) => Math.exp(-(((p - 30 - 12 * phases[i]) / 6) ** 2))),
      rowsOf(60, 60, (i, p) => phases[i] * Math.sin(p / 12 + 3 * phases[60 + i])),
    ]
    for (const [seed, kind] of kinds.entries()) {
      const { data, places } = shuffledColumns(kind, seed)
      const { order, found } = learnOrder(data)
      expect(trueNeighbours(order, places)).toBeGreaterThanOrEqual(0.9)
      expect(found).toBe(true)
    }
  })

  it('finds the neighbours of four series, too', () => {
    const { data, places } = shuffledColumns(randomSmooth(4, 50, 7), 7)
    const { order } = learnOrder(data)
    expect(trueNeighbours(order, places)).toBeGreaterThanOrEqual(0.9)
  })

  it('reports of autoregressive series that there is a grid, and the less it agrees with itself the less they hang together', () => {
    const reports = [0.98, 0.9, 0.3].map((phi) => {
      const { data, places } = shuffledColumns(autoregressive(200, 60, phi, 1), 1)
      const { order, ...report } = learnOrder(data)
      return { ...report, right: trueNeighbours(order, places) }
    })
    for (const { found, confidence, pValue, gain } of reports) {
      expect(found).toBe(true)
      expect(pValue).toBeCloseTo(0.02, 12)
      expect(confidence).toBe(1 - pValue)
      expect(gain.learned).toBeGreaterThan(gain.nearby)
      expect(gain.nearby).toBeGreaterThan(gain.random)
    }
    const [smooth, rough, loose] = reports
    expect(smooth.right).toBeGreaterThan(0.95)
    expect(rough.right).toBeGreaterThan(0.9)
    // A chain of correlation φ gains −½ log(1 − φ²) nats a step, a sample of 60 places less: its own correlation is lower.
    const known = -0.5 * Math.log(1 - 0.9 ** 2)
    expect(rough.gain.learned).toBeGreaterThan(0.8 * known)
    expect(rough.gain.learned).toBeLessThan(known)
    expect(Math.abs(loose.gain.random)).toBeLessThan(0.005)
    expect(loose.agreement).toBeLessThan(rough.agreement)
    expect(loose.gain.learned).toBeLessThan(rough.gain.learned)
  })
})

describe('where there is no grid', () => {
  it.each(Object.keys(withoutGrid))('refuses in all but a share of the level of the draws: %s', (name) => {
    let found = 0
    let draws = 0
    for (const [n, d] of [
      [16, 8],
      [30, 40],
      [100, 12],
    ]) {
      for (let seed = 0; seed < 20; seed++, draws++) {
        const report = learnOrder(withoutGrid[name](n, d, seed), { seed })
        if (report.found) found++
        expect(report.found).toBe(report.pValue <= 0.05)
      }
    }
    // At a level of 0.05; of 200 draws of each 0 to 0.5 % were found.
    expect(found).toBeLessThanOrEqual(0.05 * draws)
  })

  it('refuses columns in two groups: they have an order group by group, but none neighbour by neighbour', () => {
    let found = 0
    for (let seed = 0; seed < 20; seed++) {
      const [z, factor] = [normal(40, 30, seed), key(seed).child('factor').normalArray(40)]
      const report = learnOrder(
        rowsOf(40, 30, (i, p) => z[i * 30 + p] + (p % 2 === 0 ? factor[i] : -factor[i])),
        { seed },
      )
      if (report.found) found++
    }
    expect(found).toBeLessThanOrEqual(3)
  })

  it('refuses equal columns, constant columns and equal rows', () => {
    const row = normal(1, 9, 1)
    for (const data of [zeros([20, 9]), rowsOf(20, 9, (_, p) => row[p]), rowsOf(20, 9, (_, p) => p)]) {
      const { found, pValue, order } = learnOrder(data)
      expect({ found, pValue }).toEqual({ found: false, pValue: 1 })
      expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    }
  })
})

describe('what it depends on', () => {
  let data: Tensor
  beforeEach(() => {
    data = shuffledColumns(autoregressive(40, 25, 0.9, 5), 5).data
  })

  it('gives the same report of the same seed, and the same order of every seed', () => {
    expect(learnOrder(data, { seed: 1 })).toEqual(learnOrder(data, { seed: 1 }))
    const other = learnOrder(data, { seed: 2 })
    expect(other.order).toEqual(learnOrder(data, { seed: 1 }).order)
    expect(other.gain.learned).not.toBe(learnOrder(data, { seed: 1 }).gain.learned)
  })

  it('gives the same bits on every backend', async () => {
    const own = data.dataSync()
    const onWasm = learnOrder(data)
    await init({ backend: 'reference' })
    expect(learnOrder(tensor(own, { shape: [40, 25], dtype: 'float64' }))).toEqual(onWasm)
  })

  it('finds the same path backward in reversed columns', () => {
    const forward = learnOrder(data)
    const backward = learnOrder(gather(data, tensor(Int32Array.from({ length: 25 }, (_, k) => 24 - k)), 1))
    expect([...backward.order]).toEqual([...forward.order].reverse().map((p) => 24 - p))
    expect(backward.length).toBeCloseTo(forward.length, 10)
    expect(backward.found).toBe(forward.found)
    expect(backward.gain.learned).toBeCloseTo(forward.gain.learned, 10)
    expect(backward.agreement).toBeCloseTo(forward.agreement, 10)
  })

  it('finds the same path however the columns are shuffled', () => {
    const { order } = learnOrder(data)
    const again = shuffledColumns(data, 8)
    const path = [...learnOrder(again.data).order].map((p) => again.places[p])
    expect([[...path], [...path].reverse()]).toContainEqual([...order])
  })

  it('starts its path at the end of lower index, and measures it in the unit of the data', () => {
    const { order, length } = learnOrder(data)
    const columns = gather(data, tensor(order), 1).toArray() as number[][]
    let expected = 0
    for (let k = 1; k < 25; k++)
      expected += Math.sqrt(columns.reduce((sum, row) => sum + (row[k] - row[k - 1]) ** 2, 0))
    expect(order[0]).toBeLessThan(order[24])
    expect(length).toBeCloseTo(expected, 9)
  })

  it.each([2 ** 1000, 2 ** -1000, -1])('finds the same whatever the scale: %d', (factor) => {
    const { length, ...rest } = learnOrder(data)
    const scaled = learnOrder(mul(data, factor))
    expect(scaled).toMatchObject(rest)
    expect(scaled.length).toBeCloseTo(length * Math.abs(factor), 9)
  })

  it('takes float32', () => {
    expect(learnOrder(cast(data, 'float32')).order).toEqual(learnOrder(data).order)
  })

  it('is found more rarely at a lower level, and with more shuffles at a lower p-value', () => {
    expect(learnOrder(data, { level: 0.01 }).found).toBe(false)
    const more = learnOrder(data, { level: 0.01, shuffles: 399 })
    expect(more.found).toBe(true)
    expect(more.pValue).toBeLessThan(0.01)
  })

  it('makes at most so many moves', () => {
    expect(learnOrder(data, { moves: 0 }).length).toBeGreaterThan(learnOrder(data).length)
  })

  it('leaves nothing behind and changes nothing', () => {
    const before = [...data.dataSync()]
    learnOrder(data)
    expect([...data.dataSync()]).toEqual(before)
  })
})

describe('what it refuses to read', () => {
  it('data of another kind', () => {
    const expected = 'learnOrder: data: expected floating-point [n, d] of at least 4 rows and 3 columns, got'
    for (const wrong of [
      zeros([3, 5]),
      zeros([9, 2]),
      zeros([9]),
      zeros([9, 9, 9]),
      zeros([9, 9], 'int32'),
      [[1]],
    ])
      expect(() => learnOrder(wrong as never)).toThrow(expected)
  })

  it('numbers that are not finite, and unknown options', () => {
    const data = rowsOf(9, 9, (i, p) => (i === 3 && p === 4 ? Number.NaN : i * p))
    expect(() => learnOrder(data)).toThrow('learnOrder: data: expected finite numbers, got NaN among them')
    expect(() => learnOrder(zeros([9, 9]), { move: 3 } as never)).toThrow("learnOrder: unknown option 'move'")
    expect(() => learnOrder(zeros([9, 9]), { neighbours: 0 })).toThrow('learnOrder: neighbours')
  })
})

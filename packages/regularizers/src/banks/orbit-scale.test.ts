import { init, key, matmul, mul, rows, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedBank } from './fixed-bank.ts'
import { nearestNeighbours } from './nearest-neighbours.ts'
import { drawEpsilon, orbitScale } from './orbit-scale.ts'
import { seriesBank } from './series-bank.ts'
import { largest } from './testing/bank-agreement.ts'

beforeAll(() => init())

/** Gauss–Jordan elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], rhs: readonly number[]): number[] {
  const system = matrix.map((row, i) => [...row, rhs[i]])
  system.forEach((_, c) => {
    const pivot = system.findIndex(
      (row, r) =>
        r >= c && Math.abs(row[c]) === Math.max(...system.slice(c).map((other) => Math.abs(other[c]))),
    )
    ;[system[c], system[pivot]] = [system[pivot], system[c]]
    system.forEach((row, r) => {
      if (r === c) return
      const factor = row[c] / system[c][c]
      row.forEach((_, j) => {
        row[j] -= factor * system[c][j]
      })
    })
  })
  return system.map((row, i) => row[system.length] / row[i])
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i], 0)

describe('orbitScale', () => {
  it('is the closed form of every pair, as the obvious loops find it', () => {
    const bank = seriesBank({ length: 20, bumps: 3 })
    const data = key('data').normal([12, 20], 'float64')
    const neighbours = nearestNeighbours(data, 2)
    const samples = data.toArray() as number[][]
    const tangents = bank.tangents(data).toArray() as number[][][]
    let [left, all] = [0, 0]
    const epsilon = [...neighbours].map((j, pair) => {
      const i = Math.floor(pair / 2)
      const fields = tangents[i].map((row, b) => row.map((value) => value * bank.priorScale[b]))
      const difference = samples[j].map((value, t) => value - samples[i][t])
      const gram = fields.map((f) => fields.map((g) => dot(f, g)))
      const ridge = (0.03 * gram.reduce((sum, row, b) => sum + row[b], 0)) / 6
      const regular = gram.map((row, b) => row.map((value, c) => value + (b === c ? ridge : 0)))
      const found = solve(
        regular,
        fields.map((f) => dot(f, difference)),
      )
      const residual = difference.map(
        (value, t) => value - found.reduce((sum, e, b) => sum + e * fields[b][t], 0),
      )
      left += dot(residual, residual)
      all += dot(difference, difference)
      return found
    })
    const scale = orbitScale(bank, data, { neighbours: 2 })
    expect(largest(sub(scale.epsilon, tensor(epsilon, { dtype: 'float64' })))).toBeLessThan(1e-9)
    expect(scale.explainedFraction).toBeCloseTo(1 - left / all, 10)
    expect(scale.explainedFraction).toBeGreaterThan(0.1)
    const covariance = mul(matmul(scale.epsilon, scale.epsilon, { transposeA: true }), 1 / 24)
    expect(largest(sub(scale.covariance, covariance))).toBeLessThan(1e-12)
    expect(largest(sub(matmul(scale.root, scale.root), scale.covariance))).toBeLessThan(1e-12)
  })

  it('recovers the covariance of ε on an orbit whose ε is known', () => {
    // Every sample has one twin, a random group element away, and no other sample near. ε ↦ −ε to first order from there.
    const bank = fixedBank(key('G').normal([2, 8, 8], 'float64'), { priorScale: [0.001, 0.002] })
    const mix = tensor(
      [
        [0.003, 0.001],
        [0, 0.002],
      ],
      { dtype: 'float64' },
    )
    const base = key('base').normal([400, 8], 'float64')
    const epsilon = matmul(key('epsilon').normal([400, 2], 'float64'), mix)
    const moved = bank.act(base, epsilon)
    const data = tensor([...(base.toArray() as number[][]), ...(moved.toArray() as number[][])], {
      dtype: 'float64',
    })
    const scale = orbitScale(bank, data, { neighbours: 1, ridge: { relative: 0 } })
    const truth = mul(matmul(epsilon, epsilon, { transposeA: true }), 1 / 400).toArray() as number[][]
    const found = scale.covariance.toArray() as number[][]
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const wanted = truth[a][b] / (bank.priorScale[a] * bank.priorScale[b])
      expect(Math.abs(found[a][b] / wanted - 1)).toBeLessThan(0.02)
    }
    expect(scale.explainedFraction).toBeGreaterThan(0.999)
  })

  it('has the data type of the data, and agrees across data types', () => {
    const bank = seriesBank({ length: 24, bumps: 2 })
    const wide = key('data').normal([30, 24], 'float64')
    const single = orbitScale(bank, key('data').normal([30, 24]))
    const double = orbitScale(bank, wide)
    expect([single.root.dtype, double.root.dtype]).toEqual(['float32', 'float64'])
    const numbers = (t: Tensor): number[] => [...t.dataSync()]
    const scale = Math.max(...numbers(double.root))
    numbers(single.root).forEach((value, i) => {
      expect(Math.abs(value - numbers(double.root)[i])).toBeLessThan(1e-4 * scale)
    })
    expect(single.explainedFraction).toBeCloseTo(double.explainedFraction, 5)
  })

  it('does not depend on how pairs are divided into blocks', () => {
    // 16 · 1,024 tangents a pair: 256 pairs a block; 300 pairs, and 100.
    const bank = seriesBank({ length: 1024, parts: 'A', bumps: 16, zNormalised: false })
    const data = key('data').normal([100, 1024])
    const whole = orbitScale(bank, data)
    const alone = orbitScale(bank, data, { neighbours: 1 })
    const first = whole.epsilon.toArray() as number[][]
    const nearest = alone.epsilon.toArray() as number[][]
    nearest.forEach((row, i) => {
      row.forEach((value, b) => {
        expect(Math.abs(value - first[3 * i][b])).toBeLessThan(1e-4)
      })
    })
  })

  it('is 0 where all samples are alike', () => {
    const bank = seriesBank({ length: 6, bumps: 2 })
    const scale = orbitScale(bank, zeros([5, 6]))
    expect(scale.explainedFraction).toBe(0)
    expect(largest(scale.root)).toBe(0)
  })

  it('refuses what it cannot take', () => {
    const bank = seriesBank({ length: 6 })
    expect(() => orbitScale({} as never, zeros([5, 6]))).toThrow('orbitScale: bank: expected seriesBank()')
    expect(() => orbitScale(bank, [[1]] as never)).toThrow('floating-point [N, 6], got an array of 1')
    expect(() => orbitScale({ ...bank, tangents: (x) => x }, zeros([5, 6]))).toThrow(
      'series WA: tangents: expected float32 [15, 16, 6], got Tensor([15, 6] float32)',
    )
    expect(() => orbitScale({ ...bank, measuredAlong: (x) => x }, zeros([5, 6]))).toThrow(
      'series WA: measuredAlong: expected float32 [15, 16, 6], got Tensor([15, 6] float32)',
    )
    expect(() => orbitScale({ ...bank, measuredAlong: 3 as never }, zeros([5, 6]))).toThrow(
      'orbitScale: bank.measuredAlong: expected a function or nothing, got 3',
    )
    expect(() => orbitScale(bank, zeros([5, 7]))).toThrow('series WA: x: expected floating-point [N, 6]')
    expect(() => orbitScale(bank, zeros([3, 6]))).toThrow('expected at least 4 rows')
    expect(() => orbitScale(bank, zeros([5, 6]), { neighbors: 2 } as never)).toThrow(
      "unknown option 'neighbors'",
    )
    expect(() => orbitScale(bank, zeros([5, 6]), { ridge: { relative: -1 } })).toThrow(
      'orbitScale: ridge.relative',
    )
  })
})

describe('drawEpsilon', () => {
  it('has covariance s² C in units of the prior scales', () => {
    const bank = seriesBank({ length: 32, bumps: 2, parts: 'WA' })
    const scale = orbitScale(bank, key('data').normal([40, 32], 'float64'))
    const drawn = drawEpsilon(bank, scale, 1.5, 20_000, key('draw'))
    const found = mul(matmul(drawn, drawn, { transposeA: true }), 1 / 20_000).toArray() as number[][]
    const wanted = scale.covariance.toArray() as number[][]
    found.forEach((row, a) => {
      row.forEach((value, b) => {
        const unit = 2.25 * bank.priorScale[a] * bank.priorScale[b]
        const size = unit * Math.sqrt(wanted[a][a] * wanted[b][b])
        expect(Math.abs(value - unit * wanted[a][b]) / size).toBeLessThan(0.05)
      })
    })
  })

  it('gives the same numbers for the same key, and none for s = 0', () => {
    const bank = seriesBank({ length: 32, bumps: 2 })
    const scale = orbitScale(bank, key('data').normal([40, 32]))
    const draw = (s: number, seed: number): Tensor => drawEpsilon(bank, scale, s, 5, key(seed))
    expect(draw(1, 1).toArray()).toEqual(draw(1, 1).toArray())
    expect(draw(1, 1).toArray()).not.toEqual(draw(1, 2).toArray())
    expect(largest(draw(0, 1))).toBe(0)
    expect(() => draw(-1, 1)).toThrow('drawEpsilon: s')
    expect(() => drawEpsilon(seriesBank({ length: 32 }), scale, 1, 5, key(1))).toThrow(
      "drawEpsilon: scale: expected that of 'series WA', 16 generators, got one of 4",
    )
    expect(rows(draw(1, 1), 0, 2).toArray()).toEqual(drawEpsilon(bank, scale, 1, 2, key(1)).toArray())
  })
})

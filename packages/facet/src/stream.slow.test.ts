import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { trials } from '../../../tests/trials.ts'
import { normalRows } from '../../models/src/testing/planted.ts'
import { type FittedModel, fit } from './index.ts'

beforeAll(() => init({ backend: 'wasm' }))

type Change = (row: number[]) => number[]

const rowsOf = (seed: number, name: string, count: number): number[][] => {
  const rows = normalRows(seed, 'flat', key(seed).child(name), count)
  const values = rows.toArray() as number[][]
  rows.dispose()
  return values
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

function deviationOf(rows: readonly number[][], column: number): number {
  const values = rows.map((row) => row[column])
  const centre = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
}

/** Rows until `changed` is said; Infinity where it never is. */
async function rowsUntilSaid(
  model: FittedModel,
  seed: number,
  calls: number,
  change: Change,
): Promise<number> {
  for (let call = 1; call <= calls; call++) {
    const { changed } = await model.partialFit(rowsOf(seed, `chunk ${call}`, 32).map(change))
    if (changed) return 32 * call
  }
  return Number.POSITIVE_INFINITY
}

describe('a stream', () => {
  it('of the same data is said to have changed in one of 100 at most, each 1,920 rows long', async () => {
    let said = 0
    for (let seed = 0; seed < trials(100); seed++) {
      const model = await fit(rowsOf(seed, 'train', 2000), { bottleneck: 3, seed, epochs: 15 })
      said += Number((await rowsUntilSaid(model, seed, 60, (row) => row)) < Number.POSITIVE_INFINITY)
      model.dispose()
    }
    expect(said).toBeLessThanOrEqual(1)
  })

  it.each<[what: string, change: (deviation: number) => Change, rows: number]>([
    ['moved by a deviation', (by) => (row) => row.map((v, j) => (j === 3 ? v + by : v)), 64],
    ['moved by three', (by) => (row) => row.map((v, j) => (j === 3 ? v + 3 * by : v)), 32],
  ])('with a column %s is said to have changed within two calls of 32 rows', async (_, changeBy, most) => {
    for (let seed = 0; seed < 10; seed++) {
      const train = rowsOf(seed, 'train', 2000)
      const model = await fit(train, { bottleneck: 3, seed, epochs: 15 })
      const found = await rowsUntilSaid(model, seed, 10, changeBy(deviationOf(train, 3)))
      expect(found, `seed ${seed}`).toBeLessThanOrEqual(most)
      model.dispose()
    }
  })

  it('of half as much variance again is said to have changed within 160 rows', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const model = await fit(rowsOf(seed, 'train', 2000), { bottleneck: 3, seed, epochs: 15 })
      const found = await rowsUntilSaid(model, seed, 10, (row) => row.map((value) => value * Math.sqrt(1.5)))
      expect(found, `seed ${seed}`).toBeLessThanOrEqual(160)
      model.dispose()
    }
  })

  it('is learned; kept rows are what saves the old ones: a thousand better than a hundred, and those than none', async () => {
    const oldErrors: number[] = []
    for (const memory of [1000, 100, 0]) {
      const model = await fit(rowsOf(0, 'train', 2000), { bottleneck: 6, seed: 0, memory })
      const [oldTest, newTest] = [rowsOf(0, 'test', 1000), rowsOf(500, 'test', 1000)]
      const newBefore = mean(model.score(newTest))
      for (let call = 0; call < 60; call++) {
        await model.partialFit(rowsOf(500, `chunk ${call}`, 32), { epochs: 4 })
      }
      expect(mean(model.score(newTest))).toBeLessThan(0.1 * newBefore)
      oldErrors.push(mean(model.score(oldTest)))
      model.dispose()
    }
    expect(oldErrors[1]).toBeGreaterThan(oldErrors[0])
    expect(oldErrors[2]).toBeGreaterThan(5 * oldErrors[1])
  })
})

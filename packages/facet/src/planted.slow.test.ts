import { init, key, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { trials } from '../../../tests/trials.ts'
import {
  normalRows,
  oddRows,
  plantedColumns,
  plantedRows,
  type Surface,
} from '../../models/src/testing/planted.ts'
import { type FitOptions, fit } from './index.ts'

beforeAll(() => init({ backend: 'wasm' }))

const lists = (rows: Tensor): number[][] => {
  const values = rows.toArray() as number[][]
  rows.dispose()
  return values
}

const surfaces: readonly Surface[] = ['flat', 'bent']

/** Of fresh rows, the shares with an alarm. */
async function alarmShares(seed: number, surface: Surface, rows: number[][], options: FitOptions) {
  const model = await fit(rows, { alarms: 0.01, seed, ...options })
  const share = (fresh: number[][]): number =>
    model.isAnomaly(fresh).filter((odd) => odd).length / fresh.length
  const drawing = key(seed).child('fresh')
  const found = share(lists(oddRows(seed, surface, drawing.child('odd'), 1000)))
  const falseAlarms = share(lists(normalRows(seed, surface, drawing.child('normal'), 10_000)))
  model.dispose()
  return { found, falseAlarms }
}

const training = (seed: number) => key(seed).child('train')
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

const asked: readonly [name: string, options: FitOptions][] = [
  ['bottleneck: 3', { bottleneck: 3 }],
  ['bottleneck: 3 and skip: pca', { bottleneck: 3, skip: 'pca' }],
  ['nothing', {}],
  ['hidden: [32]', { bottleneck: 3, hidden: [32] }],
]

describe.each(asked)('fit told %s, of 2,000 rows of which one in fifty is odd', (_, options) => {
  it.each(surfaces)(
    'near a %s surface finds 99 of 100 fresh odd rows, at under 3 false alarms',
    async (surface) => {
      for (let seed = 0; seed < trials(10); seed++) {
        const rows = lists(plantedRows(seed, surface, training(seed), 2000))
        const { found, falseAlarms } = await alarmShares(seed, surface, rows, options)
        expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(0.99)
        expect(falseAlarms, `seed ${seed}`).toBeLessThan(0.03)
      }
    },
  )
})

/** Kinds of rows that are odd in their own way, made of ordinary ones. */
const kinds: Readonly<Record<string, (row: readonly number[], draws: Float64Array) => number[]>> = {
  'with a column four deviations off': (row, draws) =>
    row.map((value, j) => value + (j === Math.floor(Math.abs(draws[0]) * 1000) % plantedColumns ? 4 : 0)),
  'with noise of long tails, half of a Student t of two degrees': (row, draws) =>
    row.map(
      (value, j) => value + (Math.SQRT1_2 * draws[3 * j]) / Math.hypot(draws[3 * j + 1], draws[3 * j + 2]),
    ),
  'of nothing but noise': (row, draws) => row.map((_, j) => draws[j]),
}

describe.each(Object.entries(kinds))('odd rows %s', (_, made) => {
  it.each(surfaces)('near a %s surface are found, 99 of 100', async (surface) => {
    for (let seed = 0; seed < 3; seed++) {
      const odd = (name: string, count: number): number[][] => {
        const drawing = training(seed).child(name)
        const ordinary = lists(normalRows(seed, surface, drawing, count))
        return ordinary.map((row, i) =>
          made(row, Float64Array.from(drawing.child('draws', i).normalArray(3 * plantedColumns))),
        )
      }
      const ordinary = lists(normalRows(seed, surface, training(seed), 1960))
      const model = await fit([...ordinary, ...odd('odd', 40)], { bottleneck: 3, seed })
      const found = model.isAnomaly(odd('fresh odd', 1000)).filter((alarm) => alarm).length
      expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(990)
      model.dispose()
    }
  })
})

it.each(surfaces)(
  'near a %s surface clean sets of rows have 0.7 to 1.5 false alarms of 100 on average, none above 3',
  async (surface) => {
    const shares: number[] = []
    for (let seed = 0; seed < trials(50); seed++) {
      const rows = lists(normalRows(seed, surface, training(seed), 2000))
      shares.push((await alarmShares(seed, surface, rows, { bottleneck: 3 })).falseAlarms)
    }
    expect(Math.max(...shares)).toBeLessThan(0.03)
    expect(mean(shares)).toBeGreaterThan(0.007)
    expect(mean(shares)).toBeLessThan(0.015)
  },
)

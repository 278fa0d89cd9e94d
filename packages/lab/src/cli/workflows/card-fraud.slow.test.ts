import { beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { type Ended, facetProcess } from '../testing/facet-process.ts'
import { writeCardTable } from './testing/card-table.ts'
import { type Found, foundIn } from './testing/found.ts'
import { type ReadTable, readTable } from './testing/read-csv.ts'
import { temporaryFolder } from './testing/temporary.ts'

const rows = 285_000

const at = temporaryFolder('card-fraud')
let frauds: number
let trained: Ended
let scored: Ended
let scores: ReadTable
let found: Found

const score = (...args: string[]): Promise<Ended> =>
  facetProcess(['score', at('model'), at('cards.csv'), ...args]).ended

beforeAll(async () => {
  frauds = writeCardTable(at('cards.csv'), rows)
  trained = await facetProcess([
    'train',
    '--data',
    at('cards.csv'),
    '--labels',
    'Class',
    '--where',
    'Class=0',
    '--drop',
    'Time',
    '--out',
    at('model'),
  ]).ended
  scored = await score('--out', at('scores.csv'))
  scores = readTable(at('scores.csv'))
  found = foundIn(scores, (label) => label === '1')
}, 600_000)

const numberAfter = (text: string, before: string): number =>
  Number(new RegExp(`${before} ([\\d.]+)`).exec(text)?.[1])

describe('a table of 285,000 payments, of which 1 in 600 is a fraud', () => {
  it('is trained on its normal rows and scored, both without a complaint', () => {
    expect(trained.err).toContain(`${frauds} rows do not meet the conditions`)
    expect(trained.err).toContain('Class (labels); Time (dropped)')
    expect(trained.code).toBe(exitCode.ok)
    expect(scored.code).toBe(exitCode.ok)
    expect(`${trained.err}${scored.err}`).not.toContain('warning')
  })

  it('has a line of scores for every row, numbered as in the file, with its label', () => {
    expect(scores.head).toEqual([
      'file',
      'row',
      'label',
      'error',
      'p',
      'anomaly',
      'percentile',
      'held_out_percentile',
      'rarity_bits',
      'nearest_units',
      'nearest_row',
      'same_region',
    ])
    expect(scores.rows).toBe(rows)
    expect(scores.numbers('row').every((row, i) => row === i + 1)).toBe(true)
    expect(scores.text('label').filter((label) => label === '1')).toHaveLength(frauds)
  })

  it('has p-values that are (1 + held-out errors ≥ error) / (1 + held-out rows)', () => {
    const calibrating = numberAfter(scored.out, 'at α = 0.01;')
    expect(calibrating).toBeGreaterThan(50_000)
    const p = scores.numbers('p')
    const order = Uint32Array.from(p, (_, i) => i)
    const errors = scores.numbers('error')
    order.sort((a, b) => errors[a] - errors[b])
    let offGrid = 0
    let outOfOrder = 0
    order.forEach((i, k) => {
      const counted = p[i] * (calibrating + 1)
      if (Math.abs(counted - Math.round(counted)) > 1e-6 || counted < 0.999 || p[i] > 1) offGrid++
      if (k > 0 && p[i] > p[order[k - 1]]) outOfOrder++
    })
    expect([offGrid, outOfOrder]).toEqual([0, 0])
  })

  it('has alarms exactly where p ≤ 0.01, and for about that share of the normal rows', () => {
    const anomaly = scores.numbers('anomaly')
    expect(scores.numbers('p').every((p, i) => (p <= 0.01 ? 1 : 0) === anomaly[i])).toBe(true)
    expect(found.falseAlarms).toBeGreaterThan(0.008)
    expect(found.falseAlarms).toBeLessThan(0.012)
  })

  it('finds 8 of 10 frauds at AUC 0.95; its alarms are few enough to look at, and the output says the same', () => {
    expect(found.recall).toBeGreaterThan(0.8)
    expect(found.auc).toBeGreaterThan(0.95)
    // 1 % of 285,000 rows are false alarms, six times the frauds: a precision of 1 in 7 at most.
    expect(found.precision).toBeGreaterThan(0.1)
    expect(numberAfter(scored.out, 'recall')).toBeCloseTo(found.recall, 3)
    expect(numberAfter(scored.out, 'precision')).toBeCloseTo(found.precision, 3)
    expect(numberAfter(scored.out, 'AUC')).toBeCloseTo(found.auc, 3)
  })

  it('has nine true alarms in ten with --fdr 0.1, and still finds half of the frauds', async () => {
    const { code, out } = await score('--fdr', '0.1', '--no-regions', '--out', at('few.csv'))
    expect(code).toBe(exitCode.ok)
    // A few of 285,000 are not 0.0 %.
    expect(out).toMatch(/false alarms 0\.0\d*[1-9]\d* %/)
    const few = readTable(at('few.csv'))
    expect(few.head).not.toContain('rarity_bits')
    const { precision, recall } = foundIn(few, (label) => label === '1')
    expect(precision).toBeGreaterThan(0.85)
    expect(recall).toBeGreaterThan(0.5)
  })
})

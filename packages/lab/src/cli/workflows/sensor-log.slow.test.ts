import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { type Ended, facetProcess } from '../testing/facet-process.ts'
import { type ReadTable, readTable } from './testing/read-csv.ts'
import { type Fault, pumps, type SensorLog, timeAt, writeSensorLog } from './testing/sensor-log.ts'
import { temporaryFolder } from './testing/temporary.ts'

const window = 32
const fault: Fault = { pump: 'B', from: 600, to: 660 }
const march: SensorLog = { seed: 3, start: new Date('2026-03-01T00:00:00Z'), minutes: 4320, fault: null }
const april: SensorLog = { seed: 4, start: new Date('2026-04-01T00:00:00Z'), minutes: 1440, fault }

const at = temporaryFolder('sensor-log')
let trained: Ended
let scored: Ended
let scores: ReadTable

const score = (out: string, ...args: string[]): Promise<Ended> =>
  facetProcess(['score', at('model'), at('april.csv'), ...args, '--out', out]).ended

beforeAll(async () => {
  writeSensorLog(at('march.csv'), march)
  writeSensorLog(at('april.csv'), april)
  trained = await facetProcess([
    'train',
    '--data',
    at('march.csv'),
    '--time',
    'time',
    '--group',
    'pump',
    '--window',
    String(window),
    '--stride',
    '4',
    '--missing',
    'interpolate',
    '--split',
    'time',
    '--out',
    at('model'),
  ]).ended
  scored = await score(at('scores.csv'), '--explain')
  scores = readTable(at('scores.csv'))
}, 600_000)

/** Lines of a table of scores in these minutes of a pump. */
function linesIn(table: ReadTable, pump: string, from: number, to: number): number[] {
  const [times, groups] = [table.text('time'), table.text('pump')]
  const [first, end] = [timeAt(april, from), timeAt(april, to)]
  return times.flatMap((time, i) => (groups[i] === pump && time >= first && time < end ? [i] : []))
}

describe('a log of three pumps with missing values, holes in time and a flat sensor', () => {
  it('is trained in windows that end at holes; missing values and the flat sensor are named', () => {
    expect(trained.code).toBe(exitCode.ok)
    expect(trained.err).toMatch(/missing values/)
    expect(trained.err).toMatch(/cut at 9 holes in column time/)
    expect(trained.err).toMatch(/windows .*of 32 rows × 5, one every 4 rows, from 3 series/)
    expect(trained.err).toMatch(/to train on, \d+ held out, the last in time/)
    expect(trained.err).toMatch(/warning +valve: all values are equal/)
    expect(trained.err).toContain('time (time); pump (group)')
  })

  it('is refused with the columns that have missing values, where no rule is given', async () => {
    const { code, err } = await facetProcess([
      'train',
      '--data',
      at('march.csv'),
      '--group',
      'pump',
      '--window',
      '32',
      '--out',
      at('none'),
    ]).ended
    expect(code).toBe(exitCode.usage)
    expect(err).toMatch(/missing values.*temperature.*--missing/s)
  })

  it('has its scores on the time stamps and pumps of its lines, in their order', () => {
    expect(scored.code).toBe(exitCode.ok)
    const lines = readFileSync(at('april.csv'), 'utf8').trimEnd().split('\n').slice(1)
    expect(scores.rows).toBe(lines.length)
    const [times, groups] = [scores.text('time'), scores.text('pump')]
    expect(times.map((time, i) => `${time},${groups[i]}`)).toEqual(
      lines.map((line) => line.split(',').slice(0, 2).join(',')),
    )
    expect(scores.text('error')).not.toContain('')
  })

  it('has an alarm in every minute of the planted fault, for its pump', () => {
    const anomaly = scores.numbers('anomaly')
    const planted = linesIn(scores, fault.pump, fault.from, fault.to)
    expect(planted).toHaveLength(fault.to - fault.from)
    expect(planted.filter((i) => anomaly[i] !== 1)).toEqual([])
    const others = pumps.filter((pump) => pump !== fault.pump)
    const calm = others.flatMap((pump) => linesIn(scores, pump, fault.from, fault.to))
    expect(calm.filter((i) => anomaly[i] === 1).length).toBeLessThan(0.2 * calm.length)
  })

  it('has flow as the column of the fault, in every line of it', () => {
    const planted = linesIn(scores, fault.pump, fault.from, fault.to)
    const [first, share] = [scores.text('column1'), scores.numbers('share1')]
    expect(planted.filter((i) => first[i] !== 'flow')).toEqual([])
    // A third of the error and more is its own, of five columns.
    expect(Math.min(...planted.map((i) => share[i]))).toBeGreaterThan(1 / 3)
  })

  it('has in its table of the worst no two windows that share rows: the fault first, then other hours', () => {
    const told = scored.out
      .split('\n')
      .filter((line) => line.startsWith('april.csv:') && line.includes('2026-'))
    expect(told).toHaveLength(10)
    expect(told[0]).toMatch(/ 2026-04-01 10:\d\d:00 +B .* flow \d\d\.\d %/)
    const [times, groups] = [scores.text('time'), scores.text('pump')]
    const minutes = told.map((line) => {
      const i = Number(/^april\.csv:(\d+)/.exec(line)![1]) - 1
      return { pump: groups[i], at: Date.parse(times[i]) / 60_000 }
    })
    // Rows may be next to each other where their windows are not.
    const ofOne = minutes.filter(
      ({ pump, at }) => pump === fault.pump && Math.abs(at - minutes[0].at) < window,
    )
    expect(ofOne.length).toBeLessThanOrEqual(2)
    expect(scored.out).toContain('of windows that share rows the worst alone')
    expect(scored.out).toContain('--by mean has fewer')
  })

  it('says why --fdr finds nothing where p-values are too coarse', async () => {
    const { code, out } = await score(at('none.csv'), '--by', 'mean', '--fdr', '0.01', '--top', '0')
    expect(code).toBe(exitCode.ok)
    expect(out).toMatch(/: 0 alarms in \d+ rows/)
    expect(out).toMatch(
      /no p-value is below 0\.0016\d*: fewer than \d+ alarms in \d+ rows cannot be told with --fdr 0\.01/,
    )
  })

  it('has few alarms elsewhere, and fewer with the mean of the windows of a row than with the largest', async () => {
    const { code } = await score(at('mean.csv'), '--by', 'mean')
    expect(code).toBe(exitCode.ok)
    const byMean = readTable(at('mean.csv'))
    const elsewhere = (table: ReadTable): number => {
      const near = new Set(linesIn(table, fault.pump, fault.from - window, fault.to + window))
      const anomaly = table.numbers('anomaly')
      return anomaly.filter((one, i) => one === 1 && !near.has(i)).length / (table.rows - near.size)
    }
    // A row is in eight windows, of which each has one in a hundred.
    expect(elsewhere(scores)).toBeLessThan(0.08)
    expect(elsewhere(byMean)).toBeLessThan(0.01)
    const planted = linesIn(byMean, fault.pump, fault.from, fault.to)
    expect(planted.filter((i) => byMean.text('anomaly')[i] !== '1')).toEqual([])
  })
})

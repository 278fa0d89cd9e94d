import { key } from '@facet/tensor'
import { describe, expect, it } from 'vitest'
import { partOf } from '../../../../../tests/trials.ts'
import { exitCode } from '../exit-code.ts'
import { facetProcess } from '../testing/facet-process.ts'
import { normalRows, oddRows, type Surface, writeRows } from './testing/planted-tables.ts'
import { readTable } from './testing/read-csv.ts'
import { temporaryFolder } from './testing/temporary.ts'

const at = temporaryFolder('planted')

async function facet(...args: string[]): Promise<void> {
  const { code, err } = await facetProcess(args).ended
  expect(code, err).toBe(exitCode.ok)
}

/** The shares of fresh rows with an alarm at `--alpha 0.01`, after `facet train` on 2,000 rows of which 2 % are odd. */
async function alarmShares(seed: number, surface: Surface): Promise<{ found: number; falseAlarms: number }> {
  const drawn = (name: string) => key(seed).child(name)
  const folder = `${surface}-${seed}`
  const train = [
    ...normalRows(seed, surface, drawn('train'), 1960),
    ...oddRows(seed, surface, drawn('odd among them'), 40),
  ]
  writeRows(at(`${folder}-train.csv`), train)
  writeRows(at(`${folder}-odd.csv`), oddRows(seed, surface, drawn('odd'), 2000))
  writeRows(at(`${folder}-normal.csv`), normalRows(seed, surface, drawn('normal'), 10_000))
  await facet('train', '--data', at(`${folder}-train.csv`), '--seed', String(seed), '--out', at(folder))
  const share = async (name: string): Promise<number> => {
    const scores = at(`${folder}-${name}-scores.csv`)
    await facet(
      'score',
      at(folder),
      at(`${folder}-${name}.csv`),
      '--alpha',
      '0.01',
      '--top',
      '0',
      '--out',
      scores,
    )
    const anomaly = readTable(scores).numbers('anomaly')
    return anomaly.reduce((sum, one) => sum + one, 0) / anomaly.length
  }
  return { found: await share('odd'), falseAlarms: await share('normal') }
}

describe('a table of 2,000 rows and 16 columns, 2 % of them odd, through the command with its defaults', () => {
  const seeds = [
    [0, 'bent'],
    [1, 'bent'],
    [3, 'flat'],
    [6, 'flat'],
  ] as const
  it.each(partOf(seeds, 0, 2))(
    'has alarms at 99 of 100 fresh odd rows and at fewer than 3 of 100 normal ones, seed %i, %s',
    async (seed, surface) => {
      const { found, falseAlarms } = await alarmShares(seed, surface)
      console.log(`${surface}, seed ${seed}: ${100 * found} % found, ${100 * falseAlarms} % false alarms`)
      expect(found).toBeGreaterThanOrEqual(0.99)
      expect(falseAlarms).toBeLessThan(0.03)
    },
  )
})

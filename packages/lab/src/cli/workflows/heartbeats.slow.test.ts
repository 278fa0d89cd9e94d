import { describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { facetProcess } from '../testing/facet-process.ts'
import { foundIn } from './testing/found.ts'
import { writeHeartbeats } from './testing/heartbeats.ts'
import { readTable } from './testing/read-csv.ts'
import { temporaryFolder } from './testing/temporary.ts'

const at = temporaryFolder('heartbeats')

// Where somebody has the UCR archive, its ECG5000 is tried as well: 292 normal beats to train on, 4,500 to score.
const archive = process.env.FACET_UCR
const real = archive === undefined ? [] : [['ECG5000', `${archive}/ECG5000`] as const]
const generated = at('Beats')

describe.each([['generated', generated] as const, ...real])(
  'heartbeats in the format of UCR, %s',
  (name, path) => {
    it('are found with the defaults: recall ≥ 0.9 at ≤ 7 % false alarms, trained on normal beats', async () => {
      if (path === generated) {
        writeHeartbeats(`${path}_TRAIN.tsv`, 1, [292, 208])
        writeHeartbeats(`${path}_TEST.tsv`, 2, [1500, 1000])
      }
      const model = at(`model-${name}`)
      const trained = await facetProcess([
        'train',
        '--data',
        `${path}_TRAIN.tsv`,
        '--where',
        'label=1',
        '--out',
        model,
      ]).ended
      expect(trained.code).toBe(exitCode.ok)
      expect(trained.err).toContain('292 rows of 500 × 140, 234 to train on, 58 held out')
      // 58 rows reach no p-value of 0.01, and the output says what decides instead.
      expect(trained.out).toContain('by median and spread')

      const out = at(`${name}.csv`)
      const scored = await facetProcess(['score', model, `${path}_TEST.tsv`, '--out', out]).ended
      expect(scored.code).toBe(exitCode.ok)
      expect(scored.out).toContain('by median and spread')
      const scores = readTable(out)
      const threshold = Number(/alarms: error > ([\d.]+)/.exec(scored.out)![1])
      const errors = scores.numbers('error')
      const anomaly = scores.numbers('anomaly')
      // The threshold is shown in four digits.
      const isClear = (error: number): boolean => Math.abs(error / threshold - 1) > 1e-3
      expect(errors.every((error, i) => !isClear(error) || Number(error > threshold) === anomaly[i])).toBe(
        true,
      )
      const smallest = Math.min(...scores.numbers('p'))
      expect(1 / smallest).toBeLessThanOrEqual(59 + 1e-9)
      const { recall, falseAlarms, auc } = foundIn(scores, (label) => label !== '1')
      expect(recall).toBeGreaterThanOrEqual(0.9)
      expect(falseAlarms).toBeLessThanOrEqual(0.07)
      expect(auc).toBeGreaterThan(0.97)
    })
  },
)

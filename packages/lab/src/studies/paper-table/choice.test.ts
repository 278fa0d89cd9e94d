import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { key } from '@facet/tensor'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { experimentFrom } from '../../document/experiment-from.ts'
import { startEngine } from '../../engine.ts'
import { type Cell, chooseAll } from '../../study/choose.ts'
import { gridTasks } from '../../study/grid.ts'
import type { Finished } from '../../study/study.ts'
import { versions } from '../../version.ts'
import type { PaperOutcome } from './outcome.ts'
import { runModel } from './run.ts'
import type { ReproduceSettings } from './settings.ts'

let data: string
beforeAll(async () => {
  await startEngine()
  data = mkdtempSync(join(tmpdir(), 'facet-choice-'))
})
afterAll(() => rmSync(data, { recursive: true }))

/** Series of noise, of which some begin with a step. */
function write(part: string, seed: string): void {
  const rows = key(seed).normal([30, 12]).toArray() as number[][]
  const lines = rows.map((row, i) => [1, ...row.map((value, k) => value + (k < i % 7 ? 3 : 0))].join('\t'))
  writeFileSync(join(data, `Own_${part}.tsv`), `${lines.join('\n')}\n`)
}

/** Every training, and what is chosen of them. */
async function trained(): Promise<Cell<PaperOutcome>[]> {
  const settings = experimentFrom({
    experiment: 'reproduce',
    ...{ data, sets: ['Own'], models: ['ae', 'denoising', 'lieGroupFirstOrder'], runs: 2, epochs: 12 },
    ...{
      hidden: 8,
      bottleneck: 2,
      batchSize: 8,
      learningRate: 0.05,
      sigma: [0.01, 0.5, 2],
      weight: [0.01, 10],
    },
  }).settings as ReproduceSettings
  const finished = []
  for (const task of gridTasks(settings)) {
    finished.push({ kind: 'run', task, outcome: await runModel(settings, task, () => {}), versions })
  }
  return chooseAll(settings, finished as Finished[] as never)
}

/** All that validation decides. */
const choices = (cells: readonly Cell<PaperOutcome>[]) =>
  cells.map(({ chosen, candidates, outcomes }) => ({
    chosen,
    errors: candidates.map(({ validationError }) => validationError),
    epochs: outcomes.map(({ bestEpoch }) => bestEpoch),
  }))

it('hyper-parameter and epoch are chosen by validation alone: another test part changes no choice', async () => {
  write('TRAIN', 'train')
  write('TEST', 'test')
  const first = await trained()
  write('TEST', 'another test')
  const second = await trained()
  expect(choices(second)).toEqual(choices(first))
  const testErrors = (cells: readonly Cell<PaperOutcome>[]) =>
    cells.flatMap(({ outcomes }) => outcomes.map(({ testError }) => testError))
  testErrors(second).forEach((error, i) => {
    expect(error).not.toBe(testErrors(first)[i])
  })
  // Where the test part chose, some of these choices would be others: the test is not one that cannot fail.
  const bestOnTest = (cells: readonly Cell<PaperOutcome>[]) =>
    cells.flatMap(({ outcomes }) =>
      outcomes.map(({ epochs }) =>
        epochs.reduce((best, { test }, i) => (test < epochs[best].test ? i : best), 0),
      ),
    )
  expect(bestOnTest(first)).not.toEqual(choices(first).flatMap(({ epochs }) => epochs))
})

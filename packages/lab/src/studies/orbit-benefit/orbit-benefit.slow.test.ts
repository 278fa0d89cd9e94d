import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ResultFolder } from '../../folder/result-folder.ts'
import { type ModelName, modelNames } from '../../objectives.ts'
import { compareModels, errorsOf } from '../../study/grid-report.ts'
import { runStudy } from '../../study/run.ts'
import { workerEntry } from '../../worker-entry.ts'
import { orbitBenefit } from './orbit-benefit.ts'
import type { OrbitBenefitSettings } from './settings.ts'
import { fixtureSettings, settingsOf } from './testing/fixture.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-orbit-benefit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (name: string, settings: Partial<OrbitBenefitSettings>, processes: number) =>
  runStudy(
    {
      study: orbitBenefit,
      settings: { ...fixtureSettings, sets: ['CBF'], testSamples: 100, ...settings },
      document: 'experiment: orbitBenefit\n',
    },
    {
      folder: new ResultFolder(join(folder, name)),
      processes,
      signal: new AbortController().signal,
      stream: { write: () => true },
    },
    workerEntry,
  )

it('trains every model of the table on either net, and writes the same lines whatever the number of processes', async () => {
  const { candidates: all } = settingsOf({ models: [...modelNames] })
  const candidates = Object.fromEntries(
    Object.entries(all).map(([model, values]) => [model, values.slice(0, 1)]),
  )
  const settings = { models: modelNames, candidates, runs: 2, steps: 4, net: 'plain' } as const
  const one = await run('one', settings, 1)
  await run('two', settings, 2)
  expect(one.failures).toEqual([])
  expect(modelNames.map((model) => errorsOf(one, 'CBF', model).length)).toEqual(modelNames.map(() => 2))
  const text = (name: string) => readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
  expect(text('two')).toBe(text('one'))
})

it('reconstructs unseen bells, funnels and cylinders better where it has seen them moved', async () => {
  const candidates = { lieGroupOrbit: [1.5], permutedOrbit: [1.5] }
  const models = ['ae', 'lieGroupOrbit', 'permutedOrbit'] as const
  const report = await run('skip', { models, candidates, runs: 2, steps: 600 }, 2)
  expect(report.failures).toEqual([])
  const change = (model: ModelName) => compareModels(report, 'CBF', model)!
  // At 8 runs and 1500 steps: −22 % and −0.1 % on the archive's CBF.
  expect(change('lieGroupOrbit').relative).toBeLessThan(-0.1)
  expect(change('lieGroupOrbit').wins).toBe(2)
  expect(Math.abs(change('permutedOrbit').relative)).toBeLessThan(0.03)
})

it('says of every run that diverges which it is, and goes on with the rest', async () => {
  const candidates = { lieGroupOrbit: [1.5] }
  const models = ['ae', 'lieGroupOrbit'] as const
  const report = await run('diverged', { models, candidates, runs: 2, steps: 4, learningRate: 1e30 }, 2)
  expect(report.failures.map((line) => line.split(': expected a finite')[0])).toEqual([
    'CBF · AE · run 1: fit',
    'CBF · AE · run 2: fit',
    'CBF · orbit · s 1.5 · run 1: fit',
    'CBF · orbit · s 1.5 · run 2: fit',
  ])
  expect(report.baselines.get('CBF')).toHaveLength(2)
})

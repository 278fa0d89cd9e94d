import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FitOptions, fit, load } from '@facet/facet'
import { key } from '@facet/tensor'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames } from './files.ts'
import { readSamples } from './samples.ts'
import { trainModelFolder } from './train-model-folder.ts'

let base: string
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'facet-same-'))
  await startEngine()
})
afterAll(() => rmSync(base, { recursive: true }))

type Cell = number | null

/** Rows near a plane, of which every 50th is odd. */
const table = (count: number, width: number): number[][] => {
  const codes = key('codes').normalArray(2 * count)
  const axes = key('axes').normalArray(2 * width)
  const noise = key('noise').normalArray(count * width)
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: width }, (_, j) => {
      const flat = codes[2 * i] * axes[2 * j] + codes[2 * i + 1] * axes[2 * j + 1]
      return flat + (i % 50 === 0 ? 2 : 0.1) * noise[i * width + j]
    }),
  )
}

const whole = table(130, 5)
const [withHoles, fresh] = [whole.map((row) => [...row] as Cell[]), table(200, 5)]
for (const i of [3, 40, 41, 99]) withHoles[i][i % 5] = null

async function trainedByCommand(name: string, rows: readonly Cell[][], said: Partial<TrainRequest>) {
  const path = join(base, `${name}.csv`)
  const lines = rows.map((row) => row.map((cell) => cell ?? '').join(','))
  writeFileSync(path, `${['a', 'b', 'c', 'd', 'e'].join(',')}\n${lines.join('\n')}\n`)
  const request: TrainRequest = { data: { path }, ...said }
  const samples = await readSamples(request.data, 0, { missing: said.missing ?? 'refuse' })
  const folder = join(base, name)
  await inResultFolder(folder, (folder) => trainModelFolder(request, samples, { folder }))
  return load(readFileSync(join(folder, fileNames.weights)))
}

const weightsOf = ({ model }: Awaited<ReturnType<typeof fit>>) =>
  model.parameters.map(({ name, value }) => [name, value.toArray()])

// What both may be told, and with what.
const cases: readonly [what: string, rows: readonly Cell[][], said: FitOptions & Partial<TrainRequest>][] = [
  ['nothing but the epochs', whole, { epochs: 4 }],
  ['nothing at all, of few rows', whole.slice(0, 12), {}],
  ['a seed', whole, { epochs: 4, seed: 7 }],
  [
    'bottleneck, hidden layers, batches and rate',
    whole,
    { epochs: 4, bottleneck: 3, hidden: [9, 7], batchSize: 10, learningRate: 0.01 },
  ],
  ['patience', whole, { epochs: 60, patience: 2, learningRate: 0.03 }],
  ['another share to hold out', whole, { epochs: 4, validation: 0.4 }],
  ['nothing to hold out', whole, { epochs: 4, validation: 0 }],
  ['rows by their own mean', whole, { epochs: 4, normalise: 'series' }],
  ['one range', whole, { epochs: 4, normalise: 'range' }],
  ['numbers as they are', whole, { epochs: 4, normalise: 'none' }],
  ['gaps that are left out', withHoles, { epochs: 4, missing: 'drop' }],
  ['gaps filled with means', withHoles, { epochs: 4, missing: 'mean' }],
  ['gaps filled with medians', withHoles, { epochs: 4, missing: 'median' }],
]

it.each(cases)('fit and facet train make the same model, told %s', async (what, rows, said) => {
  const trained = await trainedByCommand(what, rows, said)
  const fitted = await fit(rows as number[][], { ...said, columns: ['a', 'b', 'c', 'd', 'e'] })
  expect(weightsOf(fitted)).toEqual(weightsOf(trained))
  expect(fitted.preparation).toEqual(trained.preparation)
  expect(fitted.threshold).toBe(trained.threshold)
  expect(fitted.score(fresh)).toEqual(trained.score(fresh))
  if (said.validation === 0) return
  expect(fitted.pValues(fresh)).toEqual(trained.pValues(fresh))
  expect(fitted.isAnomaly(fresh)).toEqual(trained.isAnomaly(fresh))
})

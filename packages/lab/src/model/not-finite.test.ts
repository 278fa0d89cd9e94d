import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Objective } from '@facet/models'
import { add, mul, sqrt, square, sub, sum, type Tensor, tensor } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startEngine } from '../engine.ts'
import { toJsonLine } from '../folder/json-line.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { objectives } from '../objectives.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames } from './files.ts'
import { inspectModel } from './inspect.ts'
import { openModelFolder } from './open-model-folder.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { type ResumeOptions, resumeModelFolder, trainModelFolder } from './train-model-folder.ts'

/** Not finite as soon as the squares of the weights add up to more than `most`: a high rate gets there, a low one does not. */
const bounded = (most: number): Objective => ({
  name: 'weightDecay',
  start: ({ parameters }) => ({
    parameters: [],
    loss() {
      const total = parameters.reduce<Tensor>(
        (all: Tensor, { value }) => add(all, sum(square(value))),
        tensor(0),
      )
      return { loss: mul(sqrt(sub(most, total)), 0), values: {} }
    },
    diagnostics: () => ({}),
  }),
})

let base: string
beforeAll(() => startEngine())
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-not-finite-'))
  vi.spyOn(objectives.weightDecay, 'make').mockImplementation(() => bounded(60))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(base, { recursive: true })
})

const data = { path: 'fixture.csv', format: null, labels: null, array: null, sample: null }
const request: TrainRequest = {
  data,
  epochs: 40,
  batchSize: 8,
  hidden: [8],
  bottleneck: 2,
  learningRate: 0.1,
  objectives: [{ name: 'reconstruction' }, { name: 'weightDecay' }],
}
const samples = () => sampleFixture(planeRows(30, 6))
const at = (name: string, file = ''): string => join(base, name, file)

const train = (name: string, more: Partial<TrainRequest> = {}) =>
  inResultFolder(at(name), (folder) => trainModelFolder({ ...request, ...more }, samples(), { folder }))
const resume = (name: string, options: Partial<ResumeOptions> = {}) =>
  inResultFolder(at(name), (folder) => resumeModelFolder(samples(), { folder, ...options }), '--resume')

const contentsOf = (name: string) =>
  Object.fromEntries(readdirSync(at(name)).map((file) => [file, readFileSync(at(name, file))]))

const failed = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it ended well',
    (error: Error) => error.message,
  )

describe('a training whose loss is not finite', () => {
  it('says epoch, step, file, and the two commands that save what was learned', async () => {
    const message = await failed(train('a'))
    const [, epoch, batch, step, held] =
      /expected a finite loss at epoch (\d+), batch (\d) \(counted from 0\), got NaN .* \(step (\d+) of the training\); \S+checkpoint.safetensors holds (\d+) epochs/.exec(
        message,
      )!
    expect(Number(epoch)).toBeGreaterThan(3)
    expect([Number(step), held]).toEqual([3 * Number(epoch) + Number(batch), epoch])
    expect(message).toMatch(/and the weights of epoch \d+, the best: go on from them/)
    expect(message).toContain(`facet train --resume ${at('a')} --learning-rate 0.01`)
    expect(message).toContain(`facet train --resume ${at('a')} --finish`)
    // As it is, it fails again, and nothing is lost by that.
    const before = contentsOf('a')
    expect(await failed(resume('a'))).toBe(message)
    expect(contentsOf('a')).toEqual(before)
  })

  it('leaves the same bytes however often it was stopped before', async () => {
    await failed(train('a'))
    const stop = new AbortController()
    await failed(
      inResultFolder(at('b'), (folder) =>
        trainModelFolder(request, samples(), {
          folder,
          signal: stop.signal,
          stream: { write: (text) => void (text.includes('epoch  2/') && stop.abort()) },
        }),
      ),
    )
    expect(await failed(resume('b'))).toContain('expected a finite loss')
    expect(contentsOf('b')).toEqual(contentsOf('a'))
  })

  it('goes on from the best weights with a lower rate, which model.json says', async () => {
    const message = await failed(train('a'))
    const best = Number(/weights of epoch (\d+)/.exec(message)![1])
    const before = readFileSync(at('a', fileNames.log), 'utf8').split('\n')
    const config = await resume('a', { learningRate: 0.002 })
    expect(config.settings.learningRate).toBe(0.1)
    expect(config.changes).toEqual([{ afterSteps: 3 * best, learningRate: 0.002 }])
    expect(config.result.epochs).toBe(40)
    const folder = await openModelFolder(at('a'))
    const log = folder.log()
    expect(log.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    // Up to the best epoch it is the training that failed, and from there on another.
    const same = log.map((record, i) => toJsonLine(record) === before[i])
    expect(same.indexOf(false)).toBe(best)
    expect((await inspectModel(folder, null)).changes).toEqual(config.changes)
  })

  it('goes on with a lower rate to the same bytes, also killed before and after its first checkpoint', async () => {
    await failed(train('a'))
    for (const name of ['b', 'c']) cpSync(at('a'), at(name), { recursive: true })
    await resume('a', { learningRate: 0.002 })
    const stopAt = async (name: string, epoch: number) => {
      const stop = new AbortController()
      const stream = {
        write: (text: string) => void (text.includes(`epoch ${epoch}/`) && stop.abort()),
      }
      expect(await failed(resume(name, { learningRate: 0.002, signal: stop.signal, stream }))).toContain(
        'interrupted after',
      )
    }
    await stopAt('b', 30)
    await resume('b')
    expect(contentsOf('b')).toEqual(contentsOf('a'))
    // Killed when the change was noted and no checkpoint was taken: the old checkpoint is still there.
    copyFileSync(at('c', fileNames.checkpoint), join(base, 'old'))
    await stopAt('c', 30)
    copyFileSync(join(base, 'old'), at('c', fileNames.checkpoint))
    await resume('c')
    expect(contentsOf('c')).toEqual(contentsOf('a'))
  })

  it('changed again from the same weights, forgets the change that had no part', async () => {
    await failed(train('a'))
    cpSync(at('a'), at('b'), { recursive: true })
    expect(await failed(resume('a', { learningRate: 0.2 }))).toContain('expected a finite loss')
    const { changes } = await resume('a', { learningRate: 0.002 })
    const direct = await resume('b', { learningRate: 0.002 })
    if (changes!.length === 1) expect(contentsOf('a')).toEqual(contentsOf('b'))
    expect(changes!.at(-1)).toMatchObject({ learningRate: 0.002 })
    expect(direct.changes).toHaveLength(1)
  })

  it('is finished with the best weights that there are', async () => {
    const message = await failed(train('a'))
    const [, epochs, best] = /holds (\d+) epochs and the weights of epoch (\d+)/.exec(message)!
    const config = await resume('a', { finish: true })
    expect(config.result).toMatchObject({ epochs: Number(epochs), bestEpoch: Number(best) })
    expect(config.endedAfterSteps).toBe(3 * Number(epochs))
    expect(readdirSync(at('a')).sort()).toEqual(
      [fileNames.config, fileNames.weights, fileNames.log, fileNames.regions, fileNames.readme].sort(),
    )
    const folder = await openModelFolder(at('a'))
    // The error of the weights that were kept is the one that the epoch had.
    expect(folder.config.result.errors.validation).toBeCloseTo(folder.log()[Number(best) - 1].validation!, 6)
  })

  it('without rows held out goes on from the last whole epoch', async () => {
    const message = await failed(train('a', { validation: 0 }))
    const [, epochs] = /holds (\d+) epochs and its weights/.exec(message)!
    cpSync(at('a'), at('b'), { recursive: true })
    const steps = Math.ceil(30 / 8) * Number(epochs)
    const { changes, result } = await resume('a', { learningRate: 1e-4 })
    expect([changes, result.epochs]).toEqual([[{ afterSteps: steps, learningRate: 1e-4 }], 40])
    expect((await resume('b', { finish: true })).result.epochs).toBe(Number(epochs))
  })

  it('in its first epoch begins anew with the lower rate, and cannot be finished', async () => {
    vi.mocked(objectives.weightDecay.make).mockImplementation(() => bounded(30))
    const message = await failed(train('a', { learningRate: 10 }))
    expect(message).toContain(
      `no epoch was done; begin anew with a lower rate: facet train --resume ${at('a')} `,
    )
    expect(await failed(resume('a', { finish: true }))).toContain('holds no checkpoint: no epoch is done')
    const config = await resume('a', { learningRate: 0.002 })
    expect(config.changes).toBeUndefined()
    await train('b', { learningRate: 0.002 })
    expect(contentsOf('a')).toEqual(contentsOf('b'))
  })
})

it('a training that was interrupted goes on with another rate, and with its own rate as it was', async () => {
  vi.restoreAllMocks()
  const objectives: TrainRequest['objectives'] = [{ name: 'reconstruction' }]
  const stop = new AbortController()
  const stream = { write: (text: string) => void (text.includes('epoch  4/') && stop.abort()) }
  await failed(
    inResultFolder(at('a'), (folder) =>
      trainModelFolder({ ...request, objectives }, samples(), { folder, stream, signal: stop.signal }),
    ),
  )
  cpSync(at('a'), at('b'), { recursive: true })
  await train('straight', { objectives })
  await resume('a', { learningRate: 0.1 })
  expect(contentsOf('a')).toEqual(contentsOf('straight'))
  expect((await resume('b', { learningRate: 0.01 })).changes).toHaveLength(1)
})

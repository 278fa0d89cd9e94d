import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadModel } from '@facet/models'
import { tensor } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { Interrupted } from '../errors.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames } from './files.ts'
import { keptEpochs } from './kept-epochs.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { resumeModelFolder, type TrainOptions, trainModelFolder } from './train-model-folder.ts'

beforeAll(() => startEngine())

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-kept-'))
})
afterEach(() => rmSync(base, { recursive: true }))

const data = { path: 'fixture.csv', format: null, labels: null, array: null, sample: null }
const small: TrainRequest = { data, epochs: 6, batchSize: 8, hidden: [8], bottleneck: 2, validation: 0 }
const rows = () => sampleFixture(planeRows(30, 6))

const train = (name: string, options: Partial<TrainOptions> = {}) =>
  inResultFolder(join(base, name), (folder) => trainModelFolder(small, rows(), { folder, ...options }))

const keptIn = (name: string) =>
  Object.fromEntries(
    keptEpochs(join(base, name)).map(({ name: file, epochs }) => [
      epochs,
      readFileSync(join(base, name, file)),
    ]),
  )

/** What a model file makes of a row. */
const made = (bytes: Uint8Array) =>
  loadModel(bytes)
    .reconstruct(tensor([[0.1, 0.2, 0.3, -0.1, 0, 1]]))
    .toArray()

describe('weights that are kept on the way', () => {
  it('are those of the start and of every so many epochs, the last those of the model, and change no number of it', async () => {
    await train('plain')
    await train('kept', { keepEvery: 3 })
    const kept = keptIn('kept')
    expect(Object.keys(kept)).toEqual(['0', '3', '6'])
    const weights = readFileSync(join(base, 'kept', fileNames.weights))
    expect(weights).toEqual(readFileSync(join(base, 'plain', fileNames.weights)))
    expect(made(kept[6])).toEqual(made(weights))
    expect(made(kept[3])).not.toEqual(made(weights))
    expect(made(kept[0])).not.toEqual(made(kept[3]))
  })

  it('are the same after a break', async () => {
    await train('whole', { keepEvery: 2 })
    const stop = new AbortController()
    const write = (text: string) => void (text.includes('epoch 3/') && stop.abort())
    await expect(train('broken', { keepEvery: 2, signal: stop.signal, stream: { write } })).rejects.toThrow(
      Interrupted,
    )
    expect(Object.keys(keptIn('broken'))).toEqual(['0', '2'])
    await inResultFolder(
      join(base, 'broken'),
      (folder) => resumeModelFolder(rows(), { folder, keepEvery: 2 }),
      '--resume',
    )
    expect(keptIn('broken')).toEqual(keptIn('whole'))
  })

  it('go with the model that is trained over, and nothing else goes', async () => {
    await train('a', { keepEvery: 1 })
    for (const name of ['epoch-1.safetensors', 'my-epoch-000001.safetensors'])
      writeFileSync(join(base, 'a', name), 'mine')
    await train('a', { overwrite: true })
    expect(keptIn('a')).toEqual({})
    for (const name of ['epoch-1.safetensors', 'my-epoch-000001.safetensors'])
      expect(readFileSync(join(base, 'a', name), 'utf8')).toBe('mine')
  })
})

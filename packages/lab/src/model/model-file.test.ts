import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calibrate, loadModelFile, saveModel } from '@facet/models'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames } from './files.ts'
import { inspectModel } from './inspect.ts'
import { itemsOfSamples } from './new-samples.ts'
import { openModel } from './open-model.ts'
import { renderInspection } from './render-inspection.ts'
import { makeRows, reconstructionsOf } from './row-makers.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { trainModelFolder } from './train-model-folder.ts'

let base: string
const at = (...names: string[]) => join(base, ...names)
const columns = ['a', 'b', 'c', 'd']
const samples = () => sampleFixture(planeRows(60, 4), { columns })
const small: TrainRequest = { data: { path: 'private/fixture.csv' }, epochs: 20, hidden: [8], bottleneck: 2 }

const train = (name: string, request: Partial<TrainRequest> = {}) =>
  inResultFolder(at(name), (folder) => trainModelFolder({ ...small, ...request }, samples(), { folder }))

beforeAll(async () => {
  await startEngine()
  base = mkdtempSync(join(tmpdir(), 'facet-file-'))
  await train('model')
  copyFileSync(at('model', fileNames.weights), at('renamed.bin'))
})
afterAll(() => rmSync(base, { recursive: true }))

async function reconstructed(path: string): Promise<number[][]> {
  const folder = await openModel(path)
  const rows: number[][] = []
  await makeRows(
    folder,
    itemsOfSamples(folder, samples()),
    reconstructionsOf(folder),
    (numbers) => void rows.push([...numbers]),
  )
  return rows
}

describe('a model file alone', () => {
  it('reconstructs as its folder does, wherever it is and whatever it is called', async () => {
    expect(await reconstructed(at('renamed.bin'))).toEqual(await reconstructed(at('model')))
  })

  it('says all that model.json says, but of paths only the name', async () => {
    const [file, folder] = [await openModel(at('renamed.bin')), await openModel(at('model'))]
    expect(file.config.settings.data.path).toBe('fixture.csv')
    const { files, settings, ...rest } = folder.config
    expect(Object.keys(files)).toHaveLength(3)
    const data = { ...settings.data, path: 'fixture.csv' }
    expect(file.config).toEqual({ ...rest, settings: { ...settings, data }, files: {} })
    expect(readFileSync(at('renamed.bin')).includes('private')).toBe(false)
  })

  it('has the errors of the held-out rows, from which its alarms come', async () => {
    const folder = await openModel(at('model'))
    const { heldOutErrors } = await folder.regions()
    const calibration = await (await openModel(at('renamed.bin'))).calibration()
    expect(calibration).toEqual(calibrate(heldOutErrors))
    expect(await folder.calibration()).toEqual(calibration)
    const { kind, calibrating, fenced } = folder.config.result.alarm!
    expect([kind, calibrating + fenced]).toEqual(['robust', 12])
  })

  it('is inspected without regions, which are in the folder, or on other rows', async () => {
    const folder = await openModel(at('renamed.bin'))
    const inspection = await inspectModel(folder, null)
    expect([inspection.seen, inspection.local, inspection.layers[0].liveUnits]).toEqual([null, null, null])
    expect(renderInspection(inspection, 80)).toContain('regions.npz of the folder')
    expect((await inspectModel(folder, samples())).seen).toMatchObject({ rows: 60 })
    await expect(folder.regions()).rejects.toThrow('regions.npz is in the folder of facet train')
  })

  it('is told from weights alone, from other files and from one that was changed', async () => {
    const { model, metadata, tensors } = loadModelFile(readFileSync(at('renamed.bin')))
    const cases: [Uint8Array, string][] = [
      [await saveModel(model), 'got the weights alone'],
      [Uint8Array.of(1, 2, 3), 'changed.bin: '],
      [
        await saveModel(model, { metadata: { ...metadata, 'facet.reading': '{' }, tensors }),
        'facet.reading: expected JSON',
      ],
      [
        await saveModel(model, { metadata: { ...metadata, 'facet.preparation': '{}' }, tensors }),
        'changed.bin: preparation: ',
      ],
    ]
    for (const [bytes, message] of cases) {
      writeFileSync(at('changed.bin'), bytes)
      await expect(openModel(at('changed.bin'))).rejects.toThrow(message)
    }
  })
})

const python = '/usr/bin/python3'
const hasNumPy = spawnSync(python, ['-c', 'import numpy']).status === 0

describe('the README of a model folder', () => {
  it('lists columns with ranges, files and activations, and is not written over where it is not ours', async () => {
    const readme = readFileSync(at('model', fileNames.readme), 'utf8')
    for (const text of ['| column', '| a', 'relu(a)', '`facet.calibration`']) expect(readme).toContain(text)
    expect(readme).not.toContain('private')
    await train('own')
    writeFileSync(at('own', fileNames.readme), 'mine')
    await inResultFolder(at('own'), (folder) =>
      trainModelFolder(small, samples(), { folder, overwrite: true }),
    )
    expect(readFileSync(at('own', fileNames.readme), 'utf8')).toBe('mine')
  })

  const cases: Record<string, Partial<TrainRequest>> = {
    'normalised by columns': {},
    'normalised row by row': { normalise: 'series', bottleneckActivation: 'leakyRelu' },
    'normalised by range': { normalise: 'range', bottleneckActivation: 'abs' },
    'not normalised': { normalise: 'none', bottleneckActivation: 'relu' },
  }
  for (const [name, request] of Object.entries(cases)) {
    it.skipIf(!hasNumPy)(`has lines for NumPy that reconstruct as Facet does: ${name}`, async () => {
      await train(name, request)
      const readme = readFileSync(at(name, fileNames.readme), 'utf8')
      const [, program] = /```python\n(.*?)```/s.exec(readme)!
      const rows = Array.from({ length: 60 }, (_, i) => [...samples().values.slice(4 * i, 4 * i + 4)])
      const script = `${program}\nprint(json.dumps(reconstruct(${JSON.stringify(rows)}).tolist()))`
      const found: number[][] = JSON.parse(
        execFileSync(python, ['-c', script], { cwd: at(name), encoding: 'utf8' }),
      )
      const own = await reconstructed(at(name))
      expect(Math.max(...found.flatMap((row, i) => row.map((x, j) => Math.abs(x - own[i][j]))))).toBeLessThan(
        1e-5,
      )
    })
  }
})

it('weights of one model with the description of another are refused', async () => {
  const { metadata, tensors } = loadModelFile(readFileSync(at('renamed.bin')))
  await train('narrow', { bottleneck: 1 })
  const { model } = await openModel(at('narrow'))
  writeFileSync(at('mixed.bin'), await saveModel(model, { metadata, tensors }))
  await expect(openModel(at('mixed.bin'))).rejects.toThrow('settings.bottleneck: expected 1')
})

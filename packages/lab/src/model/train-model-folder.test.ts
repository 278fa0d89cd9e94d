import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tensor } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { Interrupted, UsageError } from '../errors.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames } from './files.ts'
import type { ModelConfig } from './model-schema.ts'
import { openModelFolder } from './open-model-folder.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { resumeModelFolder, type TrainOptions, trainModelFolder } from './train-model-folder.ts'

beforeAll(() => startEngine())

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-model-'))
})
afterEach(() => rmSync(base, { recursive: true }))

const data = { path: 'fixture.csv', format: null, labels: null, array: null, sample: null }
const small: TrainRequest = { data, epochs: 6, batchSize: 8, hidden: [8], bottleneck: 2 }
const samples = () => sampleFixture(planeRows(30, 6))

const train = (name: string, request = small, options: Partial<TrainOptions> = {}, rows = samples()) =>
  inResultFolder(join(base, name), (folder) => trainModelFolder(request, rows, { folder, ...options }))

const resume = (name: string, rows = samples()) =>
  inResultFolder(join(base, name), (folder) => resumeModelFolder(rows, { folder }), '--resume')

const contentsOf = (name: string) =>
  Object.fromEntries(
    readdirSync(join(base, name)).map((file) => [file, readFileSync(join(base, name, file))]),
  )

/** Ends a training at an epoch, by the progress that it writes. */
function stopAt(epoch: number): Pick<TrainOptions, 'signal' | 'stream'> {
  const stop = new AbortController()
  const write = (text: string) => void (text.includes(`epoch ${epoch}/`) && stop.abort())
  return { signal: stop.signal, stream: { write } }
}

/** As the first release wrote it. */
const older = ({ preparation, ...config }: ModelConfig) => ({
  ...config,
  version: 1,
  normaliser: preparation.normaliser,
})

describe('a model folder', () => {
  it('holds the same bytes for the same samples and settings, and other bytes for another seed', async () => {
    await train('a')
    await train('b')
    await train('c', { ...small, seed: 1 })
    expect(contentsOf('a')).toEqual(contentsOf('b'))
    expect(contentsOf('c')[fileNames.weights]).not.toEqual(contentsOf('a')[fileNames.weights])
    expect(Object.keys(contentsOf('a')).sort()).toEqual(
      [fileNames.config, fileNames.weights, fileNames.log, fileNames.regions, fileNames.readme].sort(),
    )
  })

  it('is opened with what it was written from', async () => {
    const config = await train('a', small, {}, sampleFixture(planeRows(30, 6), { columns: [...'abcdef'] }))
    const { model, config: read, log, regions } = await openModelFolder(join(base, 'a'))
    expect(read).toEqual(JSON.parse(JSON.stringify(config)))
    expect([model.input, model.bottleneck]).toEqual([6, 2])
    expect(log().map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5])
    const { errors, heldOutErrors, rows, rarity } = await regions()
    expect([errors.length, heldOutErrors.length, rows.length, rarity.samples]).toEqual([24, 6, 24, 24])
    const { trainRows, validationRows, columnNames } = read.data
    expect({ trainRows, validationRows, columnNames }).toEqual({
      trainRows: 24,
      validationRows: 6,
      columnNames: [...'abcdef'],
    })
    expect(read.result.regions.joint).toBe(rarity.regions)
    const { bestEpoch, errors: found } = read.result
    expect(found.validation).toBeCloseTo(Math.min(...log().map(({ validation }) => validation!)), 6)
    expect(log()[bestEpoch! - 1].validation).toBeCloseTo(found.validation!, 6)
  })

  it('ends when patience is used up, with the weights of the best epoch, also after a break', async () => {
    const request = { ...small, epochs: 9, learningRate: 0.3, patience: 2 }
    const config = await train('a', request)
    expect(config.result.epochs).toBeLessThan(9)
    expect(config.result.epochs).toBe(config.result.bestEpoch! + 2)
    await expect(train('b', request, stopAt(2))).rejects.toThrow(Interrupted)
    await resume('b')
    expect(contentsOf('b')).toEqual(contentsOf('a'))
    await expect(train('c', { ...request, validation: 0 })).rejects.toThrow(
      '--patience: expected rows that are held out, got --validation 0',
    )
  })

  it('keeps learned generators, one entry for each objective', async () => {
    await train('a', {
      ...small,
      objectives: [{ name: 'reconstruction' }, { name: 'lieGroupFirstOrder', generators: 'lowRank:2' }],
    })
    const generators = (await openModelFolder(join(base, 'a'))).generators()
    expect(Object.keys(generators)).toEqual(['lieGroupFirstOrder'])
    expect(generators.lieGroupFirstOrder.shape).toEqual([2, 6, 6])
  })

  it('learns the generators that samples are moved along from the rows it trains on, and not without need', async () => {
    const along = (bank?: 'learned' | 'random', amplitude?: boolean) => ({
      ...small,
      objectives: [
        { name: 'reconstruction' as const },
        {
          name: 'lieGroupOrbit' as const,
          ...(bank && { bank }),
          ...(amplitude === undefined ? {} : { amplitude }),
        },
      ],
    })
    const kinds = [along(), along('learned'), along('random'), along('learned', false)]
    const configs = []
    for (const [i, request] of kinds.entries()) {
      await train(`bank ${i}`, request)
      configs.push((await openModelFolder(join(base, `bank ${i}`))).config)
    }
    expect(new Set(configs.map(({ result }) => result.errors.train)).size).toBe(kinds.length)
    expect(configs[3].settings.objectives[1]).toEqual({
      name: 'lieGroupOrbit',
      bank: 'learned',
      amplitude: false,
    })
  })

  it('is not written over unless that is asked for, and then leaves nothing of the old one', async () => {
    const withGenerators = [{ name: 'reconstruction' }, { name: 'lieGroupFirstOrder' }] as const
    await train('a', { ...small, objectives: withGenerators })
    await expect(train('a')).rejects.toThrow('holds a model: choose another folder, or --overwrite')
    await train('a', small, { overwrite: true })
    expect(readdirSync(join(base, 'a'))).not.toContain(fileNames.generators)
    await train('b')
    expect(contentsOf('a')).toEqual(contentsOf('b'))
  })

  it('is left as it was by settings that the samples do not allow', async () => {
    await train('a')
    const before = contentsOf('a')
    const cases: [Partial<TrainRequest>, string][] = [
      [{ bottleneck: 7 }, '--bottleneck: expected at most 6, the columns of fixture.csv, got 7'],
      [{ batchSize: 25 }, '--batch-size: expected at most 24, the rows trained on, got 25'],
      [{ objectives: [{ name: 'kSparse', kept: 3 }] }, "--kept: expected at most the bottleneck's 2, got 3"],
      [
        { objectives: [{ name: 'reconstruction' }, { name: 'lieGroupFirstOrder', generators: 'lowRank:7' }] },
        '--generators: expected a rank of at most 6',
      ],
    ]
    for (const [more, message] of cases) {
      const refused = train('a', { ...small, ...more }, { overwrite: true })
      await expect(refused).rejects.toThrow(message)
      await expect(refused).rejects.toBeInstanceOf(UsageError)
    }
    const constant = sampleFixture(
      tensor([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
      { name: 'flat.tsv' },
    )
    await expect(
      train('a', { data, normalise: 'series', bottleneck: 1 }, { overwrite: true }, constant),
    ).rejects.toThrow(
      '--normalise series: flat.tsv: expected training items that can be used, got none of 2; the first: expected a series that varies',
    )
    expect(contentsOf('a')).toEqual(before)
  })

  it('leaves a flat series out and counts it: the others are trained on', async () => {
    const series = Array.from({ length: 12 }, (_, i) => [1, 2, 1 + i / 7, 0])
    series[5] = [3, 3, 3, 3]
    const samples = sampleFixture(tensor(series), { name: 'flat.tsv' })
    await train('a', { data, normalise: 'series', bottleneck: 1, epochs: 1, batchSize: 4 }, {}, samples)
    const { config } = await openModelFolder(join(base, 'a'))
    expect(config.data).toMatchObject({
      unusable: 1,
      leftOut: [{ reason: 'expected a series that varies, got 4 values all equal to 3', count: 1 }],
    })
  })

  it.each([1, 3, 5])('interrupted after epoch %i is resumed to the same bytes', async (epoch) => {
    await train('straight')
    const interrupted = train('a', small, stopAt(epoch))
    await expect(interrupted).rejects.toBeInstanceOf(Interrupted)
    await expect(interrupted).rejects.toThrow(
      `interrupted after ${epoch} of 6 epochs; go on with: facet train`,
    )
    await expect(openModelFolder(join(base, 'a'))).rejects.toThrow(
      'its training is not finished: facet train',
    )
    await expect(train('a')).rejects.toThrow('holds an unfinished training: --resume goes on with it')
    await resume('a')
    expect(contentsOf('a')).toEqual(contentsOf('straight'))
  })

  it('is resumed from the beginning where it was stopped before the first checkpoint, or the log is torn', async () => {
    await train('straight')
    await expect(train('a', small, stopAt(2))).rejects.toThrow()
    rmSync(join(base, 'a', fileNames.checkpoint))
    await resume('a')
    await expect(train('b', small, stopAt(4))).rejects.toThrow()
    truncateSync(join(base, 'b', fileNames.log), 10)
    await resume('b')
    expect(contentsOf('a')).toEqual(contentsOf('straight'))
    expect(contentsOf('b')).toEqual(contentsOf('straight'))
  })

  it('is not resumed with other samples, nor where there is nothing to resume', async () => {
    await expect(train('a', small, stopAt(2))).rejects.toThrow()
    await expect(resume('a', sampleFixture(planeRows(30, 6, 1)))).rejects.toThrow(
      '--resume: fixture.csv does not hold the samples that this training was begun with',
    )
    await train('b')
    await expect(resume('b')).rejects.toThrow('holds a finished model: there is nothing to go on with')
    await expect(resume('c')).rejects.toThrow('holds no training: there is nothing to go on with')
    writeFileSync(join(base, 'a', fileNames.checkpoint), 'not one')
    await expect(resume('a')).rejects.toThrow(
      /checkpoint\.safetensors: .*; without that file the training begins anew/,
    )
  })
})

describe('a damaged model folder', () => {
  const opened = async (name: string) => {
    const folder = await openModelFolder(join(base, name))
    await folder.regions()
    folder.log()
  }

  it('names the file that is missing or damaged', async () => {
    await train('a')
    const path = (name: string) => join(base, 'a', name)
    for (const name of [fileNames.weights, fileNames.regions, fileNames.log]) {
      const bytes = readFileSync(path(name))
      writeFileSync(path(name), bytes.subarray(1))
      await expect(opened('a')).rejects.toThrow(
        `${path(name)}: damaged: expected ${bytes.length} bytes, found ${bytes.length - 1}`,
      )
      const flipped = Buffer.from(bytes)
      flipped[flipped.length - 1] ^= 1
      writeFileSync(path(name), flipped)
      await expect(opened('a')).rejects.toThrow(
        `${path(name)}: damaged: its checksum is not the one in model.json`,
      )
      rmSync(path(name))
      await expect(opened('a')).rejects.toThrow(`cannot read ${name}: there is no ${name}`)
      writeFileSync(path(name), bytes)
      await opened('a')
    }
  })

  it('names the field of model.json that is wrong', async () => {
    await train('a')
    const path = join(base, 'a', fileNames.config)
    const { crc32, ...config } = JSON.parse(readFileSync(path, 'utf8'))
    const wrong: [unknown, string][] = [
      [{ ...config, format: 'other' }, "format: expected 'facet.model', got 'other'"],
      [
        { ...config, version: 4 },
        'version: expected 1 or 2 or 3, got 4; written by another version of Facet',
      ],
      [
        { ...config, settings: { ...config.settings, epochs: 'six' } },
        'settings.epochs: expected a whole number',
      ],
      [
        { ...config, preparation: { ...config.preparation, normaliser: { kind: 'columns', means: [1] } } },
        'preparation: normaliser.means: expected a list of 6',
      ],
      [{ ...config, more: 1 }, 'model.json: '],
      [{ crc32, ...config }, 'damaged or edited: expected its checksum, crc32, in the second line'],
      [{ crc32, ...older(config) }, 'damaged or edited: expected its checksum'],
      [
        older({ ...config, data: { ...config.data, inputs: undefined, columns: 7 } }),
        'data.columns: expected 6, the inputs of the model, got 7',
      ],
    ]
    for (const [content, message] of wrong) {
      writeFileSync(path, JSON.stringify(content))
      await expect(opened('a')).rejects.toThrow(`${path}: ${message}`)
    }
    writeFileSync(path, '{"format"')
    await expect(opened('a')).rejects.toThrow(`${path}: expected JSON, got `)
    writeFileSync(path, '')
    await expect(opened('a')).rejects.toThrow('got an empty file')
    await expect(openModelFolder(join(base, 'none'))).rejects.toThrow(
      'there is no model.json; expected a folder of facet train',
    )
  })
})

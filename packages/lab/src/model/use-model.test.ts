import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Autoencoder,
  autoencoder,
  conv,
  dense,
  maxPool,
  reconstructionError,
  sequential,
} from '@facet/models'
import { key, rows, tensor, zeros } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { inspectModel } from './inspect.ts'
import type { LayerFacts } from './inspection.ts'
import { itemsOfSamples, samplesFor } from './new-samples.ts'
import { type ModelFolder, openModelFolder } from './open-model-folder.ts'
import { renderInspection } from './render-inspection.ts'
import { codesOf, makeRows, type RowMaker, reconstructionsOf } from './row-makers.ts'
import { percentile, type SampleScore, scoreAt } from './score.ts'
import { scoreFile, scoreModelOf } from './score-file.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { trainModelFolder } from './train-model-folder.ts'

let base: string
let folder: ModelFolder
const data = () => planeRows(300, 6)
const all = () => sampleFixture(data())

beforeAll(async () => {
  await startEngine()
  base = mkdtempSync(join(tmpdir(), 'facet-use-'))
  const request = { data: { path: 'fixture.csv' }, epochs: 60, hidden: [16], bottleneck: 2 }
  const objectives = [
    { name: 'reconstruction' },
    { name: 'lieGroupFirstOrder', generators: 'skewSymmetric' },
  ] as const
  await inResultFolder(join(base, 'model'), (into) =>
    trainModelFolder({ ...request, objectives }, all(), { folder: into }),
  )
  folder = await openModelFolder(join(base, 'model'))
})
afterAll(() => rmSync(base, { recursive: true }))

async function made(maker: RowMaker, samples = all()): Promise<number[][]> {
  const found: number[][] = []
  await makeRows(folder, itemsOfSamples(folder, samples), maker, (numbers) => void found.push([...numbers]))
  return found
}

const rules = { alpha: 0.01, fdr: null, by: 'max', explain: true, hasRegions: true } as const

async function scored(samples = all()): Promise<SampleScore[]> {
  const newItems = itemsOfSamples(folder, samples)
  const file = await scoreFile(await scoreModelOf(folder), 'a.csv', newItems, rules)
  return Array.from({ length: samples.count }, (_, i) => scoreAt(file, i))
}

it('a missing value that the training refused is refused, with the command that takes a rule for it', async () => {
  const path = join(base, 'new.csv')
  writeFileSync(path, '0,1,2,3,4,5\n,1,2,3,4,5\n')
  await expect(samplesFor(folder, path)).rejects.toThrow(
    'facet train with --missing drop|mean|median|interpolate says what becomes of them',
  )
})

describe('a model that was kept', () => {
  it('encodes and reconstructs row by row, in the units of the data', async () => {
    const codes = await made(codesOf(folder))
    expect([codes.length, codes[0].length]).toEqual([300, 2])
    const again = await made(reconstructionsOf(folder))
    const x = data().toArray() as number[][]
    const spread = Math.max(...x.flat().map(Math.abs))
    const errors = x.flatMap((row, n) => row.map((value, j) => (value - again[n][j]) ** 2))
    expect(errors.reduce((sum, e) => sum + e, 0) / errors.length).toBeLessThan(0.05 * spread)
    const alone = await made(codesOf(folder), sampleFixture(rows(data(), 299, 300)))
    // Products of one row are summed in another order than those of many.
    alone[0].forEach((value, i) => void expect(value).toBeCloseTo(codes[299][i], 5))
  })

  it('scores the training rows with the errors that it was kept with', async () => {
    const scores = await scored()
    const { rows: trained } = await folder.regions()
    const ofTrained = [...trained].map((row) => scores[row - 1])
    const mean = ofTrained.reduce((sum, { error }) => sum + error!, 0) / trained.length
    // Float32, and the products of a batch of one size may round otherwise than those of another.
    expect(Math.abs(mean / folder.config.result.errors.train - 1)).toBeLessThan(2 ** -23)
    expect(ofTrained.every(({ occupied, nearestUnits }) => occupied && nearestUnits === 0)).toBe(true)
    expect(Math.max(...ofTrained.map(({ percentile }) => percentile!))).toBe(100)
    const heldOut = scores.filter(({ row }) => !trained.includes(row))
    expect(Math.max(...heldOut.map(({ heldOutPercentile }) => heldOutPercentile!))).toBe(100)
  })

  it('finds rows off the plane more unusual than those on it, by error and by region', async () => {
    const usual = await scored(sampleFixture(planeRows(100, 6, 1)))
    const strange = await scored(
      sampleFixture(
        tensor(
          Array.from({ length: 100 }, (_, n) =>
            Array.from({ length: 6 }, (_, j) => 4 * Math.sin(n * (j + 1) + j)),
          ),
        ),
      ),
    )
    const mean = (scores: SampleScore[], of: 'error' | 'rarity' | 'nearestUnits') =>
      scores.reduce((sum, score) => sum + score[of]!, 0) / scores.length
    expect(mean(strange, 'error')).toBeGreaterThan(5 * mean(usual, 'error'))
    expect(mean(strange, 'rarity')).toBeGreaterThan(mean(usual, 'rarity'))
    expect(mean(strange, 'nearestUnits')).toBeGreaterThan(mean(usual, 'nearestUnits'))
  })

  it('tells what share of ascending values is at most another', () => {
    const values = Float64Array.of(1, 2, 2, 4)
    expect([0, 1, 2, 3, 4, 9].map((value) => percentile(values, value))).toEqual([0, 25, 75, 75, 100, 100])
  })

  it('is inspected on its training rows, or on others', async () => {
    const own = await inspectModel(folder, null)
    expect(own.layers.map(({ name, kind, inputs, text }) => [name, kind, inputs, text])).toEqual([
      ['encoder.0', 'dense', [6], '16(relu)'],
      ['encoder.1', 'dense', [16], expect.stringMatching(/^2\(/)],
      ['decoder.0', 'dense', [2], '16(relu)'],
      ['decoder.1', 'dense', [16], '16(relu)'],
      ['decoder.2', 'dense', [16], '6(identity)'],
    ])
    expect(own.parameters).toBe(own.layers.reduce((sum, { parameters }) => sum + parameters, 0))
    expect(own.seen).toMatchObject({ rows: 240, regions: folder.config.result.regions })
    expect(own.local!.rank).toMatchObject({ median: 2, largest: 2 })
    expect(own.generators.lieGroupFirstOrder.map(({ skewShare }) => skewShare)).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(1, 6),
    ])
    const other = await inspectModel(folder, sampleFixture(zeros([3, 6]), { name: 'zeros.npy' }))
    expect(other.seen).toMatchObject({ name: 'zeros.npy', rows: 3 })
    expect(other.seen!.regions).toEqual({ encoder: 1, decoder: 1, joint: 1 })
  })

  it('is inspected with what is inside its residual layers, if it has any', async () => {
    const data = planeRows(60, 6, 3)
    const model = autoencoder({
      input: 6,
      bottleneck: 2,
      encoderHidden: [8],
      decoderHidden: [8],
      skip: 'pca',
      data,
    })
    const inspection = await inspectModel({ ...folder, model }, sampleFixture(data))
    const { layers, parameters, local } = inspection
    const line = ({ name, kind, inputs, outputs, layers = [] }: LayerFacts): string[] => [
      `${name} ${kind} ${inputs}-${outputs}`,
      ...layers.flatMap(line),
    ]
    expect(layers.flatMap(line)).toEqual([
      'encoder.0 shift 6-6',
      'encoder.1 residual 6-2',
      'encoder.1.0 dense 6-8',
      'encoder.1.1 dense 8-2',
      'encoder.1.skip skip 6-2',
      'decoder.0 residual 2-6',
      'decoder.0.0 dense 2-8',
      'decoder.0.1 dense 8-6',
      'decoder.0.skip skip 2-6',
      'decoder.1 shift 6-6',
    ])
    const text = renderInspection(inspection, 80)
    expect(text).toMatch(/^encoder\.1 +6 → 2 +residual +86 +2 of 2$/m)
    expect(text).toMatch(/^ {2}encoder\.1\.0 +6 → 8 +dense 8\(relu\) +56 +\d of 8$/m)
    expect(text).toMatch(/^ {2}encoder\.1\.skip +6 → 2 +skip +12 +2 of 2$/m)
    expect(parameters).toBe(layers.reduce((sum, layer) => sum + layer.parameters, 0))
    expect(local!.rank).toMatchObject({ smallest: 2, largest: 2 })
  })

  it('is inspected with its convolutions and pooling, if it has any', async () => {
    const data = planeRows(60, 6, 3)
    const encoder = sequential({
      name: 'encoder',
      key: key(0),
      input: [1, 2, 3],
      layers: [conv({ channels: 2, padding: 1 }), maxPool({ size: 2, stride: 1 }), dense({ units: 2 })],
    })
    const decoder = sequential({ name: 'decoder', key: key(1), input: [2], layers: [dense({ units: 6 })] })
    const model = new Autoencoder(encoder, decoder)
    const inspection = await inspectModel({ ...folder, model }, sampleFixture(data))
    expect(inspection.layers.slice(0, 2)).toMatchObject([
      { kind: 'conv', text: 'conv 2@3×3(relu)', inputs: [1, 2, 3], outputs: [2, 2, 3], parameters: 20 },
      { kind: 'maxPool', text: 'maxPool 2×2', outputs: [2, 1, 2], parameters: 0, liveUnits: 4 },
    ])
    const text = renderInspection(inspection, 80)
    expect(text).toMatch(/^encoder\.0 +1×2×3 → 2×2×3 +conv 2@3×3\(relu\) +20 +\d+ of 12$/m)
    expect(text).toMatch(/^encoder\.1 +2×2×3 → 2×1×2 +maxPool 2×2 +0 +4 of 4$/m)
  })

  it('shows an inspection within the width of the terminal', async () => {
    const inspection = await inspectModel(folder, null)
    const text = renderInspection(inspection, 80)
    expect(text).toContain('lieGroupFirstOrder 1')
    expect(text).toMatch(/loss +[▁▂▃▄▅▆▇█]+ {2}\S+ → \S+/)
    expect(text.split('\n').filter((line) => line.length > 80 && !line.includes(base))).toEqual([])
  })

  it('has the error of the model on whatever rows it is shown', async () => {
    const samples = sampleFixture(planeRows(50, 6, 2))
    const { seen } = await inspectModel(folder, samples)
    const scores = await scored(samples)
    expect(seen!.error).toBeCloseTo(scores.reduce((sum, { error }) => sum + error!, 0) / 50, 12)
    expect(reconstructionError(folder.model, zeros([1, 6]))).not.toBe(seen!.error)
  })
})

import {
  autoencoder,
  defaultBatchSize,
  defaultBottleneck,
  defaultEpochs,
  formatArchitecture,
} from '@facet/models'
import { init, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { completeSettings, heldOut, preparationSettings, type TrainRequest } from './defaults.ts'
import { sampleFixture } from './testing/sample-fixtures.ts'
import { trainerOf } from './train-model.ts'
import type { TrainingSet } from './training-set.ts'

beforeAll(() => init())

const settingsOf = (
  rows: number,
  columns: number,
  more: Parameters<typeof sampleFixture>[1] = {},
  said: Partial<TrainRequest> = {},
) => {
  const request = { data: { path: 'a.csv' }, ...said }
  const prepared = preparationSettings(request, sampleFixture(zeros([rows, columns]), more))
  return completeSettings(request, prepared, {
    train: zeros([rows - heldOut(rows, prepared.validation), columns]),
  })
}

describe('what is not said', () => {
  it('is chosen for thirty rows and for sixty thousand', () => {
    const small = settingsOf(30, 128)
    expect(small).toMatchObject({ bottleneck: 10, batchSize: 16, epochs: 1000, validation: 0.2 })
    expect(small).toMatchObject({ hidden: [64, 64], decoderHidden: [64, 64, 64] })
    expect(settingsOf(60000, 20)).toMatchObject({ bottleneck: 10, batchSize: 128, epochs: 13 })
  })

  it.each([1, 2, 7, 16, 128])('makes of %i columns the model that the library makes', (columns) => {
    const settings = settingsOf(30, columns)
    const set = { train: zeros([24, columns]), validation: null, image: null } as unknown as TrainingSet
    const { model, trainer } = trainerOf(settings, set, null)
    trainer.release()
    const own = autoencoder({ input: columns, bottleneck: defaultBottleneck(columns) })
    expect(formatArchitecture(model)).toBe(formatArchitecture(own))
    expect(model.parameters.map(({ value }) => value.toArray())).toEqual(
      own.parameters.map(({ value }) => value.toArray()),
    )
  })

  it('never asks for a batch larger than the rows, or more units than columns', () => {
    expect([1, 5, 100, 2000, 8000, 50000, 1e7].map(defaultBatchSize)).toEqual([1, 5, 16, 16, 64, 128, 128])
    expect(defaultEpochs(1e7, 128)).toBe(10)
    expect(settingsOf(1, 4)).toMatchObject({ validation: 0, batchSize: 1 })
    expect(settingsOf(2, 4)).toMatchObject({ validation: 0.2, batchSize: 1 })
  })

  it('normalises series by themselves, pixels by their range, tables by columns', () => {
    const labels = new Int32Array(5)
    expect(settingsOf(5, 4).normalise).toBe('columns')
    expect(settingsOf(5, 4, { labels }).normalise).toBe('columns')
    expect(settingsOf(5, 4, { labels, format: 'ucr' }).normalise).toBe('series')
    expect(settingsOf(5, 4, { labels, image: { height: 2, width: 2, channels: 1 } }).normalise).toBe('range')
  })

  it('keeps half of the bottleneck under kSparse', () => {
    const asked = settingsOf(5, 10, {}, { objectives: [{ name: 'kSparse' }] })
    expect(asked.objectives).toEqual([{ name: 'kSparse', kept: 3 }])
    const given = settingsOf(5, 10, {}, { objectives: [{ name: 'kSparse', kept: 1 }] })
    expect(given.objectives).toEqual([{ name: 'kSparse', kept: 1 }])
  })
})

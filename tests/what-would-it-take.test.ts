import { concat, neg, rows } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { experimentFrom } from '../packages/lab/src/document/experiment-from.ts'
import { startEngine } from '../packages/lab/src/engine.ts'
import { loadSet } from '../packages/lab/src/sets/data-sets.ts'
import { runModel } from '../packages/lab/src/studies/paper-table/run.ts'
import type { ReproduceSettings } from '../packages/lab/src/studies/paper-table/settings.ts'
import { compared, factorOff, firstEpochBelow, nearestFirst } from '../scripts/what-would-it-take/compare.ts'
import {
  combinedReadings,
  protocol,
  type Scaling,
  singleReadings,
} from '../scripts/what-would-it-take/readings.ts'
import { type Course, courseOf, errorOf } from '../scripts/what-would-it-take/train.ts'

beforeAll(() => startEngine())

describe('a reading', () => {
  const source = { data: null, seed: 0, samples: 40 }

  it('that is the protocol has the test error of facet reproduce, to the bit', async () => {
    const settings = experimentFrom({
      experiment: 'reproduce',
      ...{ sets: ['CBF'], models: ['ae'], runs: 2, epochs: 3, samples: source.samples },
    }).settings as ReproduceSettings
    const { testError, epochs } = await runModel(
      settings,
      { set: 'CBF', model: 'ae', value: null, run: 1 },
      () => {},
    )
    const course = await courseOf(
      await loadSet('CBF', source),
      protocol.training,
      { model: 'ae', value: null },
      { run: 1, seed: 0, epochs: 3 },
    )
    expect(errorOf({ ...protocol, epochs: 3 }, course)).toBe(testError)
    expect(course.meanSquare).toEqual(epochs.map(({ test }) => test))
  })

  it('of fewer epochs is the beginning of a longer one', async () => {
    const set = await loadSet('CBF', source)
    const column = { model: 'ae', value: null } as const
    const [short, long] = await Promise.all(
      [2, 4].map((epochs) => courseOf(set, protocol.training, column, { run: 0, seed: 0, epochs })),
    )
    expect(long.meanSquare.slice(0, 2)).toEqual(short.meanSquare)
    expect(long.validation!.slice(0, 2)).toEqual(short.validation)
  })

  it('that divides by n has errors that are d / (d − 1) times as large at the first look', async () => {
    const set = await loadSet('CBF', source)
    const column = { model: 'ae', value: null } as const
    // Too slow to learn anything: the error is that of the samples' size.
    const courses = await Promise.all(
      (['sample', 'population'] as const).map((normalisation) =>
        courseOf(set, { ...protocol.training, learningRate: 1e-12, normalisation }, column, {
          run: 0,
          seed: 0,
          epochs: 1,
        }),
      ),
    )
    const [sample, population] = courses.map(({ meanSquare }) => meanSquare[0])
    expect(population / sample).toBeCloseTo(128 / 127, 2)
  })

  it('that holds out the end of the file learns nothing of it', async () => {
    const { train, test } = await loadSet('CBF', source)
    const other = concat([rows(train, 0, 24), neg(rows(train, 24, 30))], 0)
    const training = { ...protocol.training, heldOut: 'last' } as const
    const column = { model: 'ae', value: null } as const
    const [course, same] = await Promise.all(
      [train, other].map((part) =>
        courseOf({ train: part, test }, training, column, { run: 0, seed: 0, epochs: 2 }),
      ),
    )
    expect(same.meanSquare).toEqual(course.meanSquare)
    expect(same.validation).not.toEqual(course.validation)
  })

  it('that holds nothing out has no validation error, and learns from every sample', async () => {
    const { train, test } = await loadSet('CBF', source)
    const training = { ...protocol.training, heldOut: 'none' } as const
    const column = { model: 'ae', value: null } as const
    const course = await courseOf({ train, test }, training, column, { run: 0, seed: 0, epochs: 2 })
    expect(course.validation).toBeNull()
    const other = concat([rows(train, 0, 29), neg(rows(train, 29, 30))], 0)
    const { meanSquare } = await courseOf({ train: other, test }, training, column, {
      run: 0,
      seed: 0,
      epochs: 2,
    })
    expect(meanSquare).not.toEqual(course.meanSquare)
  })

  const course: Course = {
    validation: [0.5, 0.2, 0.3],
    meanSquare: [0.49, 0.25, 0.16],
    absolute: [0.6, 0.4, 0.3],
    rootPerSample: [0.65, 0.45, 0.35],
    length: 100,
  }

  it.each([
    ['the best validation epoch', { epochs: 3 }, 0.25],
    ['the best of the first epochs alone', { epochs: 1 }, 0.49],
    ['the last epoch', { epochs: 3, epoch: 'last' as const }, 0.16],
  ])('tells the error of %s', (_, own, error) => {
    expect(errorOf({ ...protocol, ...own }, course)).toBe(error)
  })

  it('without a validation part tells the error of its last epoch', () => {
    expect(errorOf({ ...protocol, epochs: 2 }, { ...course, validation: null })).toBe(0.25)
  })

  it.each<[Scaling, number]>([
    ['half', 0.125],
    ['rootMeanSquare', 0.5],
    ['rootPerSample', 0.45],
    ['absolute', 0.4],
    ['summed', 25],
  ])('tells the error as %s', (scaling, error) => {
    expect(errorOf({ ...protocol, epochs: 3, scaling }, course)).toBeCloseTo(error, 12)
  })

  it('has a name of its own', () => {
    const names = [...singleReadings, ...combinedReadings].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('readings beside the paper', () => {
  it('differ by percent of its figure and by its deviations', () => {
    const { mean, std, percent, deviations } = compared([0.5, 0.7], { mean: 50, std: 2 })
    expect(mean).toBeCloseTo(60, 12)
    expect(std).toBeCloseTo(Math.sqrt(200), 12)
    expect(percent).toBeCloseTo(20, 12)
    expect(deviations).toBeCloseTo(5, 12)
  })

  it('are as far off at half as at twice, over sets in geometric mean', () => {
    expect(factorOff([{ percent: 100 }])).toBeCloseTo(2, 12)
    expect(factorOff([{ percent: -50 }])).toBeCloseTo(2, 12)
    expect(factorOff([{ percent: -50 }, { percent: 700 }])).toBeCloseTo(4, 12)
    expect(factorOff([{ percent: 0 }])).toBe(1)
  })

  it('are told from the nearest on', () => {
    const readings = [
      { name: 'a', factor: 2 },
      { name: 'b', factor: 1.1 },
      { name: 'c', factor: 2 },
    ]
    expect(nearestFirst(readings).map(({ name }) => name)).toEqual(['b', 'a', 'c'])
  })

  it('reach its figure at the first epoch whose mean over runs is at most that', () => {
    const courses = [
      [0.9, 0.5, 0.1],
      [0.9, 0.7, 0.1],
    ]
    expect(firstEpochBelow(courses, 60)).toBe(2)
    expect(firstEpochBelow(courses, 5)).toBeNull()
  })
})

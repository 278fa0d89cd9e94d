import { expect, it } from 'vitest'
import { gridLabel, gridTasks, valuesOf } from './grid.ts'

const settings = {
  sets: ['CBF', 'SyntheticControl'],
  models: ['ae', 'denoising', 'higherOrderContractive', 'lieGroupFirstOrder', 'lieGroupSecondOrder'],
  runs: 2,
  candidates: {
    denoising: [0.1],
    contractive: [0.01],
    higherOrderContractive: [0.01],
    lieGroupFirstOrder: [0.01, 1],
    lieGroupSecondOrder: [0.01],
  },
  seed: 0,
  data: null,
  samples: null,
} as const

it('plans a task for every set, model, candidate and run', () => {
  const tasks = gridTasks(settings)
  // Per set: five models with one candidate and one more for the first-order model, two runs each.
  expect(tasks).toHaveLength(2 * 6 * 2)
  const labels = tasks.map(gridLabel)
  expect(new Set(labels).size).toBe(tasks.length)
  expect(labels[0]).toBe('CBF · AE · run 1')
  expect(labels[7]).toBe('CBF · Lie 1st · λ 0.01 · run 2')
})

it('trains a model without a hyper-parameter once a run, and one without values not at all', () => {
  expect(valuesOf(settings, 'ae')).toEqual([null])
  expect(valuesOf(settings, 'lieGroupFirstOrder')).toEqual([0.01, 1])
  expect(valuesOf(settings, 'mixup')).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { choicesPerRun, chooseAll, testErrorsOf } from './choose.ts'
import type { GridOutcome, GridSettings, GridTask } from './grid.ts'
import type { Finished } from './study.ts'

const settings: GridSettings = {
  sets: ['CBF'],
  models: ['lieGroupFirstOrder'],
  runs: 2,
  candidates: { lieGroupFirstOrder: [0.01, 1] },
  seed: 0,
  data: null,
  samples: null,
}
const versions = { facet: '1', node: 'v1', platform: 'linux x64' }

const run = (
  value: number,
  index: number,
  testError: number,
  validationError: number,
): Finished<GridTask, GridOutcome> => ({
  kind: 'run',
  task: { set: 'CBF', model: 'lieGroupFirstOrder', value, run: index },
  outcome: { testError, validationError, bestEpoch: 0 },
  versions,
})

const failed = (value: number, index: number): Finished<GridTask, GridOutcome> => {
  const { outcome: _, ...rest } = run(value, index, 0, 0)
  return { ...rest, error: 'expected a finite loss' }
}

describe('a cell of the table', () => {
  it('is the candidate of lowest mean validation error, whatever its test error', () => {
    const [cell] = chooseAll(settings, [
      run(0.01, 0, 0.1, 0.5),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      run(1, 1, 0.8, 0.4),
    ])
    expect(cell.chosen).toBe(1)
    expect(testErrorsOf(cell)).toEqual([0.9, 0.8])
    expect(cell.candidates.map(({ value, validationError }) => ({ value, validationError }))).toEqual([
      { value: 0.01, validationError: 0.4 },
      { value: 1, validationError: expect.closeTo(0.3) },
    ])
  })

  it('passes over a candidate of which a run failed', () => {
    const [cell] = chooseAll(settings, [
      run(0.01, 0, 0.1, 0.5),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      failed(1, 1),
    ])
    expect(cell.chosen).toBe(0.01)
    expect(cell.errors).toEqual(['expected a finite loss'])
  })

  it('has no value and no errors where every candidate has a failed run', () => {
    const [cell] = chooseAll(settings, [
      failed(0.01, 0),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      failed(1, 1),
    ])
    expect(cell.chosen).toBeNull()
    expect(testErrorsOf(cell)).toEqual([])
    expect(choicesPerRun(cell)).toEqual([])
  })

  it('keeps runs in their order, in whatever order they finished', () => {
    const inOrder = [run(0.01, 0, 0.1, 0.1), run(0.01, 1, 0.2, 0.2), run(1, 0, 0.3, 0.3), run(1, 1, 0.4, 0.4)]
    expect(chooseAll(settings, inOrder.toReversed())).toEqual(chooseAll(settings, inOrder))
    expect(testErrorsOf(chooseAll(settings, inOrder.toReversed())[0])).toEqual([0.1, 0.2])
  })

  it('tells what each run alone would have chosen', () => {
    const [cell] = chooseAll(settings, [
      run(0.01, 0, 0.1, 0.5),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      run(1, 1, 0.8, 0.4),
    ])
    expect(choicesPerRun(cell)).toEqual([
      { value: 1, testError: 0.9 },
      { value: 0.01, testError: 0.1 },
    ])
  })
})

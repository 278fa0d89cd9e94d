import { describe, expect, it } from 'vitest'
import { type FinishedRun, makeCells } from './cells.ts'
import { cellDiagnostics } from './diagnostics.ts'
import { outcome, settings } from './testing/made-up-report.ts'

const only = { ...settings, sets: ['CBF'], models: ['lieGroupFirstOrder'] as const }

const run = (value: number, index: number, test: number, validation: number): FinishedRun => ({
  task: { settings: only, set: 'CBF', model: 'lieGroupFirstOrder', value, run: index },
  outcome: outcome(test, validation),
})

describe('a cell of the table', () => {
  it('is the candidate of lowest mean validation error, whatever its test error', () => {
    const finished = [
      run(0.01, 0, 0.1, 0.5),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      run(1, 1, 0.8, 0.4),
    ]
    const [cell] = makeCells(only, finished)
    expect(cell.chosen).toBe(1)
    expect(cell.outcomes.map(({ testError }) => testError)).toEqual([0.9, 0.8])
    expect(cell.candidates).toEqual([
      { value: 0.01, validationError: 0.4 },
      { value: 1, validationError: expect.closeTo(0.3) },
    ])
  })

  it('passes over a candidate of which a run failed', () => {
    const failed: FinishedRun = { ...run(1, 1, 0, 0), outcome: undefined, error: 'expected a finite loss' }
    const [cell] = makeCells(only, [
      run(0.01, 0, 0.1, 0.5),
      run(0.01, 1, 0.1, 0.3),
      run(1, 0, 0.9, 0.2),
      failed,
    ])
    expect(cell.chosen).toBe(0.01)
    expect(cell.errors).toEqual(['expected a finite loss'])
  })

  it('averages the diagnostics over its runs and leaves out those that its model has not', () => {
    const [cell] = makeCells(only, [run(0.01, 0, 0.1, 0.5), run(0.01, 1, 0.1, 0.3)])
    expect(cellDiagnostics(cell)).toEqual({ liveUnits: 9, unexplained: null, withoutNeighbour: null })
  })
})

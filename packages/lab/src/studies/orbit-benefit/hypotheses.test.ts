import { describe, expect, it } from 'vitest'
import type { ModelName } from '../../objectives.ts'
import { htmlTableOf } from '../../report/table.ts'
import type { GridTask } from '../../study/grid.ts'
import { findingsOf, type HypothesisFinding } from './hypotheses.ts'
import { hypothesesTable } from './hypotheses-table.ts'
import { orbitBenefit } from './orbit-benefit.ts'
import type { BenefitOutcome } from './outcome.ts'
import type { BenefitReport } from './report.ts'
import { finishedOf, settingsOf, sizesOf } from './testing/fixture.ts'

const twelve = [
  ...['Trace', 'CBF', 'FaceFour', 'FiftyWords', 'InsectWingbeatSound', 'WordSynonyms'],
  ...['SyntheticControl', 'ECG5000', 'ShapesAll', 'Haptics', 'Wine', 'Earthquakes'],
]

const trained: readonly ModelName[] = [
  ...([
    'ae',
    'lieGroupOrbit',
    'learnedOrbit',
    'randomOrbit',
    'wrongOrderOrbit',
    'learnedOrderOrbit',
  ] as const),
  ...(['neighbourDifference', 'mixup', 'denoising', 'weightDecay'] as const),
]

interface Made {
  readonly error: number
  /** Share of the classes that codes tell. */
  readonly accuracy?: number
}

/** A study whose errors are made, all candidates of a model alike; every run has a level of its own. */
function studyOf(
  make: (set: string, model: ModelName, run: number) => Made,
  { sets = twelve, models = trained } = {},
): BenefitReport {
  const settings = settingsOf({ sets: [...sets], models: [...models] })
  const finished = finishedOf(settings).map((one) => {
    if (one.kind !== 'run') return one
    const { set, model, run } = one.task as GridTask
    const { error, accuracy = 0.8 } = make(set, model, run)
    const before = one.outcome as BenefitOutcome
    const testError = (1 + 0.1 * run) * error
    const abilities = before.abilities && {
      ...before.abilities,
      linearAccuracy: accuracy,
      nearestAccuracy: accuracy,
    }
    return { ...one, outcome: { ...before, testError, validationError: testError, abilities } }
  })
  return orbitBenefit.report(settings, sizesOf(settings), finished)
}

const finding = (report: BenefitReport, id: string): HypothesisFinding =>
  findingsOf(report).find((one) => one.id === id)!

describe('the hypotheses of learned generators', () => {
  const isLearned = (model: ModelName) => model === 'learnedOrbit' || model === 'learnedOrderOrbit'
  const plain = studyOf((_, model) => ({ error: isLearned(model) ? 0.2 : 0.3 }))

  it('hold where every set and run says so, with the smallest p that so many runs and sets have', () => {
    const { sets, held, needed, stands, p } = finding(plain, 'H1')
    expect({ held, needed, stands, p }).toEqual({ held: 12, needed: 8, stands: true, p: [2 / 4096] })
    expect(sets[0]).toMatchObject({ set: 'Trace', wins: 8, runs: 8, holds: true, p: (12 * 2) / 256 })
    expect(sets[0].effects[0]).toBeCloseTo(-1 / 3, 12)
  })

  it('ask the order of the ten series that were named beforehand alone, and of a random order the contrary', () => {
    expect(finding(plain, 'H3')).toMatchObject({ held: 10, needed: 6, stands: true })
    expect(finding(plain, 'H3').sets.map(({ set }) => set)).toEqual(twelve.slice(0, 10))
    expect(finding(plain, 'H3, null')).toMatchObject({ held: 0, stands: false })
  })

  it('count a set only where each control loses in seven of eight runs', () => {
    const lost = (runs: number) =>
      finding(
        studyOf((set, model, run) => ({
          error: isLearned(model) ? 0.2 : set === 'CBF' && model === 'mixup' && run < runs ? 0.1 : 0.3,
        })),
        'H1',
      )
    expect(lost(1).held).toBe(12)
    expect(lost(2).held).toBe(11)
    expect(lost(2).sets[1]).toMatchObject({ set: 'CBF', wins: 6, holds: false })
  })

  it('do not stand on seven of twelve sets', () => {
    const good = twelve.slice(0, 7)
    const some = studyOf((set, model) => ({ error: isLearned(model) && good.includes(set) ? 0.2 : 0.3 }))
    expect(finding(some, 'H1')).toMatchObject({ held: 7, stands: false })
  })

  it('take an error of up to 1.02 times that with given generators for as good', () => {
    const with2 = (factor: number) =>
      finding(
        studyOf((_, model) => ({ error: model === 'lieGroupOrbit' ? 0.2 : 0.2 * factor })),
        'H2',
      ).held
    expect([with2(1.019), with2(1.021)]).toEqual([12, 0])
  })

  it('let the null stand where p over sets is at least 0.05, and fall where all sets lean one way', () => {
    const even = studyOf((set, model) => ({
      error: model === 'randomOrbit' ? 0.3 : twelve.indexOf(set) % 2 === 0 ? 0.29 : 0.31,
    }))
    expect(finding(even, 'H4, null').stands).toBe(true)
    expect(finding(plain, 'H4, null')).toMatchObject({ stands: false, p: [2 / 4096] })
  })

  it('let the null fall by one of a few sets, of which p over sets can say nothing', () => {
    const few = (error: number) =>
      finding(
        studyOf((_, model) => ({ error: model === 'randomOrbit' ? error : 0.3 }), { sets: ['Dots'] }),
        'H4, null',
      )
    expect(few(0.31)).toMatchObject({ stands: false, p: [1] })
    expect(few(0.3)).toMatchObject({ stands: true, p: [1] })
  })

  it('ask both accuracies of the codes', () => {
    const accuracyOf = (accuracy: number) =>
      finding(
        studyOf((_, model) => ({ error: 0.3, accuracy: model === 'learnedOrbit' ? accuracy : 0.8 })),
        'H5',
      )
    expect(accuracyOf(0.8)).toMatchObject({ held: 12, stands: true })
    expect(accuracyOf(0.79)).toMatchObject({ held: 0, stands: false })
    expect(accuracyOf(0.79).sets[0].effects).toEqual([expect.closeTo(-0.01, 9), expect.closeTo(-0.01, 9)])
  })

  it('leave out what the models that were trained cannot answer', () => {
    const few = studyOf(() => ({ error: 0.3 }), { models: ['ae', 'learnedOrbit', 'randomOrbit'] })
    expect(findingsOf(few).map(({ id }) => id)).toEqual(['H4, null', 'H5'])
    expect(findingsOf(studyOf(() => ({ error: 0.3 }), { models: ['ae', 'mixup'] }))).toEqual([])
    expect(hypothesesTable(studyOf(() => ({ error: 0.3 }), { models: ['ae', 'mixup'] }))).toBe(null)
  })

  it('stand in the table of the terminal, on the page and in the lines of the results', () => {
    const { text, summary } = orbitBenefit
    expect(JSON.stringify(text(plain))).toContain(
      'H1: holds: on 12 of 12 sets, 8 needed; over sets p < 0.001',
    )
    expect(String(htmlTableOf(hypothesesTable(plain)!))).toContain(
      'beats each control in at least 7 of 8 runs',
    )
    const lines = (summary(plain) as { kind: string; id?: string; model: string }[]).filter(
      ({ kind }) => kind === 'hypothesis',
    )
    expect(lines.map(({ id, model }) => `${model} ${id}`)).toContain('learnedOrbit H5')
  })
})

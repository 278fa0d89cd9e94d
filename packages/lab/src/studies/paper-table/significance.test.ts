import { describe, expect, it } from 'vitest'
import { plainReport } from '../../text/report-text.ts'
import { paperTable } from './paper-table.ts'
import { rankingsOf, tiedGroups } from './ranking.ts'
import { rankingChart } from './ranking-chart.ts'
import type { PaperReport } from './report.ts'
import { fewestPairs, runsTests, setsTests } from './significance.ts'
import { outcome, reportOf, reproduceSettings } from './testing/fixtures.ts'
import { runsVerdict, setsVerdict } from './tests-table.ts'

const size = { train: 24, validation: 6, test: 100, length: 16 }

/** A report of the test errors that `errorOf` gives; a model fails where it gives none. */
function made(
  sets: readonly string[],
  runs: number,
  errorOf: (set: number, model: string, run: number) => number | null,
): PaperReport {
  const settings = reproduceSettings({
    sets: [...sets],
    runs,
    models: ['ae', 'denoising', 'lieGroupFirstOrder'] as never,
  })
  return reportOf(
    settings,
    Object.fromEntries(sets.map((set) => [set, size])),
    ({ set, model, run }) => {
      const error = errorOf(sets.indexOf(set), model, run)
      return error === null ? 'expected a finite loss, got NaN' : outcome(error)
    },
    () => 'no such file',
  )
}

const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const three = ['ae', 'denoising', 'lieGroupFirstOrder']

/** Denoising is better by another share on every set, the first order on every second one. */
const steady = (set: number, model: string, run: number): number =>
  0.4 +
  0.01 * run -
  (model === 'denoising' ? 0.01 * (set + 1) : model === 'ae' ? 0 : set % 2 ? 0.045 : -0.011)

describe('tests against AE', () => {
  it('pairs the runs of each set and corrects for the number of all comparisons', () => {
    const tests = runsTests(made(eight, 3, steady))
    expect(tests).toHaveLength(16)
    for (const { signFlip, corrected } of tests) expect([signFlip, corrected]).toEqual([0.25, 1])
  })

  it('takes one change a set, and corrects for the number of models', () => {
    const [denoising, lie] = setsTests(made(eight, 3, steady))
    // All eight changes on one side: 2 of 2^8 patterns; corrected for two models.
    expect(denoising).toMatchObject({ model: 'denoising', sets: 8, lower: 8, p: 2 / 256, corrected: 4 / 256 })
    expect(denoising.change).toBeCloseTo(-0.045 / 0.41, 12)
    expect(lie).toMatchObject({ sets: 8, lower: 4 })
    expect(lie.corrected).toBe(lie.p)
  })

  it('says that no number of so few runs can be significant, and how many it takes', () => {
    const report = made(eight, 3, steady)
    expect(runsVerdict(report)).toBe(
      '3 runs cannot give p below 0.250 (1.000 corrected for 16 comparisons), so none can be significant at 0.05; that takes 6 runs for one comparison, 10 for 16',
    )
    expect(plainReport(paperTable.text(report), 400)).toContain('3 runs cannot give p below 0.250')
    expect(setsVerdict(report)).toBe('denoising differs from AE at 0.05')
    expect([fewestPairs(1), fewestPairs(16), fewestPairs(60)]).toEqual([6, 10, 12])
  })

  it('counts what is significant where there are runs enough', () => {
    const report = made(['a'], 8, steady)
    expect(runsVerdict(report)).toBe('2 of 2 comparisons significant at 0.05')
    expect(setsVerdict(report)).toContain('1 set cannot give p below 1.000')
  })

  it('has nothing to say where AE has no result', () => {
    const report = made(eight, 3, (set, model, run) => (model === 'ae' ? null : steady(set, model, run)))
    expect([runsVerdict(report), setsVerdict(report)]).toEqual([null, null])
  })
})

describe('the ranking', () => {
  it('ranks mean errors on every set, and says which mean ranks differ', () => {
    const [ranking, ...others] = rankingsOf(made(eight, 3, steady))
    expect(others).toEqual([])
    expect(ranking.ranked).toEqual([
      { model: 'denoising', rank: 1.25 },
      { model: 'lieGroupFirstOrder', rank: 2.25 },
      { model: 'ae', rank: 2.5 },
    ])
    // 2.343 √(3 · 4 / (6 · 8))
    expect(ranking.criticalDifference).toBeCloseTo(1.1715, 12)
    expect(tiedGroups(ranking)).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('leaves out sets on which a model has no result, and then ranks those that have one everywhere over all sets', () => {
    const report = made(eight, 2, (set, model, run) =>
      set > 4 && model === 'lieGroupFirstOrder' ? null : steady(set, model, run),
    )
    const told = rankingsOf(report).map(({ sets, ranked }) => [
      sets.length,
      ranked.map(({ model }) => model).sort(),
    ])
    expect(told).toEqual([
      [5, three],
      [8, ['ae', 'denoising']],
    ])
  })

  it('needs two sets', () => {
    expect(rankingsOf(made(['a'], 3, steady))).toEqual([])
  })

  it('draws every model at its rank, and in words what the picture says', () => {
    const svg = String(rankingChart(rankingsOf(made(eight, 3, steady))[0]))
    expect(svg).toContain(
      'aria-label="Mean ranks over 8 sets, 1 is best: denoising 1.25, Lie 1st 2.25, AE 2.50. Critical difference 1.17.',
    )
    expect(svg).toContain('Not told apart: denoising and Lie 1st; Lie 1st and AE.')
    // Ranks 1 to 3 stand from 110 to 350 pixels.
    for (const x of [140, 260, 290]) expect(svg).toContain(`<circle cx="${x}"`)
  })
})

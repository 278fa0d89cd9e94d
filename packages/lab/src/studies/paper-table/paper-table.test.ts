import { describe, expect, it } from 'vitest'
import { markdownReport, plainReport } from '../../text/report-text.ts'
import { diagnosticsOf, unexplainedOf } from './diagnostics.ts'
import { paperTable } from './paper-table.ts'
import { tableReport, tableSettings, tableSizes } from './testing/fixtures.ts'

const report = tableReport()
const textOf = (columns: number, of = report): string => plainReport(paperTable.text(of), columns)
const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

describe('the plan of facet reproduce', () => {
  it('has every training, then the baselines of every set', () => {
    const plan = paperTable.plan(tableSettings, tableSizes)
    expect(plan.filter(({ kind }) => kind === 'run')).toHaveLength(2 * 6 * 2)
    expect(plan.filter(({ kind }) => kind === 'baselines').map(({ task }) => task)).toEqual([
      { set: 'CBF' },
      { set: 'SyntheticControl' },
    ])
    for (const { cost } of plan) expect(cost).toBeGreaterThan(0)
  })
})

describe('the table of facet reproduce', () => {
  it('has the baselines as columns on a wide terminal', () => {
    const text = textOf(122)
    expect(longest(text)).toBeLessThanOrEqual(122)
    expect(text).toMatchSnapshot()
  })

  it('fits a terminal of 80 columns', () => {
    const text = textOf(80)
    expect(longest(text)).toBeLessThanOrEqual(80)
    expect(text).toMatchSnapshot()
  })

  it('has the models beyond the paper without figures of it, and says what they are', () => {
    const text = textOf(80, tableReport({ models: ['ae', 'skip', 'skipOrbit', 'skipLearned'] }))
    expect(longest(text)).toBeLessThanOrEqual(80)
    expect(text).toMatch(/skip \+ orbit +39\.12 ± 1\.41 +–/)
    expect(text).toMatch(/skip \+ learned +38\.12 ± 1\.41 +–/)
    expect(text.replace(/\s+/g, ' ')).toContain(
      'beside either part a linear map that starts at PCA; skip + orbit: samples moved',
    )
  })

  it('is the same as a Markdown page', () => {
    expect(markdownReport(paperTable.text(report))).toMatchSnapshot()
  })
})

it('averages the diagnostics over the runs of a cell and leaves out those that its model has not', () => {
  const [ae] = report.cells
  expect(diagnosticsOf(ae)).toMatchObject({ liveUnits: 9, unexplainedPoints: null, withoutNeighbour: null })
  expect(unexplainedOf(ae)).toBeNull()
  expect(unexplainedOf(report.cells[4])).toBe(0.828)
})

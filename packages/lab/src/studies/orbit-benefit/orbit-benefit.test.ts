import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { downloadsOf, foreignAddressesOf } from '../../report/testing/page-parts.ts'
import { noColours } from '../../text/colours.ts'
import { orbitStudyKind } from './orbit-study.ts'
import { rowOf } from './report.ts'
import type { OrbitBenefitSettings } from './settings.ts'
import { madeUpSettings, madeUpStudy } from './testing/made-up-study.ts'

const study = madeUpStudy()

describe('the table of the orbit study', () => {
  it('chooses by validation errors and compares runs of the same number with AE', () => {
    const row = rowOf(study.report, 'Waves', 'lieGroupOrbit')!
    expect(row.chosen).toBe(1.5)
    expect(row.comparison!.relative).toBeCloseTo(-0.2, 12)
    expect(row.comparison).toMatchObject({ wins: 8, runs: 8, signFlip: 2 / 256 })
    expect(row.comparison!.pairedT).toBeLessThan(1e-6)
    expect(row.perRunChoice.map(({ value }) => value)).toEqual(Array(8).fill(1.5))
    expect(rowOf(study.report, 'Waves', 'ae')!.comparison).toBeNull()
    expect(rowOf(study.report, 'Waves', 'lieGroupOrbit')!.abilities!.warped[0].relative).toBeCloseTo(-0.2, 12)
  })

  it('does not look at test errors for the choice', () => {
    const lines = study.lines.map((line) => {
      const run = line as { kind: string; model: string; value: number; testError: number }
      return run.kind === 'run' && run.value === 3 ? { ...run, testError: 0 } : run
    })
    const { report } = orbitStudyKind.restore(madeUpSettings, lines)
    expect(rowOf(report, 'Waves', 'lieGroupOrbit')!.chosen).toBe(1.5)
  })

  it('is the same from its own lines', () => {
    const lines = study.lines.map((line) => JSON.parse(JSON.stringify(line)) as object)
    const again = orbitStudyKind.restore(madeUpSettings, lines)
    expect(again.markdown()).toBe(study.markdown())
    expect(again.html()).toBe(study.html())
    expect(again.lines).toEqual(study.lines)
  })

  it('fits a terminal of 80 columns, with yardsticks under the models', () => {
    const text = study.text(80, noColours)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(text).toMatch(/orbit +\d\d\.\d\d ± \d\.\d\d +−20\.0 % +8\/8 +< 0\.001 +0\.008 +s 1\.5/)
    expect(text).toMatch(/PCA-10 on orbits +29\.\d\d/)
  })

  it('tells of a choice only where a model has values', () => {
    const told = (...models: OrbitBenefitSettings['models']) =>
      madeUpStudy({ ...madeUpSettings, models }).text(80, noColours)
    expect(told('ae', 'mixup')).toMatch(/^choice +each .*: mixup$/m)
    expect(told('ae')).not.toContain('choice')
  })

  it('leaves values out of which a run failed, and says so', () => {
    const { report, failures, text } = madeUpStudy(
      madeUpSettings,
      ({ model, value, run }) =>
        (model === 'lieGroupOrbit' && value === 1.5 && run === 3) || model === 'mixup',
    )
    expect(rowOf(report, 'Waves', 'lieGroupOrbit')!.chosen).toBe(0.7)
    expect(rowOf(report, 'Waves', 'mixup')).toMatchObject({ chosen: null, mean: null, comparison: null })
    expect(failures).toHaveLength(2 * (1 + 3 * 8))
    expect(text(80, noColours)).toContain('failed: Waves · orbit · s 1.5 · run 4')
  })
})

describe('the page of the orbit study', () => {
  const html = study.html()
  const { document } = parseHTML(html)

  it('has its parts in order and asks for nothing', () => {
    const ids = [...document.querySelectorAll('main > section')].map(({ id }) => id)
    expect(ids).toEqual(['table', 'curves', 'abilities', 'pictures', 'covariance', 'settings'])
    expect(foreignAddressesOf(document)).toEqual([])
    expect(document.querySelector('script')).toBeNull()
    expect(html).not.toContain('NaN')
  })

  it('begins with what came out, where it helps and where it does not', () => {
    const lead = document.querySelector('.lead')!.textContent!
    expect(lead).toContain(
      'Orbit reconstruction lowers the mean test error on 1 of 2 sets: Waves (−20.0 %, lower in 8 of 8 runs, p = 0.008).',
    )
    expect(lead).toMatch(/It does not on Dots \(\+0\.\d %, lower in 0 of 8 runs/)
    expect(lead).toContain('Orbit is below the best control on 1 of 2 sets')
    expect(lead).toMatch(/Orbit is below PCA-10 fitted to samples on the same orbits on 1 of 2 sets/)
  })

  it('draws a curve for each model that has values, orbits, reconstructions and a map for each set', () => {
    expect(document.querySelectorAll('#curves .panel')).toHaveLength(2 * 8)
    // Series: three orbits, six samples by two models; images stand in tables.
    expect(document.querySelectorAll('#pictures .panel')).toHaveLength(3 + 6 * 2)
    expect(document.querySelectorAll('#pictures img')).toHaveLength(3 * 5 + 6 * 3)
    expect(document.querySelectorAll('#covariance .panel')).toHaveLength(2)
  })

  it('carries its numbers', () => {
    const files = downloadsOf(document)
    expect(files['orbit-study.csv'].trimEnd().split('\r\n')).toHaveLength(1 + 2 * (9 + 3))
    expect(files['orbit-study-runs.csv'].trimEnd().split('\r\n')).toHaveLength(1 + 2 * (1 + 8 * 3) * 8)
    expect(JSON.parse(files['orbit-study.json']).rows).toHaveLength(18)
    expect(files['experiment.yaml']).toContain('experiment: orbitStudy')
  })

  it('is whole where every run of a set failed', () => {
    const page = madeUpStudy(madeUpSettings, ({ set }) => set === 'Dots').html()
    expect(page).toContain('got &lt;NaN&gt;')
    expect(page).not.toContain('<NaN>')
  })
})

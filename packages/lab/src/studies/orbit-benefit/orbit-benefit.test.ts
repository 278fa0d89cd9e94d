import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { checkedLines, readCheckedLines } from '../../folder/checked-lines.ts'
import { modelNames } from '../../objectives.ts'
import { renderPage } from '../../report/page.ts'
import { downloadsOf, foreignAddressesOf } from '../../report/testing/page-parts.ts'
import { cellOf, compareModels } from '../../study/grid-report.ts'
import { readResults, resultLines } from '../../study/results.ts'
import { markdownReport, plainReport } from '../../text/report-text.ts'
import { changesPicture } from './changes-chart.ts'
import { orbitBenefit } from './orbit-benefit.ts'
import type { BenefitOutcome } from './outcome.ts'
import { benefitPage } from './page.ts'
import { meanProbes } from './probes-table.ts'
import type { BenefitReport } from './report.ts'
import { learnedStencils } from './stencils.ts'
import {
  finishedOf,
  fixtureReport,
  fixtureSettings,
  learnedSettings,
  settingsOf,
  sizesOf,
} from './testing/fixture.ts'

const report = fixtureReport()
const textOf = (of: BenefitReport) => plainReport(orbitBenefit.text(of), 80)
const htmlOf = (of: BenefitReport) => renderPage(benefitPage(of, 'experiment: orbitBenefit\n'))
const summaryRow = (of: BenefitReport, set: string, model: string) =>
  (orbitBenefit.summary(of) as Record<string, unknown>[]).find(
    (row) => row.set === set && row.model === model,
  )

describe('the table of orbit-benefit', () => {
  it('chooses by validation errors and compares runs of the same number with AE', () => {
    expect(cellOf(report, 'Waves', 'lieGroupOrbit')!.chosen).toBe(1.5)
    const compared = compareModels(report, 'Waves', 'lieGroupOrbit')!
    expect(compared.relative).toBeCloseTo(-0.2, 12)
    expect(compared).toMatchObject({ wins: 8, runs: 8, signFlip: 2 / 256 })
    expect(compared.pairedT).toBeLessThan(1e-6)
    expect(meanProbes(report, 'Waves', 'lieGroupOrbit')!.warped[0].relative).toBeCloseTo(-0.2, 12)
  })

  it('has a line for every set and model that sums it up', () => {
    expect(orbitBenefit.summary(report)).toHaveLength(18)
    expect(summaryRow(report, 'Waves', 'lieGroupOrbit')).toMatchObject({
      kind: 'row',
      chosen: 1.5,
      comparison: { wins: 8, runs: 8 },
      perRunChoice: Array(8).fill({ value: 1.5 }),
    })
    expect(summaryRow(report, 'Waves', 'ae')).toMatchObject({ chosen: null, comparison: null })
  })

  it('does not look at test errors for the choice', () => {
    const flattered = finishedOf(fixtureSettings).map((one) => {
      const { value } = one.task as { readonly value?: number }
      return value === 3 ? { ...one, outcome: { ...(one.outcome as BenefitOutcome), testError: 0 } } : one
    })
    const other = orbitBenefit.report(fixtureSettings, sizesOf(fixtureSettings), flattered)
    expect(cellOf(other, 'Waves', 'lieGroupOrbit')!.chosen).toBe(1.5)
  })

  it('is the same from its own lines', () => {
    const sizes = sizesOf(fixtureSettings)
    const lines = checkedLines([
      ...resultLines(orbitBenefit, fixtureSettings, sizes, finishedOf(fixtureSettings)),
      ...orbitBenefit.summary(report),
    ])
    const { lines: read, checked } = readCheckedLines(lines, 'results.jsonl')
    const results = readResults(orbitBenefit, fixtureSettings, read, { path: 'results.jsonl', checked })
    expect(results.sizes).toEqual(sizes)
    const again = orbitBenefit.report(fixtureSettings, results.sizes, results.finished)
    expect(markdownReport(orbitBenefit.text(again))).toBe(markdownReport(orbitBenefit.text(report)))
    expect(htmlOf(again)).toBe(htmlOf(report))
    expect(orbitBenefit.summary(again)).toEqual(orbitBenefit.summary(report))
  })

  it('fits a terminal of 80 columns, with baselines under the models', () => {
    const text = textOf(report)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(text).toMatch(/orbit +\d\d\.\d\d ± \d\.\d\d +−20\.0 % +8\/8 +< 0\.001 +0\.008 +s 1\.5/)
    expect(text).toMatch(/PCA-10 on orbits +29\.\d\d/)
  })

  it('tells of a choice only where a model has values, and of λ only where it is not what is chosen', () => {
    const choice = (models: typeof fixtureSettings.models) =>
      orbitBenefit
        .text(fixtureReport(settingsOf({ models: [...models] })))
        .notes.find(([subject]) => subject === 'choice')?.[1]
        .replaceAll(/\p{Co}|\u00a0|\u2060/gu, ' ')
    expect(choice(['ae', 'mixup'])).toMatch(/: mixup extent.0\.25, 0\.5, 1; λ 3 for mixup$/)
    expect(choice(['ae', 'weightDecay'])).toMatch(/: decay λ.0\.00001, 0\.0001, 0\.001$/)
    expect(choice(['ae'])).toBeUndefined()
  })

  it('leaves values out of which a run failed, and says so', () => {
    const failed = fixtureReport(
      fixtureSettings,
      ({ model, value, run }) =>
        (model === 'lieGroupOrbit' && value === 1.5 && run === 3) || model === 'mixup',
    )
    expect(cellOf(failed, 'Waves', 'lieGroupOrbit')!.chosen).toBe(0.7)
    expect(summaryRow(failed, 'Waves', 'mixup')).toMatchObject({ chosen: null, mean: null, comparison: null })
    expect(failed.failures).toHaveLength(2 * (1 + 3 * 8))
    expect(textOf(failed)).toContain('failed: Waves · orbit · s 1.5 · run 4')
  })

  it('takes every model of the table', () => {
    const all = fixtureReport(settingsOf({ models: [...modelNames], runs: 2 }))
    expect(textOf(all)).toContain('k-sparse')
    expect(htmlOf(all)).toContain('skip + orbit')
    const rows = (orbitBenefit.summary(all) as { kind: string }[]).filter(({ kind }) => kind === 'row')
    expect(rows).toHaveLength(2 * modelNames.length)
  })
})

describe('the changes of all models', () => {
  it('are one picture that stands alone, with a mark for each model and set and words for each', () => {
    const svg = changesPicture(report)!
    const { document } = parseHTML(svg)
    const shown = fixtureSettings.models.length - 1
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('prefers-color-scheme: dark')
    // In the legend and on two sets.
    expect(document.querySelectorAll('circle')).toHaveLength(3 * shown)
    expect(document.querySelector('[aria-label]')!.getAttribute('aria-label')).toContain(
      'Waves: orbit −20.0 %, ',
    )
  })

  it('are none where AE has no result', () => {
    expect(changesPicture(fixtureReport(settingsOf({ models: ['mixup', 'denoising'] })))).toBe(null)
  })
})

describe('the page of orbit-benefit', () => {
  const html = htmlOf(report)
  const { document } = parseHTML(html)

  it('has its parts in order and asks for nothing', () => {
    const ids = [...document.querySelectorAll('main > section')].map(({ id }) => id)
    expect(ids).toEqual(['table', 'curves', 'probes', 'pictures', 'covariance', 'settings'])
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
    const rows = (name: string) => files[name].trimEnd().split('\r\n')
    expect(rows('orbit-study.csv')).toHaveLength(1 + 2 * (9 + 3))
    expect(rows('orbit-study.csv')[0]).toBe(
      'set,model,value,runs,test_error,test_error_std,change_to_ae,wins,p_paired_t,p_sign_flip',
    )
    expect(rows('orbit-study-probes.csv')).toHaveLength(1 + 2 * 4)
    expect(rows('orbit-study-runs.csv')).toHaveLength(1 + 2 * (1 + 8 * 3) * 8)
    expect(JSON.parse(files['orbit-study.json']).rows).toHaveLength(18)
    expect(files['experiment.yaml']).toContain('experiment: orbitBenefit')
  })

  it('says what computed the runs, as they say it themselves', () => {
    const settings = settingsOf({ runs: 1, models: ['ae'] })
    const versions = { facet: '0.0.9', node: 'v18.0.0', platform: 'plan9 mips', engine: 'wasm simd' }
    const finished = finishedOf(settings).map((one) => ({ ...one, versions }))
    const page = parseHTML(htmlOf(orbitBenefit.report(settings, sizesOf(settings), finished))).document
    expect(page.querySelector('#settings')!.textContent).toContain(
      'Facet 0.0.9, Node v18.0.0, plan9 mips, wasm simd',
    )
  })

  it('shows no reconstructions that do not belong to the samples shown', () => {
    const short = finishedOf(fixtureSettings).map((one) => {
      const { model } = one.task as { readonly model?: string }
      const { reconstructions } = one.outcome as BenefitOutcome
      return model === 'ae' && reconstructions
        ? { ...one, outcome: { ...one.outcome, reconstructions: reconstructions.slice(1) } }
        : one
    })
    const other = orbitBenefit.report(fixtureSettings, sizesOf(fixtureSettings), short)
    expect(parseHTML(htmlOf(other)).document.querySelectorAll('#pictures .panel')).toHaveLength(3 + 6)
  })

  it('is whole where every run of a set failed', () => {
    const page = htmlOf(fixtureReport(fixtureSettings, ({ set }) => set === 'Dots'))
    expect(page).toContain('got &lt;NaN&gt;')
    expect(page).not.toContain('<NaN>')
  })
})

describe('what was learned, in the report of orbit-benefit', () => {
  const learned = fixtureReport(learnedSettings)
  const { document } = parseHTML(htmlOf(learned))
  const section = document.querySelector('#learned')!
  const labels = [...section.querySelectorAll('svg.chart')].map((svg) => svg.getAttribute('aria-label')!)

  it('is drawn in a panel for each set and bank, random and wrong ones beside the learned', () => {
    const banks = ['learned', 'learned, EM', 'random mix', 'wrong order', 'own order']
    expect([...section.querySelectorAll('.panel > b')].map((b) => b.textContent)).toEqual([
      ...banks,
      ...banks,
    ])
    expect(labels).toHaveLength(2 * banks.length)
    const words = labels.map((label) => label.replaceAll('\u00a0', ' '))
    expect(words[0]).toBe(
      'Stencils of learned on Waves: averages: x 90.0 %, dx/dt 2.0 %; moves: x 1.0 %, dx/dt 60.0 %; explains 50.0 % of held-out differences',
    )
    expect(words[7]).toBe(
      `Stencils of random mix on Dots: ${Array(3).fill('neither: x 1.0 %, across 2.0 %, down 2.0 %').join('; ')}; explains 10.0 % of held-out differences`,
    )
  })

  it('is lines of a series that dashes tell apart, and of an image fields of 5 × 5', () => {
    const [series, image] = [0, 5].map(
      (at) => section.querySelectorAll('.panel')[at].querySelector('svg.chart')!,
    )
    const dashes = [...series.querySelectorAll('[aria-label="line"]')].map((line) =>
      line.getAttribute('stroke-dasharray'),
    )
    expect(new Set(dashes).size).toBe(2)
    expect(image.querySelectorAll('[aria-label="cell"] rect')).toHaveLength(3 * 25)
    expect(image.querySelectorAll('[aria-label="line"]')).toHaveLength(0)
  })

  it('says in how many runs the order of the coordinates was found', () => {
    const note = /found in 7 of 8 runs, p ≤ 0\.210, agreement 6\d\.\d %/
    expect(section.textContent!.replaceAll('\u00a0', ' ')).toMatch(note)
    expect(textOf(learned)).toMatch(note)
  })

  it('is a table in a terminal of 80 columns, in Markdown and in a file', () => {
    const text = textOf(learned)
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
    expect(text).toMatch(/ learned, EM +90\.0, 1\.0 % +2\.0, 60\.0 % +50\.0 %/)
    expect(markdownReport(orbitBenefit.text(learned))).toContain('90.0, 1.0, 1.0 %')
    const rows = downloadsOf(document)['orbit-study-learned.csv'].trimEnd().split('\r\n')
    expect(rows).toHaveLength(1 + 5 * 2 + 5 * 3)
    expect(rows[1]).toMatch(/^Waves,learned,1,0\.9,0\.02,,0\.5,0\.114 0\.121/)
  })

  it('is read back from the lines of the baselines, which say it once', () => {
    const sizes = sizesOf(learnedSettings)
    const lines = resultLines(orbitBenefit, learnedSettings, sizes, finishedOf(learnedSettings))
    const read = (all: readonly object[]) => {
      const results = readResults(orbitBenefit, learnedSettings, all, {
        path: 'results.jsonl',
        checked: true,
      })
      return orbitBenefit.report(learnedSettings, results.sizes, results.finished)
    }
    expect(htmlOf(read(lines))).toBe(htmlOf(learned))
    const { learned: told, order } = lines.find((line) => 'learned' in line) as Record<string, unknown>
    expect(told).toMatchObject([{ bank: 'learned', heldOut: 0.5 }, {}, {}, {}, {}])
    expect(order).toMatchObject({ found: false })
    const old = lines.map((line) => {
      const { learned: _, order: __, ...rest } = line as Record<string, unknown>
      return rest
    })
    expect(parseHTML(htmlOf(read(old))).document.querySelector('#learned')).toBeNull()
  })

  it('is no part of a report of given generators alone', () => {
    const page = parseHTML(htmlOf(report)).document
    expect(page.querySelector('#learned')).toBeNull()
    expect(orbitBenefit.text(report).notes.map(([subject]) => subject)).not.toContain('learned')
    expect(downloadsOf(page)).not.toHaveProperty('orbit-study-learned.csv')
  })

  it('is beside its controls: models that move along learned generators are none of orbit’s', () => {
    expect(document.querySelector('.lead')!.textContent).toMatch(
      /The best control of each, against AE: Waves mixup \S+ %; Dots mixup/,
    )
  })

  it.each([
    ['a stencil without shares', { identity: [1] }],
    ['a stencil of a line with two derivatives', { derivative: [[1, 0], [0]] }],
    [
      'stencils of images that are not square',
      {
        derivative: [
          [1, 0],
          [0, 1],
        ],
      },
    ],
    ['a bank that there is not', { bank: 'guessed' }],
  ])('refuses %s', (_, change) => {
    const good = {
      bank: 'learned',
      stencils: [
        [1, 1, 1],
        [-1, 0, 1],
      ],
      identity: [0.9, 0],
      derivative: [[0], [0.6]],
      heldOut: 0.5,
    }
    expect(learnedStencils.safeParse(good).success).toBe(true)
    expect(learnedStencils.safeParse({ ...good, ...change }).success).toBe(false)
  })
})

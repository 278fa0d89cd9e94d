import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { documentText } from '../../document/write-document.ts'
import { modelNames } from '../../objectives.ts'
import { escapeText } from '../../report/html.ts'
import { renderPage } from '../../report/page.ts'
import { hostile, hostileSeen } from '../../report/testing/hostile.ts'
import { addressesOf, downloadsOf, foreignAddressesOf } from '../../report/testing/page-parts.ts'
import { paperPage } from './page.ts'
import { type PageChanges, pageReport } from './testing/fixtures.ts'

function htmlOf(changes: PageChanges = {}): string {
  const report = pageReport(changes)
  const { settings } = report
  return renderPage(paperPage(report, documentText({ experiment: 'reproduce', settings })))
}
const documentOf = (changes?: PageChanges) => parseHTML(htmlOf(changes)).document

const lead = (changes?: PageChanges): string =>
  documentOf(changes).querySelector('.lead')!.textContent!.replaceAll('\u00a0', ' ')

describe('the page of facet reproduce', () => {
  it('has its parts in order, each named in the contents', () => {
    const document = documentOf()
    const ids = [...document.querySelectorAll('main > section')].map(({ id }) => id)
    expect(ids).toEqual([
      'table',
      'tests',
      'epochs',
      'candidates',
      'epsilon',
      'diagnostics',
      'reconstructions',
      'settings',
    ])
    const links = [...document.querySelectorAll('nav a[href^="#"]')].map((a) => a.getAttribute('href'))
    expect(links).toEqual(ids.map((id) => `#${id}`))
    expect(document.querySelector('h1')!.textContent).toBe('Five autoencoders on CBF and MNIST')
  })

  it('asks for nothing: addresses are data or parts of the page, and no script runs', () => {
    const document = documentOf()
    expect(addressesOf(document).length).toBeGreaterThan(20)
    expect(foreignAddressesOf(document)).toEqual([])
    expect(document.querySelector('script')).toBeNull()
    expect(document.querySelector('style')!.textContent).not.toMatch(/url\(|@import/)
  })

  it('has empty cells, each under its own model, where samples are too long for the second order', () => {
    const models = ['lieGroupSecondOrder', 'ae', 'lieGroupFirstOrder'] as const
    const document = documentOf({ settings: { models, secondOrderUpTo: 1 } })
    const rows = [...document.querySelectorAll('#diagnostics tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent !== ''),
    )
    const [, , , , liveUnits, , , , unexplained] = rows
    expect(liveUnits).toEqual([true, false, true, true])
    expect(unexplained).toEqual([true, false, false, true])
  })

  it('gives the same bytes for the same numbers', () => {
    const [once, again] = [htmlOf(), htmlOf()]
    expect(once === again).toBe(true)
  })

  it('shows hostile names as they are, wherever they stand', () => {
    const name = `</script><img src=x onerror="alert('1')">&`
    const html = htmlOf({
      settings: { sets: [name], data: `/data/${name}` },
      fails: ({ run }) => run === 1,
    })
    expect(html.includes('<img src=x') || html.includes('</script>')).toBe(false)
    const { document } = parseHTML(html)
    expect(document.querySelector('[onerror]')).toBeNull()
    expect(document.querySelector('h1')!.textContent).toBe(`Five autoencoders on ${name}`)
    expect(document.querySelector('title')!.textContent).toBe(`Five autoencoders on ${name}`)
  })

  it('names every chart for who cannot see it, and every heading cell of tables', () => {
    const document = documentOf()
    const charts = [...document.querySelectorAll('svg.chart')]
    expect(charts.length).toBeGreaterThan(40)
    for (const chart of charts) {
      expect(chart.getAttribute('role')).toBe('img')
      expect(chart.getAttribute('aria-label')!.length).toBeGreaterThan(10)
      expect(chart.outerHTML).not.toMatch(/NaN|undefined|Infinity/)
    }
    for (const image of document.querySelectorAll('img')) expect(image.getAttribute('alt')).not.toBe('')
    for (const head of document.querySelectorAll('th')) expect(head.getAttribute('scope')).not.toBeNull()
    const marks = (['ae', 'denoising'] as const).map((model) => `var(--${model})`)
    for (const mark of marks) expect(document.querySelector('main')!.innerHTML).toContain(mark)
  })

  it('draws a panel for each model and set, with PCA-10, and one heat-map of each kind for each Lie model', () => {
    const document = documentOf()
    expect(document.querySelectorAll('#epochs svg.chart')).toHaveLength(10)
    expect(document.querySelectorAll('#epochs svg.chart [stroke-dasharray="5 3"]')).toHaveLength(10)
    expect(document.querySelectorAll('#candidates svg.chart')).toHaveLength(4)
    const maps = [...document.querySelectorAll('#epsilon svg.chart')].map(
      (svg) => svg.getAttribute('aria-label')!,
    )
    expect(maps.filter((label) => label.includes('16 neighbouring pairs'))).toHaveLength(8)
    expect(maps.filter((label) => label.startsWith('Colours from 0'))).toHaveLength(8)
    // |ε| · ‖G‖ of the fourth generator, whose norm is 0.1, is a tenth of |ε|.
    expect(maps[0]).toContain('|ε| of 16')
    expect(maps[2]).toContain('|ε| · ‖G‖ of 16')
  })

  it('shows six test samples: series as lines, images as pixels with their original', () => {
    const document = documentOf()
    expect(document.querySelectorAll('#reconstructions svg.chart')).toHaveLength(6 * 5)
    expect(document.querySelectorAll('#reconstructions img')).toHaveLength(6 * 6)
  })

  it('tells the command and the document that give the same numbers', () => {
    const document = documentOf({ settings: { samples: 200 } })
    const [all] = [...document.querySelectorAll('#settings pre')].map((pre) => pre.textContent!)
    expect(all.replaceAll(' \\\n ', '')).toBe(
      'npx pnpm facet reproduce --sets CBF,MNIST --models ae,denoising,higherOrderContractive,lieGroupFirstOrder,lieGroupSecondOrder --runs 2 --epochs 6 --generators byLength --hidden 64 --bottleneck 4 --bottleneck-activation relu --learning-rate 0.001 --batch-size 16 --candidates denoising=0.01,0.1,1 --candidates higherOrderContractive=0.01 --candidates lieGroupFirstOrder=0.001,1,1000 --candidates lieGroupSecondOrder=0.01 --seed 0 --samples 200',
    )
    expect(document.querySelector('#settings')!.textContent).toContain('experiment: reproduce')
  })

  it('tells the command for a single cell, which names no model but its own', () => {
    const commands = [...documentOf().querySelectorAll('#settings details pre')].map((pre) =>
      pre.textContent!.replaceAll(' \\\n ', ''),
    )
    const of = (model: string) => commands.find((text) => text.includes(`--sets MNIST --models ${model} `))!
    expect(of('ae')).not.toContain('--candidates')
    expect(of('denoising').match(/--candidates \S+/g)).toEqual(['--candidates denoising=0.01'])
  })

  it('keeps numbers of the table in one piece', () => {
    const cells = [...documentOf().querySelectorAll('#table td')].map((cell) => cell.textContent!)
    expect(cells.filter((text) => text.includes('±')).length).toBeGreaterThan(20)
    expect(cells.filter((text) => text.includes('± '))).toEqual([])
  })

  it('carries the table and all epochs as CSV and the rest as JSON', () => {
    const files = downloadsOf(documentOf())
    expect(Object.keys(files)).toEqual([
      'table.csv',
      'tests.csv',
      'epochs.csv',
      'results.json',
      'experiment.yaml',
      'figure-epochs-CBF.json',
      'figure-epochs-MNIST.json',
      'figure-epsilon-CBF.json',
      'figure-epsilon-MNIST.json',
    ])
    const report = pageReport()
    const { runs } = report
    const [head, first] = files['table.csv'].split('\r\n').map((line) => line.split(','))
    const ae = report.cells[0].outcomes.map(({ testError }) => testError)
    expect(head.slice(0, 5)).toEqual(['set', 'model', 'value', 'runs', 'test_error'])
    expect(first.slice(0, 5)).toEqual(['CBF', 'ae', '', '2', String((ae[0] + ae[1]) / 2)])
    // 1.3 / 100 and the like carry no noise of the division.
    const printed = files['table.csv']
      .split('\r\n')
      .slice(1)
      .flatMap((line) => line.split(',').slice(6))
    expect(printed).toContain('0.6238')
    expect(Math.max(...printed.map((figure) => figure.length))).toBeLessThan(9)
    expect(files['epochs.csv'].trimEnd().split('\r\n')).toHaveLength(1 + 6 * runs.length)
    const json = JSON.parse(files['results.json'])
    expect(json.settings).toEqual(report.settings)
    expect(json.runs).toHaveLength(runs.length)
    expect(json.cells[0].testErrors).toEqual(ae)
  })
})

describe('what the page says first', () => {
  it('says that no regularizer differs where the spread is larger than the differences', () => {
    expect(lead()).toContain(
      'No regularizer differs from the plain autoencoder by more than the spread over runs',
    )
    expect(lead()).toContain('Ten linear components do better than every autoencoder on CBF (20.00 against')
  })

  it('names a regularizer that does differ, and in which direction', () => {
    const text = lead({
      outcome: (own, { model, set }) =>
        model === 'denoising' && set === 'CBF' ? { ...own, testError: own.testError / 2 } : own,
    })
    expect(text).toMatch(
      /1 comparison of 8: a regularizer lowers .* denoising on CBF \(\d+\.\d % lower, lower in 2 of 2 runs\)/,
    )
    expect(text).not.toContain('No regularizer differs')
  })

  it('claims nothing of a single run', () => {
    const text = lead({ settings: { runs: 1 } })
    expect(text).toContain('One run has no spread')
    expect(text).not.toContain('more than the spread over runs:')
    const here = [...documentOf({ settings: { runs: 1 } }).querySelectorAll('#table td:nth-child(2)')]
    expect(here.filter((cell) => cell.textContent!.includes('±'))).toEqual([])
  })

  it('says where linear components do not do better, and models are no better than the mean', () => {
    const text = lead({
      baselines: (own, set) => (set === 'CBF' ? { ...own, meanPredictor: 0.1, pca10: 0.9 } : own),
    })
    expect(text).toContain('at least as well as ten linear components on CBF')
    expect(text).toContain('No better than predicting the mean of the training part: every model on CBF')
  })

  it('says that AE is missing where it is', () => {
    expect(lead({ settings: { models: ['denoising'] } })).toContain('The plain autoencoder was not trained')
  })
})

describe('a page of hostile results', () => {
  it('has what somebody wrote into a file as text', () => {
    const bad = hostile as never
    const report = pageReport({
      baselines: (own) => ({ ...own, originalRows: own.originalRows.map(() => bad) }),
    })
    const sizes = Object.fromEntries(
      report.settings.sets.map((set) => [set, { train: bad, validation: bad, test: bad, length: bad }]),
    )
    const html = renderPage(paperPage({ ...report, sizes, failures: [hostile] }, hostile))
    const { document } = parseHTML(html)
    expect(document.querySelectorAll('script, [onerror]')).toHaveLength(0)
    expect(document.querySelector('th.group small')!.textContent).toContain(`${hostileSeen} to train`)
    expect(html).toContain(escapeText(hostile))
  })
})

describe('a page with less', () => {
  it('shows failed models as failed and draws the others', () => {
    const document = documentOf({ fails: ({ model }) => model === 'lieGroupFirstOrder' })
    expect(document.querySelector('#table')!.textContent).toContain('failed')
    expect(document.querySelectorAll('#epochs svg.chart')).toHaveLength(8)
    expect(document.querySelectorAll('#reconstructions svg.chart')).toHaveLength(6 * 4)
    expect(document.querySelector('.lead')!.textContent).toContain('12 runs failed')
  })

  it('leaves out a candidate of which a run failed and says so', () => {
    const document = documentOf({
      fails: ({ value, run, set }) => value === 1000 && run === 1 && set === 'CBF',
    })
    expect(document.querySelector('#candidates')!.textContent).toContain('Left out: 1 of which a run failed')
  })

  it('is whole where everything failed', () => {
    const document = documentOf({ fails: () => true })
    expect(document.querySelectorAll('main > section')).toHaveLength(8)
    expect(document.querySelector('#epochs')!.textContent).toContain('No run finished')
    expect(document.querySelector('.lead')!.textContent).toContain('No regularizer can be compared')
  })

  it('has no baselines where they failed', () => {
    const document = documentOf({ baselines: () => 'no such file' })
    expect(document.querySelector('#table')!.textContent).toContain('failed')
    expect(document.querySelector('#reconstructions')!.textContent).toContain(
      'the originals could not be read',
    )
  })

  it('says that no grid was searched where none was', () => {
    const one = Object.fromEntries(modelNames.map((model) => [model, model === 'ae' ? [] : [0.01]]))
    const document = documentOf({ settings: { candidates: one as never } })
    expect(document.querySelectorAll('#candidates svg')).toHaveLength(0)
    expect(document.querySelector('#candidates')!.textContent).toContain(
      'No grid was searched; each model was trained at one value: denoising σ 0.01',
    )
  })

  it('draws a grid with 0 in it, for which a logarithm has no place', () => {
    const report = pageReport()
    const candidates = { ...report.settings.candidates, denoising: [0, 0.1] }
    const document = documentOf({ settings: { candidates } })
    expect(document.querySelector('#candidates svg.chart')!.outerHTML).not.toMatch(/NaN|Infinity/)
  })

  it('works for one set, one epoch and no Lie model', () => {
    const document = documentOf({
      settings: { sets: ['CBF'], epochs: 1, models: ['ae', 'denoising'], runs: 1 },
    })
    expect(document.querySelector('h1')!.textContent).toBe('Two autoencoders on CBF')
    expect(document.querySelector('#epsilon')!.textContent).toContain('No model of this run has generators')
    for (const chart of document.querySelectorAll('svg.chart'))
      expect(chart.outerHTML).not.toMatch(/NaN|Infinity/)
  })
})

import * as Plot from '@observablehq/plot'
import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../text/csv.ts'
import { candidateCurve, candidatesOf } from './candidate-curves.ts'
import { codeBlock, folded } from './code.ts'
import { nameHtml } from './column.ts'
import { failureList } from './failures.ts'
import { underName } from './figure.ts'
import { findingsList, strong } from './findings.ts'
import { colourScale, heatMap, heatMaps } from './heat-map.ts'
import { html } from './html.ts'
import { legend } from './legend.ts'
import { renderPage } from './page.ts'
import { svgOf } from './plot.ts'
import { encodePng } from './png.ts'
import { settingsTable } from './settings-table.ts'
import { hostile, hostileSeen as seen } from './testing/hostile.ts'

describe('the parts of a report', () => {
  it('writes CSV that quotes what must be quoted', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,"y"\n', null],
          [1.5, ''],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""\n",\r\n1.5,\r\n')
  })

  it('writes PNGs that others read: grey and coloured, clamped', () => {
    const grey = PNG.sync.read(Buffer.from(encodePng([0, 0.5, 2, -1], { width: 2, height: 2, channels: 1 })))
    expect([grey.width, grey.height]).toEqual([2, 2])
    expect([...grey.data].filter((_, i) => i % 4 === 0)).toEqual([0, 128, 255, 0])
    const red = PNG.sync.read(Buffer.from(encodePng([1, 0, 0], { width: 1, height: 1, channels: 3 })))
    expect([...red.data]).toEqual([255, 0, 0, 255])
  })

  it('draws a chart with a name, in tenths of a pixel, without a style of its own', () => {
    const svg = String(
      svgOf({ ariaLabel: 'two < three "of" them', width: 100, x: { domain: [0, 3] }, marks: [] }),
    )
    expect(svg).toContain('role="img"')
    expect(svg).toContain('aria-label="two &lt; three &quot;of&quot; them"')
    expect(svg).not.toContain('<style')
    expect(svg).not.toMatch(/ (x|y|d|transform)="[^"]*\.\d\d/)
  })

  it('leaves out what has no place: numbers that overflow as they are scaled', () => {
    const points = [
      [0, 1],
      [1e308, 2],
      [-1e308, 3],
    ] as [number, number][]
    const svg = String(
      svgOf({
        ariaLabel: 'far',
        x: { domain: [0, 1] },
        y: { domain: [0, 3] },
        marks: [Plot.line(points), Plot.dot([[0.5, 1]] as [number, number][])],
      }),
    )
    expect(svg).not.toMatch(/NaN|Infinity/)
    expect(svg).toContain('<circle')
  })

  it('draws texts of data as texts: in labels, titles, axes, colours and what assistive technology reads', () => {
    const chart = svgOf({
      ariaLabel: hostile,
      ariaDescription: hostile,
      x: { domain: [hostile, 'b'], label: hostile },
      fx: { domain: [hostile] },
      marks: [
        Plot.dot([{ at: hostile }], { x: 'at', title: 'at', ariaLabel: 'at', href: null }),
        Plot.text([hostile], { x: hostile, text: String, fill: 'red' }),
        Plot.line([[0, 0]], { clip: true, stroke: hostile }),
      ],
    })
    // resvg reads XML and nothing else.
    expect(() => new Resvg(String(chart))).not.toThrow()
    const { document } = parseHTML(`<main>${chart}</main>`)
    expect(document.querySelectorAll('script')).toHaveLength(0)
    expect(document.querySelector('svg')!.getAttribute('aria-label')).toBe(seen)
    expect(document.querySelector('title')!.textContent).toBe(seen)
    expect([...document.querySelectorAll('text')].some((text) => text.textContent === seen)).toBe(true)
  })

  it('draws a heat-map of zeros as well as one of numbers, with its colours', () => {
    for (const largest of [0, 5e-324, 2]) {
      const map = String(heatMap({ ariaLabel: 'map', values: [[0, largest]], largest, x: 'k', y: 'pair' }))
      expect(map.match(/<rect/g)).toHaveLength(2)
      expect(map).not.toContain('NaN')
      expect(String(colourScale({ ariaLabel: 'scale', largest })).match(/<rect/g)!.length).toBeGreaterThan(20)
    }
  })

  it('draws grids side by side, each cell in a place of its own', () => {
    const grid = [
      [1, 0],
      [0, -1],
    ]
    const maps = [grid, grid, [[Number.NaN, 1], ...grid.slice(1)]]
    const svg = String(heatMaps({ ariaLabel: 'maps', maps, largest: 1, signed: true }))
    const { document } = parseHTML(`<main>${svg}</main>`)
    const facets = [...document.querySelectorAll('[aria-label="cell"] > g')]
    expect(facets.map((facet) => facet.querySelectorAll('rect').length)).toEqual([4, 4, 3])
    expect(new Set(facets.map((facet) => facet.getAttribute('transform'))).size).toBe(3)
    expect(svg).not.toContain('NaN')
  })

  it.each([
    ['one of three without amplitude', [0.75, 1.5, '1.5 without amplitude'], ['1.5']],
    ['each with and without', [0.7, '0.7 without amplitude', 3, '3 without amplitude'], ['0.7', '3']],
    ['all without', [1, 2, 3, 4].map((s) => `${s} without amplitude`), ['1', '3']],
  ])('has room for labels of two lines over the sign of the axis: %s', (_, grid, told) => {
    const curve = (title: string, values: readonly (string | number)[]) =>
      candidateCurve(
        { title, colour: 'var(--ink)', symbol: 's', grid: values, chosen: null },
        1,
        values.map((value) => ({ value, validationError: 0.2, testError: 0.3 })),
      )
    const panels = candidatesOf([{ set: 'CBF', curves: [curve('orbit', grid), curve('mixup', [1, 2])] }])
    const { document } = parseHTML(`<main>${panels}</main>`)
    const charts = [...document.querySelectorAll('svg.chart')]
    expect(charts.map((svg) => svg.getAttribute('height'))).toEqual(['193', '193'])
    const x = (text: Element) => Number(/\(([\d.]+)/.exec(text.getAttribute('transform') ?? '')?.[1] ?? 0)
    const words = [...charts[0].querySelectorAll('text')].filter((text) =>
      text.textContent!.includes('no ampl.'),
    )
    expect(words.map((text) => text.textContent!.replace('no ampl.', '').trim())).toEqual(told)
    const places = words.map(x)
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeGreaterThan(55)
    const below = (group: string) =>
      Number(
        /,([\d.]+)\)/.exec(
          charts[0].querySelector(`[aria-label="x-axis ${group}"]`)!.getAttribute('transform')!,
        )![1],
      )
    // Two lines of labels, and the sign's own, which ends where it is placed.
    expect(below('label') - below('tick label')).toBeGreaterThan(3 * 11)
  })

  it('puts hostile text into a page as text, and any bytes into its files', () => {
    const page = renderPage({
      title: hostile,
      kicker: hostile,
      lead: html`<p>${hostile}</p>`,
      sections: [{ id: hostile, title: hostile, html: html`${hostile}` }],
      downloads: [{ name: `${hostile}.csv`, type: 'text/csv', text: 'ε,"' }],
      footer: html`${hostile}`,
    })
    const { document } = parseHTML(page)
    expect(document.querySelectorAll('script, img')).toHaveLength(0)
    expect(document.querySelector('title')!.textContent).toBe(seen)
    expect(document.querySelector('h1')!.textContent).toBe(seen)
    expect(document.querySelector('section')!.id).toBe(seen)
    expect(document.querySelector('nav a')!.getAttribute('href')).toBe(`#${seen}`)
    expect(document.querySelector('a[download]')!.getAttribute('download')).toBe(`${seen}.csv`)
    expect(page).toContain(Buffer.from('ε,"').toString('base64'))
  })

  it('says first of all that nothing may run or be asked for', () => {
    const { document } = parseHTML(renderPage({ title: 'a', lead: html`b`, sections: [], downloads: [] }))
    const [charset, policy, referrer] = document.head.children
    expect(charset.getAttribute('charset')).toBe('utf-8')
    expect(policy.getAttribute('http-equiv')).toBe('Content-Security-Policy')
    expect(policy.getAttribute('content')!.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect([referrer.getAttribute('name'), referrer.getAttribute('content')]).toEqual([
      'referrer',
      'no-referrer',
    ])
  })

  it('has what went wrong, settings, commands and findings as texts', () => {
    const parts = html`${failureList([hostile])}${settingsTable([[hostile, hostile]], hostile)}${codeBlock(hostile)}${folded(hostile, codeBlock(hostile, { wrapped: true }))}${findingsList([hostile, strong(hostile)], hostile)}${legend([{ sign: { shape: 'line' }, text: hostile }])}${underName(hostile, hostile)}${nameHtml(hostile, { beside: hostile })}`
    const { document } = parseHTML(`<main>${parts}</main>`)
    expect(document.querySelectorAll('script, img')).toHaveLength(0)
    expect(document.querySelector('h3')!.textContent).toBe('1 failure')
    expect([...document.querySelectorAll('pre')].map((pre) => [pre.className, pre.textContent])).toEqual([
      ['', seen],
      ['wrapped', seen],
    ])
    expect(document.querySelector('summary')!.textContent).toBe(seen)
    expect(failureList([])).toBeNull()
  })

  it('draws a candidate only where all its runs finished, values in order and once', () => {
    const model = { title: 'AE', colour: 'var(--ae)', symbol: 'λ', grid: [1, 0.1, 1], chosen: 0.1 }
    const run = (value: number, error: number) => ({ value, validationError: error, testError: 2 * error })
    const curve = candidateCurve(model, 2, [run(0.1, 0.1), run(0.1, 0.3), run(1, 0.5)])
    expect(curve.grid).toEqual([0.1, 1])
    expect(curve.test).toHaveLength(1)
    expect(curve.validation).toHaveLength(1)
    expect(curve.validation[0].centre).toBeCloseTo(20, 12)
    expect(curve.test[0].high - curve.test[0].centre).toBeCloseTo(100 * Math.sqrt(0.08), 10)
    const { document } = parseHTML(
      `<main>${candidatesOf([{ set: hostile, curves: [{ ...curve, title: hostile }] }])}</main>`,
    )
    expect(document.querySelectorAll('script, img')).toHaveLength(0)
    expect(document.querySelector('figcaption')!.textContent).toContain('Left out: 1 of which a run failed.')
  })
})

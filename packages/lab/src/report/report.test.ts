import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../text/csv.ts'
import { colourScale, heatMap } from './heat-map.ts'
import { html } from './html.ts'
import { renderPage } from './page.ts'
import { svgOf } from './plot.ts'
import { encodePng } from './png.ts'

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

  it('draws a heat-map of zeros as well as one of numbers, with its colours', () => {
    for (const largest of [0, 2]) {
      const map = String(heatMap({ ariaLabel: 'map', values: [[0, largest]], largest, x: 'k', y: 'pair' }))
      expect(map.match(/<rect/g)).toHaveLength(2)
      expect(map).not.toContain('NaN')
      expect(String(colourScale({ ariaLabel: 'scale', largest })).match(/<rect/g)!.length).toBeGreaterThan(20)
    }
  })

  it('puts hostile text into a page as text, and any bytes into its files', () => {
    const hostile = '"\'</title><script>'
    const page = renderPage({
      title: hostile,
      lead: html`<p>${hostile}</p>`,
      sections: [{ id: 'a', title: hostile, html: html`` }],
      downloads: [{ name: `${hostile}.csv`, type: 'text/csv', text: 'ε,"' }],
    })
    expect(page).not.toContain('<script')
    expect(page.match(/<\/title>/g)).toHaveLength(1)
    expect(page).toContain(Buffer.from('ε,"').toString('base64'))
  })
})

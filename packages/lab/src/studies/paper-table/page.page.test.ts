import { expect, it } from 'vitest'
import { renderPage } from '../../report/page.ts'
import { describePages } from '../../report/testing/chromium.ts'
import { overflowing, withPage } from '../../report/testing/opened-page.ts'
import { expectFigures } from '../../report/testing/screenshots.ts'
import { paperPage } from './page.ts'
import { pageReport } from './testing/fixtures.ts'

const html = renderPage(paperPage(pageReport(), 'experiment: reproduce\n'))

/** Contrast of two CSS colours `rgb(…)` (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red, green, blue] = colour.match(/\d+(\.\d+)?/g)!.map((c) => {
      const s = Number(c) / 255
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describePages('the page of facet reproduce in a browser', (browser) => {
  it.each([390, 768, 1280])(
    'fits %i pixels, shows every figure, asks for nothing and complains of nothing',
    async (width) => {
      await withPage(browser(), html, { width }, async ({ page, requests, complaints }) => {
        expect(await overflowing(page)).toEqual([])
        const figures = await page.locator('svg.chart, img').all()
        expect(figures.length).toBeGreaterThan(70)
        for (const figure of figures) {
          const box = await figure.boundingBox()
          expect(box!.width).toBeGreaterThan(30)
          expect(box!.height).toBeGreaterThan(15)
        }
        expect(requests).toEqual([])
        expect(complaints).toEqual([])
      })
    },
  )

  it('is whole without scripts', async () => {
    await withPage(browser(), html, { width: 1280, javaScript: false }, async ({ page }) => {
      expect(await page.locator('main > section').count()).toBe(8)
      expect(await page.locator('#epochs svg.chart').first().isVisible()).toBe(true)
    })
  })

  it.each(['light', 'dark'] as const)('is readable in the %s scheme', async (scheme) => {
    await withPage(browser(), html, { width: 1280, scheme }, async ({ page }) => {
      const colours = await page.evaluate(() => {
        const of = (selector: string): string => getComputedStyle(document.querySelector(selector)!).color
        return {
          paper: getComputedStyle(document.body).backgroundColor,
          texts: ['h1', '.note', 'figcaption', 'td', 'a', 'caption'].map(of),
          charts: [...document.querySelectorAll('svg.chart text')].map((text) => getComputedStyle(text).fill),
        }
      })
      // 4.5 : 1 is what WCAG asks of text (AA).
      for (const text of [...colours.texts, ...new Set(colours.charts)]) {
        expect(contrast(text, colours.paper)).toBeGreaterThan(4.5)
      }
      expect(contrast('rgb(0, 0, 0)', colours.paper) > 10).toBe(scheme === 'light')
    })
  })

  it('prints on white paper in several pages', async () => {
    await withPage(browser(), html, { width: 1280, scheme: 'dark' }, async ({ page }) => {
      const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
      expect(pdf.startsWith('%PDF')).toBe(true)
      expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(3)
      await page.emulateMedia({ media: 'print' })
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      expect(paper).toBe('rgb(255, 255, 255)')
      expect(await page.locator('nav').isVisible()).toBe(false)
    })
  })

  it('saves its files', async () => {
    await withPage(browser(), html, { width: 1280 }, async ({ page }) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByText('table.csv').click(),
      ])
      expect(download.suggestedFilename()).toBe('table.csv')
    })
  })

  it.each([
    [390, 'light', 0.75],
    [1280, 'light', 0.5],
    [1280, 'dark', 0.5],
  ] as const)('looks at %i pixels, %s, as reviewed', async (width, scheme, scale) => {
    await withPage(browser(), html, { width, scheme, scale }, async ({ page }) => {
      await expectFigures(page, import.meta.url, `reproduce-${width}-${scheme}`)
    })
  })
})

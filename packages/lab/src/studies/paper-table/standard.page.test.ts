import { expect, it } from 'vitest'
import { documentText } from '../../document/write-document.ts'
import { renderPage } from '../../report/page.ts'
import { describePages } from '../../report/testing/chromium.ts'
import { overflowing, withPage } from '../../report/testing/opened-page.ts'
import { paperPage } from './page.ts'
import { standardReport } from './testing/standard-report.ts'

const report = standardReport()
const html = renderPage(
  paperPage(report, documentText({ experiment: 'reproduce', settings: report.settings })),
)

it('has less than 5 MB for fifteen sets, five models and three runs of 125 epochs', () => {
  expect(report.runs).toHaveLength(15 * 12 * 3)
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000)
})

describePages('the report of a standard run in a browser', (browser) => {
  it.each([390, 1280])('fits %i pixels, asks for nothing and complains of nothing', async (width) => {
    await withPage(browser(), html, { width }, async ({ page, requests, complaints }) => {
      expect(await overflowing(page)).toEqual([])
      expect(await page.locator('main > section').count()).toBe(8)
      expect(requests).toEqual([])
      expect(complaints).toEqual([])
    })
  })

  it('prints', async () => {
    await withPage(browser(), html, { width: 1280 }, async ({ page }) => {
      const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(20)
    })
  })
})

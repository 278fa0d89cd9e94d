import { expect, it } from 'vitest'
import { describePages } from '../report/testing/chromium.ts'
import { overflowing, withPage } from '../report/testing/opened-page.ts'
import { expectFigures } from '../report/testing/screenshots.ts'
import { renderOrbitHtml } from './page.ts'
import { orbitDefaults } from './settings.ts'
import { madeUpRuns } from './testing/made-up-runs.ts'

const { report, runs } = madeUpRuns({ ...orbitDefaults, seeds: 6 })
const html = renderOrbitHtml(report, runs)

describePages('the page of facet orbit in a browser', (browser) => {
  it.each([390, 1280])('fits a window of %i pixels, asks for nothing and complains of nothing', (width) =>
    withPage(browser(), html, { width }, async ({ page, requests, complaints }) => {
      expect(await overflowing(page)).toEqual([])
      expect(requests).toEqual([])
      expect(complaints).toEqual([])
    }),
  )

  it.each([
    ['orbit-phone', 390, 'light'],
    ['orbit-desktop', 1280, 'dark'],
  ] as const)('looks as it was looked at: %s', (name, width, scheme) =>
    withPage(browser(), html, { width, scheme }, ({ page }) => expectFigures(page, import.meta.url, name)),
  )
})

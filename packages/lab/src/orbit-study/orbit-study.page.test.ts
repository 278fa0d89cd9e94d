import { expect, it } from 'vitest'
import { describePages } from '../report/testing/chromium.ts'
import { overflowing, withPage } from '../report/testing/opened-page.ts'
import { expectFigures } from '../report/testing/screenshots.ts'
import { madeUpStudy } from './testing/made-up-study.ts'

const html = madeUpStudy().html()

describePages('the page of the orbit study in a browser', (browser) => {
  it.each([390, 1280])('fits a window of %i pixels, asks for nothing and complains of nothing', (width) =>
    withPage(browser(), html, { width }, async ({ page, requests, complaints }) => {
      expect(await overflowing(page)).toEqual([])
      expect(requests).toEqual([])
      expect(complaints).toEqual([])
    }),
  )

  it.each([
    ['orbit-study-phone', 390, 'light'],
    ['orbit-study-desktop', 1280, 'dark'],
  ] as const)('looks as it was looked at: %s', (name, width, scheme) =>
    withPage(browser(), html, { width, scheme }, ({ page }) => expectFigures(page, import.meta.url, name)),
  )
})

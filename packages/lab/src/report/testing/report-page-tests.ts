import { expect, it } from 'vitest'
import { describePages } from './chromium.ts'
import { overflowing, withPage } from './opened-page.ts'
import { expectFigures } from './screenshots.ts'

/**
 * What holds of every page: it fits a phone and a desktop, asks for nothing, and its figures are the reviewed
 * `<name>-phone.png` and `<name>-desktop.png`.
 *
 * @param test `import.meta.url` of the test.
 */
export function testReportPage(title: string, html: string, test: string, name: string): void {
  describePages(title, (browser) => {
    it.each([390, 1280])('fits a window of %i pixels, asks for nothing and complains of nothing', (width) =>
      withPage(browser(), html, { width }, async ({ page, requests, complaints }) => {
        expect(await overflowing(page)).toEqual([])
        expect(requests).toEqual([])
        expect(complaints).toEqual([])
      }),
    )

    it.each([
      ['phone', 390, 'light'],
      ['desktop', 1280, 'dark'],
    ] as const)('looks on a %s as it was looked at', (device, width, scheme) =>
      withPage(browser(), html, { width, scheme }, ({ page }) =>
        expectFigures(page, test, `${name}-${device}`),
      ),
    )
  })
}

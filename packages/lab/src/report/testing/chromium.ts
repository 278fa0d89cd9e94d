import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { chromiumPath, isRequired, placesOfChromium } from '../../../../../scripts/chromium.ts'

export type { Browser, BrowserContext, Page } from 'playwright-core'

/** WebGL by a rasteriser, and all else, as reviewed pictures have it, without. */
const args = [
  '--headless',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
]

/**
 * Tests of pages in a real browser, one started for all of them. Without chromium they are skipped and say so, unless
 * the environment has `FACET_CHROMIUM=required`; `FACET_CHROMIUM=<path>` names another one.
 */
export function describePages(title: string, tests: (browser: () => Browser) => void): void {
  const missing = chromiumPath === undefined
  const why = missing ? ` [skipped: no chromium at ${placesOfChromium}]` : ''
  describe.skipIf(missing && !isRequired)(`${title}${why}`, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      if (missing) throw new Error(`FACET_CHROMIUM=required, but there is none at ${placesOfChromium}`)
      browser = await chromium.launch({ executablePath: chromiumPath, args, timeout: 0 })
    })
    afterAll(() => browser?.close())
    tests(() => browser!)
  })
}

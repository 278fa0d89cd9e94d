import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export type { Browser, BrowserContext, Page } from 'playwright-core'

/** `required`, or the path of a browser to use. */
const wish = process.env.FACET_CHROMIUM
const isRequired = wish === 'required'

const executablePath = (wish === undefined || isRequired ? places : [wish]).find((path) => existsSync(path))

/**
 * Tests of pages in a real browser, one started for all of them. Without chromium they are skipped and say so, unless
 * the environment has `FACET_CHROMIUM=required`; `FACET_CHROMIUM=<path>` names another one.
 */
export function describePages(title: string, tests: (browser: () => Browser) => void): void {
  const missing = executablePath === undefined
  const why = missing ? ` [skipped: no chromium at ${wish ?? places.join(', ')}]` : ''
  describe.skipIf(missing && !isRequired)(`${title}${why}`, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      if (missing) throw new Error(`FACET_CHROMIUM=required, but there is none at ${places.join(', ')}`)
      browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'], timeout: 0 })
    })
    afterAll(() => browser?.close())
    tests(() => browser!)
  })
}

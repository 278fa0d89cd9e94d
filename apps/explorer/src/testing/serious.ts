import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '../../../../packages/lab/src/report/testing/chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds on a page that is serious: rule and element of each. */
export async function seriousIn(page: Page): Promise<string[]> {
  // Under the page's policy a script comes in by the debugger alone.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}

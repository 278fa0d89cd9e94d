import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'

/** Share of the pixels that may differ: edges are smoothed a little otherwise by other versions of chromium. */
const tolerance = 0.002

/** Colour distance from which a pixel differs, of pixelmatch's 0 … 1. */
const threshold = 0.1

/** Fonts differ from machine to machine: only the figures stay, without a letter, so that their places are the same. */
const onlyFigures = `
  body > :not(main, figure), h1, h2, h3, h4, p, ul, ol, dl, pre, details, figcaption, footer,
  .panel > b, table:not(.images), .images thead, small { display: none !important }
  .images th, .images td { font-size: 0 !important; line-height: 0 !important }
  svg text { display: none !important }
`

/**
 * Compares the figures of a page with `__screenshots__/<name>.png` beside the test. With
 * `FACET_UPDATE_SCREENSHOTS=1` it writes that file instead: look at it before it is kept.
 *
 * @param test `import.meta.url` of the test.
 * @throws Error where they differ, naming the files that show how.
 */
export async function expectFigures(page: Page, test: string, name: string): Promise<void> {
  await page.addStyleTag({ content: onlyFigures })
  expectPicture(await page.screenshot({ fullPage: true, animations: 'disabled' }), test, name)
}

/** The same of a picture that has been taken. */
export function expectPicture(actual: Buffer, test: string, name: string): void {
  const reference = join(dirname(fileURLToPath(test)), '__screenshots__', `${name}.png`)
  if (process.env.FACET_UPDATE_SCREENSHOTS === '1') {
    mkdirSync(dirname(reference), { recursive: true })
    writeFileSync(reference, actual)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'facet-screenshot-'))
  const keep = (file: string, bytes: Uint8Array): string => {
    const path = join(folder, file)
    writeFileSync(path, bytes)
    return path
  }
  const again = 'FACET_UPDATE_SCREENSHOTS=1 writes new ones'
  if (!existsSync(reference)) {
    throw new Error(`no ${reference}; the page looks like ${keep(`${name}.png`, actual)}; ${again}`)
  }
  const [a, b] = [PNG.sync.read(readFileSync(reference)), PNG.sync.read(actual)]
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(
      `${name}: expected ${a.width} × ${a.height}, got ${b.width} × ${b.height}: ${keep(`${name}.png`, actual)}; ${again}`,
    )
  }
  const difference = new PNG({ width: a.width, height: a.height })
  const count = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold })
  const share = count / (a.width * a.height)
  if (share <= tolerance) return
  const files = [keep(`${name}.png`, actual), keep(`${name}-difference.png`, PNG.sync.write(difference))]
  throw new Error(
    `${name}: ${(100 * share).toFixed(2)} % of the pixels differ, at most ${100 * tolerance} % may: ${files.join(', ')}; ${again}`,
  )
}

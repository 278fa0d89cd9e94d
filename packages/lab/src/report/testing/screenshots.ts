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
  expectSame(await page.screenshot({ fullPage: true, animations: 'disabled' }), test, name)
}

/** Milliseconds until a page whose pictures are made by workers has to look as it was reviewed: some 1,000 are enough where nothing else runs. */
const patience = 30_000

/** The same of what is seen of a page, as soon as it looks so: its pictures are made while it is looked at. */
export async function expectPicture(page: Page, test: string, name: string): Promise<void> {
  const isNew = process.env.FACET_UPDATE_SCREENSHOTS === '1'
  if (isNew) await page.waitForTimeout(5000)
  const end = performance.now() + patience
  for (;;) {
    const actual = await page.screenshot()
    if (isNew || performance.now() > end || differenceOf(actual, referenceOf(test, name)).share <= tolerance)
      return expectSame(actual, test, name)
    await page.waitForTimeout(250)
  }
}

const referenceOf = (test: string, name: string): string =>
  join(dirname(fileURLToPath(test)), '__screenshots__', `${name}.png`)

interface Difference {
  /** Share of the pixels; 1 where the sizes are others, or there is no reviewed picture. */
  readonly share: number
  readonly why: string
  readonly picture?: Buffer
}

function differenceOf(actual: Buffer, reference: string): Difference {
  if (!existsSync(reference)) return { share: 1, why: `no ${reference}` }
  const [a, b] = [PNG.sync.read(readFileSync(reference)), PNG.sync.read(actual)]
  if (a.width !== b.width || a.height !== b.height)
    return { share: 1, why: `expected ${a.width} × ${a.height}, got ${b.width} × ${b.height}` }
  const difference = new PNG({ width: a.width, height: a.height })
  const count = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold })
  const share = count / (a.width * a.height)
  const why = `${(100 * share).toFixed(2)} % of the pixels differ, at most ${100 * tolerance} % may`
  return { share, why, picture: PNG.sync.write(difference) }
}

function expectSame(actual: Buffer, test: string, name: string): void {
  const reference = referenceOf(test, name)
  if (process.env.FACET_UPDATE_SCREENSHOTS === '1') {
    mkdirSync(dirname(reference), { recursive: true })
    writeFileSync(reference, actual)
    return
  }
  const { share, why, picture } = differenceOf(actual, reference)
  if (share <= tolerance) return
  const folder = mkdtempSync(join(tmpdir(), 'facet-screenshot-'))
  const kept = Object.entries({ [name]: actual, [`${name}-difference`]: picture }).flatMap(
    ([file, bytes]) => {
      if (bytes === undefined) return []
      const path = join(folder, `${file}.png`)
      writeFileSync(path, bytes)
      return [path]
    },
  )
  throw new Error(`${name}: ${why}: ${kept.join(', ')}; FACET_UPDATE_SCREENSHOTS=1 writes new ones`)
}

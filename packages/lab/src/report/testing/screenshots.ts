import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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

/** Milliseconds until a page whose pictures are made by workers has to look as it was reviewed: some 1,000 are enough where nothing else runs. */
const patience = 30_000

const isNew = process.env.FACET_UPDATE_SCREENSHOTS === '1'

/**
 * Compares the figures of a page with `__screenshots__/<name>.png` beside the test. With
 * `FACET_UPDATE_SCREENSHOTS=1` it writes that file instead: look at it before it is kept.
 *
 * @param test `import.meta.url` of the test.
 * @throws Error where they differ, naming the files that show how.
 */
export async function expectFigures(page: Page, test: string, name: string): Promise<void> {
  await page.addStyleTag({ content: onlyFigures })
  await expectLook(() => page.screenshot({ fullPage: true, animations: 'disabled' }), 0, test, name)
}

/** The same of what is seen of a page, as soon as it looks so: its pictures are made while it is looked at. */
export async function expectPicture(page: Page, test: string, name: string): Promise<void> {
  if (isNew) await page.waitForTimeout(5000)
  await expectLook(() => page.screenshot(), patience, test, name)
}

async function expectLook(
  look: () => Promise<Buffer>,
  milliseconds: number,
  test: string,
  name: string,
): Promise<void> {
  const reference = join(dirname(fileURLToPath(test)), '__screenshots__', `${name}.png`)
  if (isNew) {
    mkdirSync(dirname(reference), { recursive: true })
    writeFileSync(reference, await look())
    return
  }
  const end = performance.now() + milliseconds
  for (;;) {
    const actual = await look()
    const difference = differenceOf(actual, reference)
    if (difference === null) return
    if (performance.now() >= end) throw toldWithFiles(name, actual, difference)
    await sleep(250)
  }
}

interface Difference {
  readonly why: string
  /** Where pictures of one size differ. */
  readonly picture: PNG | null
}

/** What is wrong with a picture; `null` where it is as reviewed. */
function differenceOf(actual: Buffer, reference: string): Difference | null {
  if (!existsSync(reference)) return { why: `no ${reference}`, picture: null }
  const [a, b] = [PNG.sync.read(readFileSync(reference)), PNG.sync.read(actual)]
  if (a.width !== b.width || a.height !== b.height)
    return { why: `expected ${a.width} × ${a.height}, got ${b.width} × ${b.height}`, picture: null }
  const picture = new PNG({ width: a.width, height: a.height })
  const count = pixelmatch(a.data, b.data, picture.data, a.width, a.height, { threshold })
  const share = count / (a.width * a.height)
  if (share <= tolerance) return null
  const why = `${(100 * share).toFixed(2)} % of the pixels differ, at most ${100 * tolerance} % may`
  return { why, picture }
}

/** An error that names the files in which it can be seen. */
function toldWithFiles(name: string, actual: Buffer, { why, picture }: Difference): Error {
  const folder = mkdtempSync(join(tmpdir(), 'facet-screenshot-'))
  const keep = (file: string, bytes: Uint8Array): string => {
    const path = join(folder, file)
    writeFileSync(path, bytes)
    return path
  }
  const files = [keep(`${name}.png`, actual)]
  if (picture !== null) files.push(keep(`${name}-difference.png`, PNG.sync.write(picture)))
  return new Error(`${name}: ${why}: ${files.join(', ')}; FACET_UPDATE_SCREENSHOTS=1 writes new ones`)
}

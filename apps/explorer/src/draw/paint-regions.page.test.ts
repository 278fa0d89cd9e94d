import { fileURLToPath } from 'node:url'
import { init } from '@facet/tensor'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { colourOfError, endOfScale, errorAt, errorColours } from './error-colours.ts'
import { depthIn, findRegion } from './find-region.ts'
import type { Scheme } from './inks.ts'
import { placeOf, pointAt } from './place.ts'
import { colourOfHash, regionColours } from './region-colours.ts'
import { madePicture } from './testing/made-picture.ts'
import type { PainterName, PaintersPage, PlainPicture } from './testing/painters-page.ts'

const SIDE = 600
const POINTS = 2000

/** Pixels from walls, which have no colour of one region. */
const FREE = 1.5

declare global {
  // Inside of the page.
  var painters: PaintersPage
}

let script = ''
const pictures = new Map<string, RegionsPicture>()

beforeAll(async () => {
  await init()
  pictures.set('few', madePicture({ hidden: [6] }).picture)
  pictures.set('many', madePicture({ hidden: [32, 32, 32], seed: 3 }).picture)
  const made = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('testing/painters-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'unused',
      },
    },
  })
  script = (made as { output: { code: string }[] }[])[0].output[0].code
})

const plain = (picture: RegionsPicture): PlainPicture =>
  Object.fromEntries(
    Object.entries(picture).map(([key, value]) => [
      key,
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    ]),
  ) as unknown as PlainPicture

async function paintersPage(browser: { newPage(options: object): Promise<Page> }): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } })
  await page.setContent(
    '<!doctype html><style>body{margin:0}canvas{position:absolute;top:0;left:0}canvas[hidden]{display:none}</style><body></body>',
  )
  await page.addScriptTag({ content: script })
  return page
}

/** What is seen, as bytes of red, green, blue and alpha. */
async function seen(page: Page): Promise<Uint8Array> {
  const png = (await page.screenshot()).toString('base64')
  const bytes = await page.evaluate(async (source) => {
    const image = new Image()
    image.src = `data:image/png;base64,${source}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let text = ''
    for (const byte of data) text += String.fromCharCode(byte)
    return btoa(text)
  }, png)
  return Buffer.from(bytes, 'base64')
}

/** Numbers in [0, 1), the same in every run. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

/** The colours that a polygon may have at a point. */
type Wanted = (picture: RegionsPicture, polygon: number, s: number, t: number) => Uint8Array[]

const ofHash =
  (scheme: Scheme): Wanted =>
  ({ hashes }, polygon) => {
    const colour = colourOfHash(hashes[2 * polygon], hashes[2 * polygon + 1])
    return [regionColours[scheme].subarray(4 * colour, 4 * colour + 3)]
  }

/** In float32 an error may be on the other side of the step between two colours. */
const ofError = (at: (picture: RegionsPicture, polygon: number, s: number, t: number) => number): Wanted => {
  let [end, of]: [number, RegionsPicture | null] = [1, null]
  return (picture, polygon, s, t) => {
    if (of !== picture) [end, of] = [endOfScale(picture), picture]
    const error = at(picture, polygon, s, t)
    const steps = new Set([1 - 1e-3, 1, 1 + 1e-3].map((by) => colourOfError(by * error, end)))
    return [...steps].map((colour) => errorColours.subarray(4 * colour, 4 * colour + 3))
  }
}
const ofEveryPixel = ofError(({ errors }, polygon, s, t) => errorAt(errors, polygon, s, t))

/** Compares random points that are not near a wall. @returns those that differ */
function differences(pixels: Uint8Array, picture: RegionsPicture, wanted: Wanted): string[] {
  const place = placeOf(picture.frame, SIDE, SIDE)
  const random = numbers()
  const differ: string[] = []
  for (let compared = 0; compared < POINTS; ) {
    const [x, y] = [Math.floor(SIDE * random.next().value), Math.floor(SIDE * random.next().value)]
    const [s, t] = pointAt(place, x + 0.5, y + 0.5)
    const polygon = findRegion(picture, s, t)
    if (place.unitS * depthIn(picture, polygon, s, t) <= FREE) continue
    compared++
    const at = 4 * (y * SIDE + x)
    const got = pixels.subarray(at, at + 3)
    const colours = wanted(picture, polygon, s, t)
    if (!colours.some((colour) => got.every((byte, i) => Math.abs(byte - colour[i]) <= 1)))
      differ.push(
        `${x},${y}: ${got.join(' ')}, wanted ${colours.map((colour) => colour.join(' ')).join(' or ')}`,
      )
  }
  return differ
}

describePages('painters of regions', (browser) => {
  const cases: [PainterName, 'few' | 'many', Shading, Scheme, Wanted][] = [
    ['webgl', 'few', 'region', 'light', ofHash('light')],
    ['webgl', 'many', 'region', 'dark', ofHash('dark')],
    ['webgl', 'few', 'error', 'light', ofEveryPixel],
    ['webgl', 'many', 'error', 'dark', ofEveryPixel],
    ['pixels', 'few', 'region', 'dark', ofHash('dark')],
    ['pixels', 'many', 'region', 'light', ofHash('light')],
    ['pixels', 'few', 'error', 'dark', ofEveryPixel],
    ['pixels', 'many', 'error', 'light', ofEveryPixel],
  ]
  it.each(cases)(
    '%s gives %s regions the colour of their %s at 2,000 points, %s',
    async (painter, which, shading, scheme, wanted) => {
      const page = await paintersPage(browser())
      const picture = pictures.get(which)!
      await page.evaluate((order) => globalThis.painters.paint(order), {
        painter,
        picture: plain(picture),
        side: SIDE,
        shading,
        scheme,
        times: 1,
      })
      expect(differences(await seen(page), picture, wanted)).toEqual([])
      await page.close()
    },
  )

  it('a lost context is replaced at once, and used again when it is given back', async () => {
    const page = await paintersPage(browser())
    const picture = pictures.get('few')!
    const order = {
      painter: 'chosen',
      picture: plain(picture),
      side: SIDE,
      shading: 'region',
      scheme: 'light',
      times: 1,
    } as const
    await page.evaluate((order) => globalThis.painters.paint(order), order)
    const kinds = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll<HTMLCanvasElement>('div canvas'), ({ hidden }) => hidden),
      )
    expect(await kinds()).toEqual([false])
    await page.evaluate(() => globalThis.painters.loseContext())
    expect(await kinds()).toEqual([true])
    expect(differences(await seen(page), picture, ofHash('light'))).toEqual([])
    await page.evaluate(() => globalThis.painters.restoreContext())
    expect(await kinds()).toEqual([false])
    expect(differences(await seen(page), picture, ofHash('light'))).toEqual([])
    await page.close()
  })

  it('a browser without WebGL 2 gets the same picture', async () => {
    const page = await paintersPage(browser())
    await page.evaluate(() => {
      const { getContext } = HTMLCanvasElement.prototype
      HTMLCanvasElement.prototype.getContext = function (
        this: HTMLCanvasElement,
        kind: string,
        ...rest: unknown[]
      ) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...(rest as []))
      } as typeof getContext
    })
    const picture = pictures.get('few')!
    await page.evaluate((order) => globalThis.painters.paint(order), {
      painter: 'chosen' as const,
      picture: plain(picture),
      side: SIDE,
      shading: 'region' as const,
      scheme: 'light' as const,
      times: 1,
    })
    expect(differences(await seen(page), picture, ofHash('light'))).toEqual([])
    await page.close()
  })
})

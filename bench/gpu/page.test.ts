import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, isRequired } from '../../scripts/chromium.ts'
import { followRun, openChromium } from './chromium.ts'
import { casesOf } from './page/cases.ts'
import type { PageResult } from './page/result.ts'
import { gpuMarkdown } from './report.ts'
import { servePage } from './server.ts'

// Where there is no chromium they are left out, unless they are asked for (as .ci/run does).
const hasBrowser = chromiumPath !== undefined || isRequired

describe.runIf(hasBrowser)('the page in chromium on SwiftShader', { timeout: 300_000 }, () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof servePage>>

  beforeAll(async () => {
    server = await servePage()
    browser = await openChromium(chromiumPath!, 'swiftshader')
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  async function opened<T>(act: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const context = await browser.newContext(options)
    try {
      return await act(await context.newPage())
    } finally {
      await context.close()
    }
  }

  const run = async (page: Page, query: string, lines: string[] = []): Promise<PageResult> =>
    followRun(page, `${server.href}?${query}`, {
      tell: (line) => void lines.push(line),
      keep: async () => {},
    })

  const overflow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  it('times every case, fills its table, fits a phone, and gives its result away', async () => {
    await opened(
      async (page) => {
        const [lines, elsewhere]: string[][] = [[], []]
        page.on('request', (request) => {
          const { protocol, origin } = new URL(request.url())
          if (protocol.startsWith('http') && origin !== new URL(server.href).origin)
            elsewhere.push(request.url())
        })
        const result = await run(page, 'quick&rounds=1', lines)
        const names = casesOf(true).map(({ name }) => name)
        expect(result.cases.map(({ name }) => name)).toEqual(names)
        expect(lines).toHaveLength(names.length)
        expect(elsewhere).toEqual([])
        expect(result.device.renderer).toContain('SwiftShader')
        expect(await page.textContent('#device')).toContain('software, no GPU is at work')
        expect(result.wasHidden).toBe(false)

        // Everybody is right, and whoever is left out says why.
        const omitted = result.cases.flatMap((found) => found.omitted)
        expect(omitted.filter(({ reason }) => reason !== 'only products')).toEqual([])
        // gpu.js puts itself in the place of WebGPU's `GPU`, which has to be found all the same.
        expect(result.contenders.map(({ name }) => name)).toContain('tfjs-webgpu')
        const firstOrder = result.cases[result.cases.length - 1].timings.map(({ entry }) => entry)
        expect(firstOrder).toEqual(['gpu', 'tfjs-webgl', 'tfjs-webgpu', 'wasm', 'tfjs-wasm'])

        const cells = await page.locator('#results tbody td').allTextContents()
        expect(cells).toHaveLength(names.length * result.contenders.length)
        expect(cells.filter((text) => text === '')).toEqual([])
        expect(await page.textContent('#state')).toBe('done')
        expect(await overflow(page)).toBe(0)
        expect(gpuMarkdown(result)).toContain(`| ${names[0]}`)

        await page.click('#copy')
        await page.waitForFunction(() => document.getElementById('copied')!.textContent !== '')
        expect(await page.textContent('#copied')).toBe('copied')
        const text = await page.evaluate(() => navigator.clipboard.readText())
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result)))
      },
      { viewport: { width: 390, height: 844 }, permissions: ['clipboard-read', 'clipboard-write'] },
    )
  })

  it('copies where there is no clipboard to write to', async () => {
    await opened(async (page) => {
      await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
      await run(page, 'quick&rounds=1&cases=sum&contenders=gpu,wasm')
      await page.click('#copy')
      await page.waitForFunction(() => document.getElementById('copied')!.textContent !== '')
      expect(await page.textContent('#copied')).toBe('copied')
    })
  })

  it('goes on without WebGPU where there is no adapter, and says so', async () => {
    await opened(async (page) => {
      await page.addInitScript(() =>
        Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => null } }),
      )
      const { absent, contenders } = await run(page, 'quick&rounds=1&cases=sum&contenders=gpu,tfjs-webgpu')
      expect(contenders.map(({ name }) => name)).toEqual(['gpu'])
      expect(absent).toEqual([{ entry: 'tfjs-webgpu', reason: 'this browser has no adapter for WebGPU' }])
      expect(await page.textContent('#versions')).toContain(
        'not here: this browser has no adapter for WebGPU',
      )
    })
  })

  it('says what is missing where there is no WebGL2, before it is started and after', async () => {
    await opened(async (page) => {
      await page.addInitScript(() => {
        HTMLCanvasElement.prototype.getContext = () => null
      })
      await page.goto(server.href)
      await page.waitForSelector('#state.error')
      expect(await page.textContent('#state')).toContain('This browser has no WebGL2')
      await expect(run(page, 'quick')).rejects.toThrow('This browser has no WebGL2')
      expect(await page.isEnabled('#start')).toBe(true)
    })
  })

  it('refuses a contender that nobody knows', async () => {
    await opened(async (page) => {
      await expect(run(page, 'quick&contenders=abacus')).rejects.toThrow(
        "unknown contender 'abacus'; expected gpu, naive, tfjs-webgl",
      )
    })
  })
})

// Programs of docs/guides that need a page, bundled as their readers do and looked at in a real browser.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describePages } from '../packages/lab/src/report/testing/chromium.ts'
import { examples, pageGuides } from './guides.ts'

/** What a server sends, by address. */
async function bundledPages(): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    root: examples,
    configFile: join(examples, 'vite.config.mjs'),
    logLevel: 'silent',
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: pageGuides.map((name) => join(examples, `${name}.html`)) },
    },
  })
  const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput
  return new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

describePages('the page of the guide', (browser) => {
  let server: Server
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    const files = await bundledPages()
    server = createServer(({ url }, response) => {
      const body = files.get(url!)
      response
        .writeHead(body === undefined ? 404 : 200, { 'content-type': types[extname(url!)] ?? 'text/plain' })
        .end(body)
    }).listen(0)
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => void server.close())

  beforeEach(async () => {
    page = await browser().newPage()
    problems.length = 0
    page.on('pageerror', ({ message }) => problems.push(message))
  })
  afterEach(async () => {
    await page.close()
    expect(problems).toEqual([])
  })

  const open = (name: (typeof pageGuides)[number]) =>
    page.goto(`http://localhost:${(server.address() as AddressInfo).port}/${name}.html`)
  /** What an element says once it matches. */
  const said = async (selector: string, pattern: RegExp): Promise<RegExpExecArray> => {
    await page.waitForFunction(
      ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ''),
      [selector, pattern.source],
      { timeout: 120_000 },
    )
    return pattern.exec((await page.textContent(selector))!)!
  }

  it('save-and-load trains once, and finds its model after it is loaded again', async () => {
    await open('save-and-load')
    await said('#says', /^Trained\. Today: usual, odd\.$/)
    await page.reload()
    await said('#says', /^Loaded\. Today: usual, odd\.$/)
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#file')])
    expect(file.suggestedFilename()).toBe('pump.safetensors')
  })

  it('gpu takes the processor where WebGL2 is drawn by software, and trains', async () => {
    await open('gpu')
    await said('#where', /: computing with wasm\.$/)
    const [, error, pca] = await said('#says', /^Error ([\d.]+) on rows held out, PCA's ([\d.]+)\.$/)
    expect(Number(error)).toBeLessThan(Number(pca))
  })

  it('worker tells how far it is, stops where it is told to, and has a model then', async () => {
    await open('worker')
    await said('#says', /^Epoch \d+ of 500, \d+ s left$/)
    await page.waitForFunction(() => document.querySelector('progress')!.value > 0)
    await page.click('#stop')
    const [, epochs, best] = await said(
      '#says',
      /^Ended by signal after (\d+) epochs; the model is that of epoch (\d+)\.$/,
    )
    expect(Number(epochs)).toBeLessThan(500)
    expect(Number(best)).toBeGreaterThan(0)
  })
})

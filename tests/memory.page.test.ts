// What training and scoring leave behind in a page of a real browser.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describePages } from '../packages/lab/src/report/testing/chromium.ts'
import { bundleFiles } from './bundle.ts'

const program = `
import { fit } from '@facet/facet'
import { OnlineTrainer } from '@facet/models'
import { init, key, memory, tensor } from '@facet/tensor'

const values = key('rows').normalArray(16 * 200)
const rows = Array.from({ length: 200 }, (_, i) => Array.from(values.subarray(16 * i, 16 * i + 16)))
const small = (seed) => fit(rows, { bottleneck: 3, epochs: 1, seed })
const start = async () => {
  const backend = await init()
  const model = await small(0)
  const trainer = new OnlineTrainer((await small(0)).model)
  const batch = tensor(Float32Array.from(rows.slice(0, 32).flat()), { shape: [32, 16] })
  const rounds = {
    models: async () => {
      for (let i = 0; i < 200; i++) {
        const one = await small(i)
        one.score(rows)
        one.dispose()
      }
    },
    scores: () => { for (let i = 0; i < 10000; i++) model.score(i % 100 === 0 ? rows : [rows[0]]) },
    steps: () => { for (let i = 0; i < 10000; i++) trainer.step(batch) },
    stream: async () => { for (let i = 0; i < 313; i++) await model.partialFit(rows.slice(0, 32)) },
  }
  globalThis.round = async (name) => void (await rounds[name]())
  globalThis.use = () => ({ tensors: memory().tensors, bytes: memory().bytes, peak: backend.peakBytes })
}
globalThis.started = start()
`

type Browser = ReturnType<Parameters<Parameters<typeof describePages>[1]>[0]>
type Page = Awaited<ReturnType<Browser['newPage']>>
type DevTools = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>

interface Use {
  readonly tensors: number
  readonly bytes: number
  /** The most that the engine ever used. */
  readonly peak: number
  readonly heap: number
}

describePages('memory of a page is flat', (browser) => {
  let server: Server
  let page: Page
  let devtools: DevTools

  beforeAll(async () => {
    const files = await bundleFiles(program)
    const [entry] = files.keys()
    server = createServer(({ url }, response) => {
      const body =
        url === '/'
          ? `<!doctype html><script type="module" src="/${entry}"></script>`
          : files.get(url!.slice(1))
      const type = url === '/' ? 'text/html' : 'text/javascript'
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body)
    }).listen(0)
    await new Promise((resolve) => server.once('listening', resolve))
    page = await browser().newPage()
    page.setDefaultTimeout(0)
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
    await page.evaluate('globalThis.started')
    devtools = await page.context().newCDPSession(page)
  })
  afterAll(() => void server.close())

  async function use(): Promise<Use> {
    // What a collection frees is told in the next turn.
    for (let i = 0; i < 3; i++) {
      await devtools.send('HeapProfiler.collectGarbage')
      await page.evaluate('new Promise((done) => setTimeout(done, 20))')
    }
    const { usedSize: heap } = await devtools.send('Runtime.getHeapUsage')
    return { ...((await page.evaluate('globalThis.use()')) as Omit<Use, 'heap'>), heap }
  }

  it.each([
    ['200 models that are fitted, used and disposed', 'models', 0],
    ['10,000 scores without a scope', 'scores', 0],
    ['10,000 steps', 'steps', 4096],
    ['10,000 rows of a stream', 'stream', 0],
  ])('over %s a round', async (_, name, peak) => {
    const round = (): Promise<unknown> => page.evaluate(`globalThis.round('${name}')`)
    await round()
    await round()
    const before = await use()
    for (let i = 0; i < 3; i++) await round()
    const after = await use()
    expect([after.tensors, after.bytes]).toEqual([before.tensors, before.bytes])
    expect(after.peak - before.peak).toBeLessThanOrEqual(peak)
    expect(after.heap - before.heap).toBeLessThan(2 ** 20)
  })
})

// The stores of a real browser.
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type BrowserContext, describePages, type Page } from '../../../lab/src/report/testing/chromium.ts'
import { bundled } from '../testing/bundled.ts'
import type { StoreName } from './index.ts'

const all: StoreName[] = ['indexeddb', 'opfs', 'localstorage']
const large: StoreName[] = ['indexeddb', 'opfs']

/** In the page: calls `stores[name](...)`; bytes are made of a seed and told by their sum. */
const program = `
import * as stores from './stores/index.ts'
globalThis.stores = stores
globalThis.bytesOf = (length, seed) => {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = (i * 7919 + seed * 31) >> 3
  return bytes
}
globalThis.same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i])
globalThis.told = (call) => call.then(
  (value) => ({ value }),
  ({ name, message, cause }) => ({ name, message, cause: cause?.name }),
)
`

/** What the page's program has made global. */
declare global {
  var stores: typeof import('./index.ts')
  var bytesOf: (length: number, seed: number) => Uint8Array<ArrayBuffer>
  var same: (a: Uint8Array, b: Uint8Array) => boolean
  var told: (
    call: Promise<unknown>,
  ) => Promise<{ value?: unknown; name?: string; message?: string; cause?: string }>
}

describePages('a browser', (browser) => {
  let script: string
  let context: BrowserContext
  let page: Page

  const open = async (address = 'https://facet.test/', headers = {}): Promise<Page> => {
    const opened = await context.newPage()
    await opened.route('**/*', (route) => {
      const isScript = route.request().url().endsWith('.js')
      return route.fulfill({
        contentType: isScript ? 'text/javascript' : 'text/html',
        headers,
        body: isScript ? script : '<!doctype html><script type="module" src="/program.js"></script>',
      })
    })
    await opened.goto(address)
    await opened.waitForFunction(() => globalThis.told !== undefined)
    return opened
  }

  beforeAll(async () => {
    script = await bundled(program)
  })
  beforeEach(async () => {
    context = await browser().newContext({ ignoreHTTPSErrors: true })
    page = await open()
  })
  afterEach(() => context.close())

  it.each(all)('gives back from %s the bytes that it was given, also on a later visit', async (store) => {
    const names = ['pump', 'Pump', 'pümp 7/.. %41', '.']
    await page.evaluate(
      async ({ store, names }) => {
        for (const [i, name] of names.entries()) await stores.write(store, name, bytesOf(1000 + i, i))
        // A view of a larger buffer, in place of the first.
        await stores.write(store, names[0], bytesOf(500_000, 9).subarray(1001, 400_000))
      },
      { store, names },
    )
    await page.close()
    page = await open()
    const found = await page.evaluate(
      async ({ store, names }) => {
        const seen = await stores.names(store)
        const right = [
          same(await stores.read(store, names[0]), bytesOf(500_000, 9).slice(1001, 400_000)),
          ...(await Promise.all(
            names
              .slice(1)
              .map(async (name, i) => same(await stores.read(store, name), bytesOf(1001 + i, i + 1))),
          )),
        ]
        await stores.remove(store, names[0])
        return {
          seen,
          right,
          left: await stores.names(store),
          gone: await told(stores.read(store, names[0])),
        }
      },
      { store, names },
    )
    expect(found).toEqual({
      seen: [...names].sort(),
      right: [true, true, true, true],
      left: names.slice(1).sort(),
      gone: {
        name: 'Error',
        message: `load: no model 'pump' in '${store}'; there are ${names
          .slice(1)
          .sort()
          .map((name) => `'${name}'`)
          .join(', ')}`,
      },
    })
  })

  it.each(large)('whose room is used up says of %s how much was wanted and is free', async (store) => {
    const session = await context.newCDPSession(page)
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: 'https://facet.test',
      quotaSize: 3_000_000,
    })
    await page.evaluate(({ store }) => stores.write(store, 'pump', bytesOf(10_000, 1)), { store })
    const refused = await page.evaluate(
      async ({ store }) => ({
        old: await told(stores.write(store, 'pump', bytesOf(5_000_000, 2))),
        fresh: await told(stores.write(store, 'valve', bytesOf(5_000_000, 3))),
        there: await stores.names(store),
        kept: same(await stores.read(store, 'pump'), bytesOf(10_000, 1)),
        smaller: await told(stores.write(store, 'valve', bytesOf(20_000, 4))),
      }),
      { store },
    )
    const message = (name: string): unknown =>
      expect.stringMatching(
        new RegExp(
          `^save: '${store}' has no room for the 5,000,000 bytes of '${name}': of [\\d,]+ bytes that this page's origin may use, [\\d,]+ are used and ` +
            '[\\d,]+ are free \\(navigator.storage.estimate\\(\\)\\), yet the browser refuses: the disk may be full, or this page may use less than is told; make room ' +
            "with remove\\(store, name\\) of @facet/facet/stores \\(there are 'pump'\\), or fit with a smaller `memory` of rows$",
        ),
      )
    const kind = { name: 'QuotaExceededError', cause: 'QuotaExceededError' }
    expect(refused).toEqual({
      old: { ...kind, message: message('pump') },
      fresh: { ...kind, message: message('valve') },
      there: ['pump'],
      kept: true,
      smaller: { value: undefined },
    })
  })

  it('whose localStorage is full says what its own limit is', async () => {
    const told = await page.evaluate(async () => {
      await stores.write('localstorage', 'pump', bytesOf(9000, 1))
      const largest = await globalThis.told(stores.write('localstorage', 'valve', bytesOf(3_900_000, 2)))
      return {
        largest,
        full: await globalThis.told(stores.write('localstorage', 'pump', bytesOf(90_000, 3))),
        kept: same(await stores.read('localstorage', 'pump'), bytesOf(9000, 1)),
      }
    })
    expect(told).toEqual({
      largest: {},
      full: {
        name: 'QuotaExceededError',
        cause: 'QuotaExceededError',
        message:
          "save: 'localstorage' has no room for the 90,000 bytes of 'pump': as base64 they are 120,000 characters, and of the 5,242,880 that browsers give to a " +
          "page's origin 5,212,035 are used; 'indexeddb' and 'opfs' hold larger models; make room with remove(store, name) of @facet/facet/stores (there are " +
          "'pump', 'valve'), or fit with a smaller `memory` of rows",
      },
      kept: true,
    })
  })

  it.each(large)(
    'that is closed in the middle of a write has in %s the old model or the new',
    async (store) => {
      await page.evaluate(({ store }) => stores.write(store, 'pump', bytesOf(10_000, 1)), { store })
      for (const milliseconds of [0, 5, 20, 80]) {
        await page.evaluate(
          ({ store, milliseconds }) => {
            for (const name of ['pump', 'valve'])
              stores.write(store, name, bytesOf(20_000_000, 2)).catch(() => undefined)
            return new Promise((resolve) => setTimeout(resolve, milliseconds))
          },
          { store, milliseconds },
        )
        await page.close()
        page = await open()
        const seen = await page.evaluate(
          async ({ store }) => {
            const isNew = async (name: string) => same(await stores.read(store, name), bytesOf(20_000_000, 2))
            const names = await stores.names(store)
            return {
              pump: same(await stores.read(store, 'pump'), bytesOf(10_000, 1)) || (await isNew('pump')),
              valve: names.includes('valve') ? await isNew('valve') : true,
            }
          },
          { store },
        )
        expect(seen).toEqual({ pump: true, valve: true })
        await page.evaluate(({ store }) => stores.write(store, 'pump', bytesOf(10_000, 1)), { store })
      }
    },
  )

  it('that shows a page without https has no file system for it', async () => {
    page = await open('http://facet.test/')
    expect(await page.evaluate(() => told(stores.write('opfs', 'pump', bytesOf(9, 1))))).toEqual({
      name: 'Error',
      cause: 'Error',
      message:
        "save: to: 'opfs' is not there: pages have a file system of their own on https: and localhost alone; there are 'indexeddb' and 'localstorage'",
    })
  })

  it.each(all)('that gives a page nothing to keep says so of %s', async (store) => {
    page = await open('https://facet.test/', {
      'content-security-policy': 'sandbox allow-scripts',
      'access-control-allow-origin': '*',
    })
    const { name, message } = await page.evaluate(({ store }) => told(stores.read(store, 'pump')), { store })
    expect(name).toBe('Error')
    expect(message).toMatch(
      new RegExp(
        `^load: from: '${store}' is not there: .*(denied|security|sandboxed).*; nor are the others; save\\(\\) without \`to\` gives the bytes`,
        'i',
      ),
    )
  })

  it('has the large stores in a worker as well, and says so where the small one is asked for', async () => {
    const inWorker = await page.evaluate(async () => {
      const { src } = document.querySelector('script') as HTMLScriptElement
      const text = `import ${JSON.stringify(src)}
        const found = []
        for (const store of ['indexeddb', 'opfs', 'localstorage'])
          found.push(await told(stores.write(store, 'pump', bytesOf(9000, 1)).then(async () =>
            same(await stores.read(store, 'pump'), bytesOf(9000, 1)))))
        postMessage(found)`
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), {
        type: 'module',
      })
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
      })
    })
    expect(inWorker).toEqual([
      { value: true },
      { value: true },
      {
        name: 'Error',
        cause: 'Error',
        message:
          "save: to: 'localstorage' is not there: there is no localStorage; there are 'indexeddb' and 'opfs'",
      },
    ])
  })
})

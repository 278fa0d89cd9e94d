// `trainInWorker` in pages of a real browser: without a bundler, by a script tag, under security policies.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describePages, type Page } from '../../../lab/src/report/testing/chromium.ts'
import { fit } from '../fit.ts'
import type { FitProgress } from '../options.ts'
import { type Answer, Served } from '../testing/served.ts'
import type { trainInWorker } from './index.ts'

const rows = Array.from({ length: 300 }, (_, i) => {
  const [a, b] = [((i * 37) % 101) / 101, ((i * 53) % 97) / 97]
  return [a, b, a + b, a - b, i === 42 ? 1 - a : a * a]
})
const options = { bottleneck: 2, epochs: 40, seed: 0 }

/** What pages have made global. */
declare global {
  var ready: boolean
  var facet: typeof import('../index.ts') & { trainInWorker: typeof trainInWorker } & {
    score: { load(bytes: Uint8Array): { score(rows: number[][]): number[] } }
    stores: { names(store: 'indexeddb'): Promise<string[]> }
  }
}

const icon = '<!doctype html><link rel="icon" href="data:,">'
const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src data:"

/** Files of the tests: a page's module that makes what it imports global, and one for pages with the script. */
const modules = `import { trainInWorker } from '@facet/facet/worker'
import { fit } from '@facet/facet'
globalThis.facet = { fit, trainInWorker }
globalThis.ready = true`
const afterScript = 'globalThis.ready = typeof facet === "object"'

describePages('trainInWorker in a page', (browser) => {
  const served = new Served()
  let elsewhere: string
  let here: string
  let page: Page
  let answers: Record<string, Answer>
  let right: readonly number[]

  beforeAll(async () => {
    await served.build()
    elsewhere = await served.start(() => undefined, { 'access-control-allow-origin': '*' })
    here = await served.start((path) => answers[path])
    right = (await fit(rows, options)).score(rows)
  })
  afterAll(() => served.close())
  beforeEach(() => {
    answers = {
      '/modules.js': { body: modules },
      '/after.js': { body: afterScript },
    }
  })

  const open = async (body: string, policy?: string): Promise<void> => {
    answers['/'] = {
      body: icon + body,
      headers: policy === undefined ? {} : { 'content-security-policy': policy },
    }
    page = await browser().newPage()
    await page.goto(here)
    await page.waitForFunction(() => globalThis.ready)
  }
  const byMap = (at = ''): string =>
    `${served.importMap(at)}<script type="module" src="/modules.js"></script>`
  const byScript = (at = '/facet/dist'): string =>
    `<script src="${at}/facet.min.js"></script><script src="/after.js"></script>`

  /** Fits in the worker of the page; the scores, or the error. */
  const train = (given: object = {}): Promise<{ scores?: number[]; error?: string }> =>
    page.evaluate(
      ({ rows, options }) =>
        facet.trainInWorker(rows, options).then(
          (model) => ({ scores: model.score(rows) }),
          ({ name, message }) => ({ error: `${name}: ${message}` }),
        ),
      { rows, options: { ...options, ...given } },
    )

  /** A worker that was told to end takes a moment. */
  const expectNoWorkers = (): Promise<void> => expect.poll(() => page.workers().length).toBe(0)

  /** To the digits in which browsers and Node may differ: they need not have the same SIMD. */
  const expectRight = async ({ scores, error }: { scores?: number[]; error?: string }): Promise<void> => {
    expect(error).toBeUndefined()
    const largest = Math.max(...right)
    expect(scores).toHaveLength(rows.length)
    for (const [i, score] of scores!.entries())
      expect(Math.abs(score - right[i]) / largest).toBeLessThan(1e-4)
    await expectNoWorkers()
  }

  it('with an import map starts the file of the package', async () => {
    await open(byMap())
    await expectRight(await train())
  })

  it('with an import map to another server starts the file of the package from there', async () => {
    await open(byMap(elsewhere))
    await expectRight(await train())
  })

  it('gives what fit gives in the page, to the bit', async () => {
    await open(byMap())
    const same = await page.evaluate(
      async ({ rows, options }) => {
        const [there, here] = [await facet.trainInWorker(rows, options), await facet.fit(rows, options)]
        const [a, b] = [await there.save(), await here.save()]
        return a.length === b.length && a.every((byte, i) => byte === b[i])
      },
      { rows, options },
    )
    expect(same).toBe(true)
  })

  it('with a script tag starts the file beside the script', async () => {
    await open(byScript())
    await expectRight(await train())
  })

  it('with a script tag from another server starts the file beside the script', async () => {
    await open(byScript(`${elsewhere}/facet/dist`))
    await expectRight(await train())
  })

  it('under a strict policy starts the file', async () => {
    await open(byScript(), strict)
    await expectRight(await train())
  })

  it('that may not compile WebAssembly itself trains with it, since the worker is a file with a policy of its own', async () => {
    await open(byScript(), "default-src 'self'; img-src data:")
    const warnings: string[] = []
    page.on('console', (message) => void warnings.push(message.text()))
    await expectRight(await train())
    expect(warnings.filter((text) => text.startsWith('init:'))).toEqual([
      expect.stringMatching(/computing with 'reference', some ten times slower$/),
    ])
  })

  it('starts the program from the address of a copy', async () => {
    await open(byScript(), strict)
    answers['/copy.js'] = { body: served.text('/facet/dist/train-worker.min.js') }
    await expectRight(await train({ worker: '/copy.js' }))
  })

  it('starts the program from an address on another server', async () => {
    await open(byScript())
    await expectRight(await train({ worker: `${elsewhere}/facet/dist/train-worker.min.js` }))
  })

  it('takes a worker that the page has started, and ends it', async () => {
    await open(byScript(), strict)
    const scores = await page.evaluate(
      async ({ rows, options }) => {
        const worker = new Worker('/facet/dist/train-worker.min.js')
        return (await facet.trainInWorker(rows, { ...options, worker })).score(rows)
      },
      { rows, options },
    )
    await expectRight({ scores })
  })

  const advice =
    "let the page's security policy allow it (Content-Security-Policy: worker-src 'self') or serve a copy of @facet/facet/train-worker.min.js and give its address, trainInWorker(rows, { worker }); fit(rows) trains on this thread"

  it('whose policy forbids workers says what to allow', async () => {
    await open(byScript(), "default-src 'self'; worker-src 'none'; img-src data:")
    expect(await train()).toEqual({ error: `Error: trainInWorker: no worker starts; ${advice}` })
    await expectNoWorkers()
  })

  it('whose server has no such file says so', async () => {
    await open(byScript())
    expect(await train({ worker: '/none.js' })).toEqual({
      error: `Error: trainInWorker: no worker starts from /none.js; ${advice}`,
    })
  })

  it('whose server answers with its page instead says so', async () => {
    await open(byScript())
    answers['/worker.js'] = { body: '<!doctype html><title>Not found</title>', type: 'text/html' }
    expect((await train({ worker: '/worker.js' })).error).toMatch(
      /^Error: trainInWorker: no worker starts from \/worker\.js.*; let the page's/,
    )
    await expectNoWorkers()
  })

  it('that demands trusted addresses is told so, and takes one', async () => {
    await open(byScript(), `${strict}; require-trusted-types-for 'script'`)
    expect((await train({ worker: '/facet/dist/train-worker.min.js' })).error).toMatch(
      /^Error: trainInWorker: no worker starts from .*TrustedScriptURL.*; let the page's/,
    )
    const scores = await page.evaluate(
      async ({ rows, options }) => {
        const { trustedTypes } = globalThis as unknown as {
          trustedTypes: {
            createPolicy(
              name: string,
              rules: { createScriptURL: (text: string) => string },
            ): { createScriptURL(text: string): URL }
          }
        }
        const policy = trustedTypes.createPolicy('facet', { createScriptURL: (text) => text })
        const worker = policy.createScriptURL('/facet/dist/train-worker.min.js')
        return (await facet.trainInWorker(rows, { ...options, worker })).score(rows)
      },
      { rows, options },
    )
    await expectRight({ scores })
  })

  it('hears how far it is while its own timers go on, and stops it', async () => {
    await open(byScript(), strict)
    const seen = await page.evaluate(
      async ({ rows, options }) => {
        const stop = new AbortController()
        const progress: FitProgress[] = []
        let turns = 0
        const timer = setInterval(() => turns++, 5)
        const model = await facet.trainInWorker(rows, {
          ...options,
          epochs: 1_000_000,
          signal: stop.signal,
          onProgress(told) {
            progress.push(told)
            if (progress.length === 8) stop.abort()
          },
        })
        clearInterval(timer)
        const { endedBy, epochs } = model.report
        return { progress, turns, endedBy, epochs, scores: model.score(rows).length }
      },
      { rows, options },
    )
    expect(seen).toMatchObject({ endedBy: 'signal', scores: rows.length })
    expect(seen.progress.length).toBeGreaterThanOrEqual(8)
    expect(seen.epochs).toBeGreaterThanOrEqual(seen.progress[7].epoch)
    expect(seen.progress.every(({ remaining, epochs }) => remaining > 0 && epochs === 1_000_000)).toBe(true)
    // Seven pauses of 100 ms, in which a timer of 5 ms is due 140 times.
    expect(seen.turns).toBeGreaterThan(35)
    await expectNoWorkers()
  })

  it('gives the reason of a signal that comes before an epoch is done', async () => {
    await open(byScript())
    const reason = await page.evaluate(
      async ({ rows, options }) => {
        const stop = new AbortController()
        const training = facet.trainInWorker(rows, { ...options, epochs: 1_000_000, signal: stop.signal })
        stop.abort('not today')
        return training.catch((error) => error)
      },
      { rows, options },
    )
    expect(reason).toBe('not today')
    await expectNoWorkers()
  })

  it('keeps what came of it in the browser, and scores it without the engine', async () => {
    await open(byScript(), strict)
    const found = await page.evaluate(
      async ({ rows, options }) => {
        const model = await facet.trainInWorker(rows, options)
        const bytes = await model.save({ to: 'indexeddb', name: 'pump' })
        const again = await facet.load({ from: 'indexeddb', name: 'pump' })
        return {
          names: await facet.stores.names('indexeddb'),
          same: again.score(rows).every((score, i) => score === model.score(rows)[i]),
          light: facet.score
            .load(bytes)
            .score(rows)
            .every((score, i) => Math.abs(score - model.score(rows)[i]) < 1e-6),
        }
      },
      { rows, options },
    )
    expect(found).toEqual({ names: ['pump'], same: true, light: true })
  })
})

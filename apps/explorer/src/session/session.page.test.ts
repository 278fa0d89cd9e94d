import { init } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { makeData } from '../run/make-data.ts'
import { checksumOf, Run } from '../run/run.ts'
import { defaultRecipe, type Recipe } from '../state/recipe.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

beforeAll(() => init({ relaxedSimd: false }))

const lie: Recipe = {
  ...defaultRecipe,
  data: { ...defaultRecipe.data, set: 'moons', noise: 0.05 },
  model: { ...defaultRecipe.model, encoder: [12, 12], decoder: [12, 12] },
  training: { ...defaultRecipe.training, objective: 'lieGroupFirstOrder', weight: 0.1 },
  seed: 5,
}
const orbit: Recipe = {
  ...defaultRecipe,
  data: { ...defaultRecipe.data, set: 'cbf', points: 30 },
  training: { ...defaultRecipe.training, objective: 'lieGroupOrbit', weight: 3 },
}

async function inNode(recipe: Recipe, steps: number): Promise<string> {
  const run = await Run.of(recipe, makeData(recipe, null))
  while (run.stepsDone < steps) run.step()
  return checksumOf(run.weights(new Float32Array(run.parameters)))
}

async function opened(page: Page, recipe: Recipe, step: number): Promise<string | null> {
  await page.evaluate(
    ({ recipe, step }) => {
      const { store } = globalThis.explorer
      store.dispatch(['open', { ...store.state, recipe, step, promised: null }])
    },
    { recipe, step },
  )
  await untilDrawn(page)
  return page.evaluate(() => globalThis.explorer.session.status.checksum)
}

describePages('a run on the page', (browser) => {
  const address = servedExplorer()

  it.each([
    ['moons and learned generators', lie, 250],
    ['series and their orbit', orbit, 120],
    ['the default', defaultRecipe, 400],
  ])('has the same bits as in Node, and after a reload: %s', (_, recipe, step) =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      const first = await opened(page, recipe, step)
      expect(first).toBe(await inNode(recipe, step))
      await page.reload()
      expect(await opened(page, recipe, step)).toBe(first)
    }),
  )

  it('of the first preset is shown with the weights that the page came with, which are those that it is trained to', () =>
    withExplorer(browser(), { address: address() }, async ({ page, complaints }) => {
      await untilDrawn(page)
      const { url, weights } = await page.evaluate(async () => {
        const url = performance
          .getEntriesByType('resource')
          .find(({ name }) => name.endsWith('.weights'))!.name
        return { url, weights: [...new Uint8Array(await (await fetch(url)).arrayBuffer())] }
      })
      expect(url.startsWith(address())).toBe(true)
      const checksum = await page.evaluate(() => globalThis.explorer.session.status.checksum)
      expect(checksumOf(new Float32Array(Uint8Array.from(weights).buffer))).toBe(checksum)
      expect(complaints).toEqual([])
    }))

  it('of the first preset is shown before it is trained, and is trained without those weights too', () =>
    withExplorer(browser(), { address: address() }, async ({ page, context }) => {
      const first = await page.evaluate(
        () =>
          new Promise<readonly number[]>((done) => {
            const { session, store } = globalThis.explorer
            const look = () => session.frame && done([session.frame.step, store.state.step])
            session.onFrame(look)
            look()
          }),
      )
      expect(first).toEqual([1000, 1000])
      await context.route('**/*.weights', (route) => route.fulfill({ status: 404 }))
      await page.reload()
      await untilDrawn(page)
      expect(await page.evaluate(() => globalThis.explorer.session.frame?.step)).toBe(1000)
    }))

  it('has the same bits in two tabs at once, whatever is drawn', () =>
    withExplorer(browser(), { address: address() }, async ({ page, context }) => {
      const other = await context.newPage()
      await other.goto(address())
      await other.evaluate(() =>
        globalThis.explorer.store.dispatch(['view', { part: 'encoder', shading: 'error' }]),
      )
      const [a, b] = await Promise.all([opened(page, lie, 200), opened(other, lie, 200)])
      expect(a).toBe(b)
      expect(a).toMatch(/^[0-9a-f]{8}$/)
    }))

  it('plays, stands still, goes one step, and shows earlier weights again', () =>
    withExplorer(browser(), { address: address() }, async ({ page, complaints, foreign }) => {
      await untilDrawn(page)
      const begun = await page.evaluate(() => globalThis.explorer.session.status.step)
      await page.evaluate(() => globalThis.explorer.store.dispatch(['play', true]))
      await page.waitForFunction((step) => globalThis.explorer.session.status.step > step + 300, begun)
      await page.evaluate(() => globalThis.explorer.store.dispatch(['play', false]))
      await untilDrawn(page)
      const [step, recorded] = await page.evaluate(() => {
        const { step, recorded } = globalThis.explorer.session.status
        return [step, recorded] as const
      })
      await page.evaluate(() => globalThis.explorer.session.step())
      await page.waitForFunction((next) => globalThis.explorer.session.frame?.step === next, step + 1)
      const earlier = recorded[Math.floor(recorded.length / 2)]
      await page.evaluate((shown) => globalThis.explorer.store.dispatch(['view', { shown }]), earlier)
      await page.waitForFunction((shown) => globalThis.explorer.session.frame?.step === shown, earlier)
      const checksum = await page.evaluate(() => globalThis.explorer.session.status.checksum)
      const { recipe } = await page.evaluate(() => globalThis.explorer.store.state)
      expect(checksum).toBe(await inNode(recipe, step + 1))
      expect(complaints).toEqual([])
      expect(foreign).toEqual([])
    }))

  it('says what does not fit, and goes on with what does', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      await opened(page, { ...defaultRecipe, model: { ...defaultRecipe.model, bottleneck: 3 } }, 0)
      expect(await page.evaluate(() => globalThis.explorer.session.status.problem)).toContain(
        'at most the input’s'.replace('’', "'"),
      )
      expect(await opened(page, lie, 20)).toBe(await inNode(lie, 20))
      expect(await page.evaluate(() => globalThis.explorer.session.status.problem)).toBeNull()
    }))

  it('takes no more memory after many resets', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      await untilDrawn(page)
      const session = await page.context().newCDPSession(page)
      const used = async (): Promise<number> => {
        await session.send('HeapProfiler.collectGarbage')
        const { usedSize } = await session.send('Runtime.getHeapUsage')
        return usedSize
      }
      const reset = async (times: number) => {
        for (let i = 0; i < times; i++) {
          await page.evaluate((seed) => globalThis.explorer.store.dispatch(['seed', seed]), i)
          await untilDrawn(page)
        }
      }
      await reset(10)
      const before = await used()
      await reset(40)
      expect((await used()) - before).toBeLessThan(2e6)
    }))
})

describePages('a page whose policy refuses WebAssembly', (browser) => {
  const address = servedExplorer({ 'Content-Security-Policy': "script-src 'self'; worker-src 'self'" })

  it('trains on plain loops, and says so', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      await opened(
        page,
        { ...defaultRecipe, model: { ...defaultRecipe.model, encoder: [4], decoder: [4] } },
        5,
      )
      const status = await page.evaluate(() => {
        const { backend, warnings, step, problem } = globalThis.explorer.session.status
        return { backend, warnings, step, problem }
      })
      expect(status).toMatchObject({ backend: 'reference', step: 5, problem: null })
      expect(status.warnings[0]).toContain('WebAssembly is not allowed here')
    }))
})

// The page as people use it: by pointer, by keys alone, by touch; and what it does with what does not fit.
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { overflowing } from '../../../../packages/lab/src/report/testing/opened-page.ts'
import { presets } from '../state/presets.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'
import { seriousIn } from '../testing/serious.ts'

const statusOf = (page: Page) =>
  page.evaluate(() => {
    const { facts: _, ...status } = globalThis.explorer.session.status
    return status
  })
const stateOf = (page: Page) => page.evaluate(() => globalThis.explorer.store.state)

describePages('the explorer', (browser) => {
  const address = servedExplorer()

  it('opens on a trained preset, paused; Play is the first button, and no other origin is asked', () =>
    withExplorer(browser(), { address: address() }, async ({ page, complaints, foreign }) => {
      await untilDrawn(page)
      expect(await page.getByRole('button').first().textContent()).toBe('Play')
      const [first] = presets
      expect((await stateOf(page)).isPlaying).toBe(false)
      expect((await statusOf(page)).step).toBe(first.state.step)
      expect(first.state.step).toBeGreaterThan(100)
      await page.getByRole('button', { name: 'Play' }).click()
      await page.waitForFunction((step) => globalThis.explorer.session.status.step > step, first.state.step)
      await page.getByRole('button', { name: 'Pause' }).click()
      await untilDrawn(page)
      expect(complaints).toEqual([])
      expect(foreign).toEqual([])
    }))

  const views: [width: number, height: number, scheme: 'light' | 'dark'][] = [
    [1280, 860, 'light'],
    [390, 844, 'dark'],
  ]
  it.each(views)(
    'has nothing that axe-core calls serious, and fits its window: %i × %i, %s',
    (width, height, scheme) =>
      withExplorer(
        browser(),
        { address: address(), width, height, scheme, touch: width < 600 },
        async ({ page }) => {
          await untilDrawn(page)
          for (const tab of await page.getByRole('tab').all()) {
            await tab.click()
            expect(await seriousIn(page)).toEqual([])
            expect(await overflowing(page)).toEqual([])
          }
          if (width >= 600) {
            expect(await seriousIn(page)).toEqual([])
            expect(await overflowing(page)).toEqual([])
          }
        },
      ),
  )

  it('has all presets, each at its step and drawn', () =>
    withExplorer(browser(), { address: address() }, async ({ page, complaints }) => {
      for (const { title, state } of presets) {
        await page.getByRole('button', { name: title, exact: true }).click()
        await untilDrawn(page)
        const { step, problem } = await statusOf(page)
        const notice = await page.evaluate(() => globalThis.explorer.session.frame?.notice)
        expect({ title, step, problem, notice }).toEqual({
          title,
          step: state.step,
          problem: null,
          notice: null,
        })
      }
      expect(complaints).toEqual([])
    }))

  it('is used by keys alone: steps, and selects a region of the plane', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      await untilDrawn(page)
      const { step } = await statusOf(page)
      await page.keyboard.press('.')
      await page.waitForFunction((next) => globalThis.explorer.session.status.step === next, step + 1)
      await page.getByRole('application', { name: /input/i }).focus()
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => globalThis.explorer.session.frame?.card != null)
    }))

  it('takes any address: what does not fit falls back, and is said', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      for (const fragment of [
        '#%E0%A4%A',
        '#set=moons&points=1e99&layers=9999-9999.2.1&step=-5',
        '#v=99&set=nothing&objective=__proto__&seed=NaN',
        `#drawn=${'z'.repeat(20_000)}`,
        '#<script>alert(1)</script>',
      ]) {
        await page.goto('about:blank')
        await page.goto(address(fragment))
        await untilDrawn(page)
        expect((await statusOf(page)).problem).toBeNull()
      }
    }))

  it('goes on after it was hidden', () =>
    withExplorer(browser(), { address: address() }, async ({ page, context }) => {
      await untilDrawn(page)
      await page.getByRole('button', { name: 'Play' }).click()
      const other = await context.newPage()
      await other.bringToFront()
      await other.waitForTimeout(500)
      await page.bringToFront()
      const seen = await page.evaluate(() => globalThis.explorer.session.frame?.step ?? 0)
      await page.waitForFunction((step) => (globalThis.explorer.session.frame?.step ?? 0) > step, seen)
    }))
})

// The curves, in a real browser.
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

const addressOf = servedExplorer()

/** Trains for some steps from the first one on, and stops. */
async function train(page: Page, steps: number): Promise<void> {
  await page.evaluate(() => globalThis.explorer.store.dispatch(['reset', null]))
  await untilDrawn(page)
  await page.evaluate(() => globalThis.explorer.store.dispatch(['play', true]))
  await page.waitForFunction((steps) => globalThis.explorer.session.status.step >= steps, steps)
  await page.evaluate(() => globalThis.explorer.store.dispatch(['play', false]))
  await untilDrawn(page)
}

const shown = (page: Page) => page.evaluate(() => globalThis.explorer.store.state.view.shown)
const drawnStep = (page: Page) => page.evaluate(() => globalThis.explorer.session.frame!.step)
const recorded = (page: Page) => page.evaluate(() => globalThis.explorer.session.status.recorded)

describePages('the curves', (browser) => {
  it('take all views back by dragging, by arrow keys behind it, and to the newest weights again', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await train(page, 200)
      const newest = await drawnStep(page)
      const box = (await page.locator('.curves-plot').boundingBox())!
      await page.mouse.move(box.x + box.width * 0.8, box.y + 40)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.45, box.y + 40, { steps: 4 })
      await page.mouse.up()
      const back = await shown(page)
      expect(back).not.toBeNull()
      expect(await recorded(page)).toContain(back)
      expect(back).toBeLessThan(newest)
      await expect.poll(() => drawnStep(page)).toBe(back)
      expect(await page.locator('.curves-plot .shown').count()).toBe(1)
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => shown(page)).toBeLessThan(back!)
      await page.locator('.curves-steps button').click()
      expect(await shown(page)).toBeNull()
      await expect.poll(() => drawnStep(page)).toBe(newest)
    }))

  it('say their values, those at the step that is shown', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await train(page, 100)
      const label = () => page.locator('.curves-plot svg').getAttribute('aria-label')
      await expect
        .poll(label)
        .toMatch(
          /^Curves up to step [\d,]+: loss .*, validation error .*, 2 live bottleneck units, [\d,]+ regions\.$/,
        )
      const before = await label()
      const early = (await recorded(page))[10]
      await page.evaluate((shown) => globalThis.explorer.store.dispatch(['view', { shown }]), early)
      await expect.poll(label).toMatch(new RegExp(`^Curves up to step ${early}: loss `))
      expect(await label()).not.toBe(before)
    }))

  it('draw a few hundred points, at most eight times a second', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await train(page, 600)
      await page.evaluate(() => globalThis.explorer.store.dispatch(['play', true]))
      const { renders, seconds } = await page.evaluate(async () => {
        const curve = document.querySelector('.curves-plot .loss')!
        let renders = 0
        const observer = new MutationObserver((records) => void (renders += records.length))
        observer.observe(curve, { attributes: true })
        const began = performance.now()
        // However slow the machine is: as many renders take so much time at least.
        while (renders < 24) await new Promise((resolve) => setTimeout(resolve, 20))
        observer.disconnect()
        return { renders, seconds: (performance.now() - began) / 1000 }
      })
      // A status and a frame may each bring one.
      expect(renders).toBeLessThanOrEqual(2 * 8 * (seconds + 1))
      const points = await page
        .locator('.curves-plot .loss')
        .evaluate((path) => path.getAttribute('d')!.split('L').length)
      const { width } = (await page.locator('.curves-plot').boundingBox())!
      expect(points).toBeLessThanOrEqual(4 * width)
    }))
})

// The card of the selected region and what is said of it, in a real browser.
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

const addressOf = servedExplorer()

/** Selects the region around a point of the input plane, and waits for its card. */
async function select(page: Page, s: number, t: number): Promise<void> {
  await page.evaluate(
    ([s, t]) => {
      globalThis.explorer.store.dispatch(['view', { selected: { plane: 'input', s, t } }])
    },
    [s, t],
  )
  await page.waitForFunction((s) => globalThis.explorer.session.frame?.card?.at.s === s, s)
  await page.locator('.card-name').waitFor()
}

const selected = (page: Page) => page.evaluate(() => globalThis.explorer.store.state.view.selected)
const nameOf = (page: Page) => page.locator('.card-name strong').textContent()
const said = (page: Page) => page.locator('.summary [aria-live]').textContent()

describePages('the region card', (browser) => {
  it('says how to select a region while none is', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await untilDrawn(page)
      expect(await page.locator('.view-card').textContent()).toContain('click one in the input')
    }))

  it('walks to neighbours by keys alone, and whoever walks keeps a place in the list', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await untilDrawn(page)
      await select(page, 0.3, 0.2)
      const buttons = page.locator('.card-neighbours button')
      await buttons.first().focus()
      await page.keyboard.press('End')
      for (let walked = 0; walked < 6; walked++) {
        const wanted = /region (\w{6})/.exec(
          await page.evaluate(() => document.activeElement!.textContent!),
        )![1]
        await page.keyboard.press('Enter')
        await page.locator('.card-name strong', { hasText: wanted }).waitFor()
        // The focus is on a button of the list of the region that was walked to, whatever its length.
        await expect
          .poll(() => page.evaluate(() => document.activeElement!.closest('.card-neighbours') !== null))
          .toBe(true)
        await page.keyboard.press(walked % 2 === 0 ? 'ArrowUp' : 'End')
      }
      await page.keyboard.press('Home')
      expect(await buttons.first().evaluate((button) => button === document.activeElement)).toBe(true)
    }))

  it('tells of an interval where the bottleneck is one, and goes on to the next ones', () =>
    withExplorer(
      browser(),
      { address: addressOf('#set=arcs&points=40&layers=8.1.8&step=20&seed=3') },
      async ({ page, complaints }) => {
        await untilDrawn(page)
        const { s } = await page.evaluate(() => globalThis.explorer.session.frame!.latent!.frame)
        await page.evaluate(
          (s) => {
            globalThis.explorer.store.dispatch(['view', { selected: { plane: 'latent', s, t: 0.5 } }])
          },
          (s[0] + s[1]) / 2,
        )
        await page.locator('.card-name', { hasText: 'of the latent plane, length' }).waitFor()
        const name = await nameOf(page)
        await page.locator('.card-neighbours button').first().click()
        await expect.poll(() => nameOf(page)).not.toBe(name)
        expect(complaints).toEqual([])
      },
    ))

  it('says that it is of a piece where regions of the decoder are drawn on the input plane', () =>
    withExplorer(browser(), { address: addressOf('#part=decoder') }, async ({ page }) => {
      await untilDrawn(page)
      await select(page, 0.3, 0.2)
      await page.getByText('A piece of a region of the decoder').waitFor()
    }))

  it('goes to the largest error without leaving the region, and follows a sample that is chosen', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await untilDrawn(page)
      const at = await page.evaluate(() => [...globalThis.explorer.session.status.facts!.train.slice(14, 16)])
      await select(page, at[0], at[1])
      const name = await nameOf(page)
      const before = await selected(page)
      await page.locator('.card button', { hasText: 'Go there' }).click()
      await expect.poll(() => selected(page)).not.toEqual(before)
      const there = (await selected(page))!
      await page.waitForFunction((s) => globalThis.explorer.session.frame?.card?.at.s === s, there.s)
      expect(await nameOf(page)).toBe(name)
      await page.locator('.card-samples button', { hasText: /^8$/ }).click()
      expect(await page.evaluate(() => globalThis.explorer.store.state.view.sample)).toBe(7)
    }))

  it('shows wide maps as pictures, whose numbers are told where they are pointed at', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await untilDrawn(page)
      await page.evaluate(() => {
        globalThis.explorer.store.dispatch(['data', { set: 'cbf', points: 60 }])
      })
      await untilDrawn(page)
      await select(page, 0.1, 0.1)
      const map = page.locator('.matrix-drawn canvas').first()
      expect(await map.getAttribute('aria-label')).toMatch(/^A: 128 rows and 128 columns/)
      await map.hover({ position: { x: 0.5, y: 0.5 } })
      const first = await page.evaluate(() => globalThis.explorer.session.frame!.card!.A[0])
      const told = (await page.locator('.matrix-readout').first().textContent())!
      expect(told).toMatch(/^1, 1: /)
      const number = Number(
        told
          .slice(6)
          .replace('−', '-')
          .replace(/ ?×? ?10(.*)$/, ''),
      )
      expect(Math.sign(number)).toBe(Math.sign(first))
    }))
})

describePages('what is said aloud', (browser) => {
  it('is the region that was selected, then the summary when training pauses, and nothing in between', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await untilDrawn(page)
      await select(page, 0.3, 0.2)
      await expect.poll(() => said(page)).toMatch(/^Region \w{6} at \(0\.3, 0\.2\): \d+ neighbours/)
      const before = await said(page)
      await page.evaluate(() => globalThis.explorer.store.dispatch(['play', true]))
      const changes = await page.evaluate(async () => {
        const live = document.querySelector('.summary [aria-live]')!
        let count = 0
        const observer = new MutationObserver((records) => void (count += records.length))
        observer.observe(live, { childList: true, characterData: true, subtree: true })
        const { session } = globalThis.explorer
        const from = session.status.step
        while (session.status.step < from + 100) await new Promise((resolve) => setTimeout(resolve, 50))
        observer.disconnect()
        return count
      })
      expect(changes).toBe(0)
      expect(await said(page)).toBe(before)
      await page.evaluate(() => globalThis.explorer.store.dispatch(['play', false]))
      await expect.poll(() => said(page)).toMatch(/^Step [\d,]+\. [\d,]+ regions of the whole network meet/)
    }))
})

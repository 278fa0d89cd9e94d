// The symmetry microscope in a real browser: samples are chosen, and moved by pointer and keys.
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

const addressOf = servedExplorer()

const view = (page: Page) =>
  page.evaluate(() => {
    const { sample, generator, theta } = globalThis.explorer.store.state.view
    return { sample, generator, theta }
  })

const errorOf = (page: Page, row: number) =>
  page.locator('.symmetry-table tbody tr').nth(row).locator('td').first().textContent()

const openSymmetry = async (page: Page) => {
  await untilDrawn(page)
  await page.locator('.symmetry-table tbody tr').first().waitFor()
}

describePages('the symmetry microscope', (browser) => {
  it('moves a point by dragging it, by the keys of the slider, and where the curve is pressed', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page, complaints }) => {
      await openSymmetry(page)
      const before = await errorOf(page, 0)
      const { x, y, width } = (await page.locator('.symmetry-sample svg').boundingBox())!
      await page.mouse.move(x + width / 2, y + 20)
      await page.mouse.down()
      await page.mouse.move(x + width / 2 + width / 8, y + 20, { steps: 4 })
      await page.mouse.up()
      await expect.poll(async () => (await view(page)).theta).toBeCloseTo(Math.PI / 4, 1)
      await expect.poll(() => errorOf(page, 0)).not.toBe(before)
      const { theta } = await view(page)
      await page.locator('.symmetry-theta input').focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(async () => (await view(page)).theta).toBeGreaterThan(theta)
      const curve = page.locator('.symmetry-curve')
      await curve.scrollIntoViewIfNeeded()
      await curve.click({ position: { x: 50, y: 30 } })
      await expect.poll(async () => (await view(page)).theta).toBeLessThan(-2)
      expect(complaints).toEqual([])
    }))

  it('goes from sample to sample, and to the one that is pressed', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page }) => {
      await openSymmetry(page)
      await page.getByRole('button', { name: 'Next sample' }).click()
      expect((await view(page)).sample).toBe(1)
      await page.getByRole('button', { name: 'Previous sample' }).click()
      await page.getByRole('button', { name: 'Previous sample' }).click()
      const last = await page.evaluate(() => globalThis.explorer.session.status.facts!.train.length / 2 - 1)
      expect((await view(page)).sample).toBe(last)
      // The rightmost point of the circle is in the middle of its arc.
      const { x, y, width, height } = (await page.locator('.symmetry-sample svg').boundingBox())!
      await page.mouse.click(x + width / 2 + 0.36 * Math.min(width, height), y + height / 2)
      await expect.poll(async () => (await view(page)).sample).not.toBe(last)
      const point = await page.evaluate(() => {
        const { store, session } = globalThis.explorer
        return [...session.status.facts!.train.slice(2 * store.state.view.sample)].slice(0, 2)
      })
      expect(point[0]).toBeGreaterThan(0.8)
    }))

  it.each([
    ['cbf', ['shift', 'random', 'permuted']],
    ['digits', ['shift across', 'random', 'permuted']],
    ['torus', ['rotation x, y', 'random', 'permuted']],
  ])(
    'of %s has the numbers of what moves it and of both null tests, and another generator at 0',
    (set, names) =>
      withExplorer(browser(), { address: addressOf(`#set=${set}&points=40&theta=1`) }, async ({ page }) => {
        await openSymmetry(page)
        expect(await page.locator('.symmetry-table tbody th').allTextContents()).toEqual(names)
        await page.locator('.symmetry-choice select').selectOption('1')
        await expect.poll(() => view(page)).toEqual({ sample: 0, generator: 1, theta: 0 })
        // Where nothing is moved yet all have the error of the sample itself.
        await expect
          .poll(async () => new Set(await Promise.all([0, 1, 2].map((row) => errorOf(page, row)))).size)
          .toBe(1)
      }),
  )
})

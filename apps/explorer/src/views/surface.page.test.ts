// The surface in a real browser: what paints it, and how it is turned.
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

const addressOf = servedExplorer()

const turn = (page: Page) =>
  page.evaluate(() => {
    const { azimuth, elevation } = globalThis.explorer.store.state.view
    return [azimuth, elevation]
  })

/** The canvas that is seen, as it is painted, and whether three.js has come. */
const painted = (page: Page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLCanvasElement>('.surface-pictures canvas')].filter(
      ({ hidden }) => !hidden,
    )
    return {
      pictures: seen.map((canvas) => canvas.toDataURL()),
      hasScene: performance.getEntriesByType('resource').some(({ name }) => name.includes('surface-scene')),
    }
  })

/** Has the rasteriser of the browser pass for a graphics card. */
const withCard = (page: Page) =>
  page.addInitScript(() => {
    const own = WebGL2RenderingContext.prototype.getParameter
    WebGL2RenderingContext.prototype.getParameter = function (name: number) {
      const value = own.call(this, name)
      return typeof value === 'string' && /swiftshader/i.test(value) ? 'a card' : value
    }
  })

/** Whether what is seen was painted with WebGL. */
const isByCard = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('.surface-pictures canvas')].some(
      (canvas) => !canvas.hidden && canvas.getContext('webgl2') !== null,
    ),
  )

const surface = (page: Page) => page.locator('.surface-canvas')

/** Until what is seen is another picture than one of before. */
const untilOther = (page: Page, before: readonly string[]) =>
  expect.poll(async () => (await painted(page)).pictures.join() === before.join()).toBe(false)

describePages('the surface', (browser) => {
  it('of data of the plane is painted without three.js, and is not turned', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page, complaints }) => {
      await untilDrawn(page)
      await expect.poll(() => page.locator('.surface-line').textContent()).toMatch(/\d flat pieces?/)
      const before = await turn(page)
      await surface(page).focus()
      await page.keyboard.press('ArrowLeft')
      const { pictures, hasScene } = await painted(page)
      expect([pictures.length, hasScene]).toEqual([1, false])
      await page.keyboard.press('+')
      await untilOther(page, pictures)
      expect(await turn(page)).toEqual(before)
      expect(complaints).toEqual([])
    }))

  it('in space comes with three.js, is turned by keys and pointer, and a piece of it selects its region', () =>
    withExplorer(browser(), { address: addressOf() }, async ({ page, complaints }) => {
      await withCard(page)
      await page.goto(addressOf('#set=torus&step=300'))
      await page.reload()
      await untilDrawn(page)
      await expect.poll(() => isByCard(page)).toBe(true)
      const { pictures } = await painted(page)
      await surface(page).focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => turn(page)).toEqual([30, 30])
      await untilOther(page, pictures)
      const { x, y, width, height } = (await surface(page).boundingBox())!
      const [cx, cy] = [x + width / 2, y + height / 2]
      await page.mouse.move(cx, cy)
      await page.mouse.down()
      await page.mouse.move(cx + 20, cy - 10, { steps: 4 })
      await page.mouse.up()
      await expect.poll(() => turn(page)).not.toEqual([30, 30])
      await page.keyboard.press('Home')
      await expect.poll(() => turn(page)).toEqual([35, 30])
      await untilDrawn(page)
      // There is a piece of it somewhere around the middle.
      for (const [dx, dy] of [
        [0, 0],
        [30, 0],
        [-30, 10],
        [0, 30],
        [0, -30],
      ])
        await page.mouse.click(cx + dx, cy + dy)
      await expect
        .poll(() => page.evaluate(() => globalThis.explorer.store.state.view.selected?.plane))
        .toBe('latent')
      // The test itself reads pixels back, of which the driver complains.
      expect(complaints.filter((text) => !text.includes('GPU stall due to ReadPixels'))).toEqual([])
    }))

  it('in space is painted without a graphics card too', () =>
    withExplorer(browser(), { address: addressOf('#set=torus') }, async ({ page, complaints }) => {
      await untilDrawn(page)
      await expect.poll(async () => (await painted(page)).hasScene).toBe(true)
      const { pictures } = await painted(page)
      expect(pictures.length).toBe(1)
      await surface(page).focus()
      await page.keyboard.press('ArrowUp')
      await untilOther(page, pictures)
      expect(complaints).toEqual([])
    }))

  it('paints nothing while nothing changes', () =>
    withExplorer(browser(), { address: addressOf('#set=torus') }, async ({ page }) => {
      await untilDrawn(page)
      await expect.poll(async () => (await painted(page)).hasScene).toBe(true)
      // What was under way is over.
      await page.waitForTimeout(1000)
      const calls = await page.evaluate(async () => {
        let count = 0
        const own = globalThis.requestAnimationFrame
        globalThis.requestAnimationFrame = (callback) => {
          count++
          return own(callback)
        }
        await new Promise((resolve) => setTimeout(resolve, 500))
        globalThis.requestAnimationFrame = own
        return count
      })
      expect(calls).toBe(0)
    }))
})

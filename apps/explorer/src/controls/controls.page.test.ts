import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'
import { seriousIn } from '../testing/serious.ts'

const state = (page: Page) => page.evaluate(() => explorer.store.state)
const status = (page: Page) => page.evaluate(() => explorer.session.status)

const chooseSet = (page: Page, set: string) =>
  page.getByRole('combobox', { name: 'set', exact: true }).selectOption(set)

describePages('the controls', (browser) => {
  const at = servedExplorer()

  it('begin with Play; keys play, step and reset, but not while one types', () =>
    withExplorer(browser(), { address: at() }, async ({ page, complaints }) => {
      await untilDrawn(page)
      expect(await page.locator('button').first().textContent()).toBe('Play')
      await page.evaluate(() => explorer.store.dispatch(['reset', null]))
      await page.waitForFunction(() => explorer.session.status.step === 0)
      await page.keyboard.press('.')
      await page.waitForFunction(() => explorer.session.status.step === 1)
      await page.keyboard.press(' ')
      await page.waitForFunction(() => explorer.session.status.step > 20)
      await page.keyboard.press(' ')
      expect((await state(page)).isPlaying).toBe(false)
      await page.getByLabel('Layers').focus()
      await page.keyboard.press('r')
      await page.keyboard.press('Escape')
      expect((await status(page)).step).toBeGreaterThan(20)
      await page.getByLabel('Layers').blur()
      await page.keyboard.press('r')
      await page.waitForFunction(() => explorer.session.status.step === 0)
      expect(complaints.filter((each) => !each.includes('GL Driver Message'))).toEqual([])
    }))

  it('open presets, mark the one that is open and say what is to be seen', () =>
    withExplorer(browser(), { address: at() }, async ({ page }) => {
      const button = page.getByRole('button', { name: 'No biases: wedges' })
      await button.click()
      await page.waitForFunction(() => explorer.session.status.step === 1000)
      await untilDrawn(page)
      expect(await button.getAttribute('aria-current')).toBe('true')
      expect(await page.locator('[aria-current]').count()).toBe(1)
      expect(await page.locator('#preset-said').textContent()).toContain('wedges')
      expect((await status(page)).problem).toBeNull()
    }))

  it('take layers as a line, by buttons, and say what is wrong with a line', () =>
    withExplorer(browser(), { address: at() }, async ({ page }) => {
      await untilDrawn(page)
      const line = page.getByLabel('Layers')
      await line.fill('2 - 8 - [5] - 8 - 2')
      expect(await page.locator('#layers-said').textContent()).toMatch(
        /expected a bottleneck of 1 to 2.*got 5/,
      )
      await line.fill('2 - 8 - [1] - 4 - 2')
      await line.press('Enter')
      expect((await state(page)).recipe.model).toMatchObject({ encoder: [8], bottleneck: 1, decoder: [4] })
      await page.getByLabel('more units in decoder layer 1').click()
      await page.getByLabel('one encoder layer more').click()
      expect((await state(page)).recipe.model).toMatchObject({ encoder: [8, 8], decoder: [6] })
      await untilDrawn(page)
      expect((await status(page)).problem).toBeNull()
    }))

  it('take points by pointer and by keys alone, and take them back', () =>
    withExplorer(browser(), { address: at() }, async ({ page }) => {
      await untilDrawn(page)
      await chooseSet(page, 'drawn')
      const pad = page.getByRole('application', { name: /Drawing/ })
      await pad.click({ position: { x: 30, y: 30 } })
      expect((await state(page)).recipe.data.set).toBe('circle')
      await pad.click({ position: { x: 180, y: 40 } })
      expect((await state(page)).recipe.data).toMatchObject({ set: 'drawn', drawn: expect.any(Array) })
      await pad.press('ArrowRight')
      await pad.press('Enter')
      const { drawn } = (await state(page)).recipe.data
      expect(drawn).toHaveLength(6)
      expect(drawn.slice(4)).toEqual([50, 0])
      await page.getByRole('button', { name: 'Undo' }).click()
      expect((await state(page)).recipe.data.drawn).toEqual(drawn.slice(0, 4))
      await untilDrawn(page)
      expect((await status(page)).facts?.width).toBe(2)
    }))

  it('take a file, train on it and say what is wrong with one that is none', () =>
    withExplorer(browser(), { address: at() }, async ({ page, foreign }) => {
      await untilDrawn(page)
      await chooseSet(page, 'file')
      const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 11},${i % 5},${'abc'[i % 3]}`)
      const choose = (name: string, content: string | Uint8Array) =>
        page
          .getByLabel(/Drop a CSV/)
          .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content as string) })
      await choose('cat.csv', new Uint8Array(4000))
      await page.getByText('got a binary file').waitFor()
      expect((await state(page)).recipe.data.set).toBe('circle')
      await choose('mine.csv', `x,y,z,kind\n${rows.join('\n')}`)
      await page.waitForFunction(() => explorer.session.status.facts?.width === 3)
      const { facts, problem } = await status(page)
      expect(facts?.classes).toEqual(['a', 'b', 'c'])
      expect(problem).toBeNull()
      await page.getByRole('combobox', { name: 'labels' }).selectOption('none')
      await page.waitForFunction(() => explorer.session.status.facts?.classes === null)
      expect(foreign).toEqual([])
    }))

  it('read 100 MB, saying how far they are, while the page answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facet-explorer-'))
    const path = join(folder, 'large.csv')
    try {
      const stream = createWriteStream(path)
      const line = `${Array.from({ length: 20 }, (_, i) => (i * 1.37).toFixed(4)).join(',')}\n`
      const block = Buffer.from(line.repeat(2000).replace(/^./gm, (_, at: number) => String(at % 9)))
      for (let bytes = 0; bytes < 100e6; bytes += block.length) stream.write(block)
      await new Promise<void>((resolve) => stream.end(() => resolve()))
      await withExplorer(browser(), { address: at() }, async ({ page }) => {
        await untilDrawn(page)
        await chooseSet(page, 'file')
        await page.getByLabel(/Drop a CSV/).setInputFiles(path)
        await page.waitForFunction(
          () => (document.querySelector('.reading progress') as HTMLProgressElement)?.value > 0,
        )
        await page.getByRole('button', { name: 'Stop' }).click()
        expect(await page.locator('.reading').count()).toBe(0)
        await page.getByLabel(/Drop a CSV/).setInputFiles([])
        await page.getByLabel(/Drop a CSV/).setInputFiles(path)
        await page.getByText(/5,000 rows of .* were drawn/).waitFor()
        expect((await status(page)).facts?.width).toBe(20)
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('are on one screen with all views, from 1100 × 800 to 1920 × 1080', () =>
    withExplorer(browser(), { address: at() }, async ({ page }) => {
      await untilDrawn(page)
      for (const [width, height] of [
        [1280, 800],
        [1100, 800],
        [1920, 1080],
      ]) {
        await page.setViewportSize({ width, height })
        const sizeOf = () =>
          page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])
        await expect.poll(sizeOf).toEqual([width, height])
      }
    }))

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('have nothing that axe-core calls serious at %i, %s', (width, scheme) =>
    withExplorer(
      browser(),
      { address: at(), width, height: 844, scheme, touch: width < 500 },
      async ({ page }) => {
        await untilDrawn(page)
        expect(await seriousIn(page)).toEqual([])
        if (width < 500) await page.getByRole('tab', { name: 'Set up' }).click()
        await chooseSet(page, 'drawn')
        expect(await seriousIn(page)).toEqual([])
        await chooseSet(page, 'file')
        await page.getByRole('combobox', { name: 'objective' }).selectOption('lieGroupFirstOrder')
        expect(await seriousIn(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      },
    ),
  )

  it('are gone where an address hides them', () =>
    withExplorer(browser(), { address: at() }, async ({ page }) => {
      await untilDrawn(page)
      await page.evaluate(() =>
        explorer.store.dispatch([
          'view',
          { hidden: ['presets', 'data', 'model', 'training', 'curves', 'share'] },
        ]),
      )
      await page.waitForFunction(() => document.querySelector('aside') === null)
      expect(await page.locator('.view-curves').count()).toBe(0)
      expect(await page.locator('.view-input').count()).toBe(1)
    }))
})

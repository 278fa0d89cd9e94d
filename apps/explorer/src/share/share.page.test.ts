// Links, files and frames of the built page, under its policy.
import { readFileSync } from 'node:fs'
import { loadModel } from '@facet/models'
import { init } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { makeData } from '../run/make-data.ts'
import { checksumOf, Run, weightsOf } from '../run/run.ts'
import { stateOf } from '../state/address.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

beforeAll(() => init({ relaxedSimd: false }))

const fragment = '#set=moons&points=60&noise=0.05&layers=8.2.8-8&objective=lieGroupFirstOrder&seed=5&step=60'

async function inNode(address: string): Promise<string> {
  const { recipe, step } = stateOf(address).state
  const run = await Run.of(recipe, makeData(recipe, null))
  while (run.stepsDone < step) run.step()
  const checksum = checksumOf(run.weights(new Float32Array(run.parameters)))
  run.release()
  return checksum
}

const hashOf = (page: Page) => page.evaluate(() => location.hash)

/** Until the address says this. */
const untilSaid = (page: Page, part: string) =>
  page.waitForFunction((wanted) => location.hash.includes(wanted), part)

const step = (page: Page) => page.evaluate(() => globalThis.explorer.store.state.step)

/** What a button saves. */
async function savedBy(page: Page, button: string): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

describePages('a link', (browser) => {
  const address = servedExplorer()

  it('is copied with the checksum of the weights, and opens the same bits elsewhere and after a reload', async () => {
    const link = await withExplorer(browser(), { address: address(fragment) }, async ({ page, context }) => {
      await untilDrawn(page)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.getByRole('button', { name: 'Copy link' }).click()
      await page.getByText('Link copied.').waitFor()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toBe(`${address(fragment)}&weights=${await inNode(fragment)}`)
      // The address bar says the same by itself.
      await untilSaid(page, '&weights=')
      expect(page.url()).toBe(copied)
      return copied
    })
    await withExplorer(browser(), { address: link }, async ({ page }) => {
      await untilDrawn(page)
      await page
        .getByText(`Weights ${await inNode(fragment)} after 60 steps: the same bits as the link promised.`)
        .waitFor()
      await page.reload()
      await untilDrawn(page)
      await page.getByText('the same bits as the link promised').waitFor()
      expect(page.url()).toBe(link)
    })
  })

  it('says so where its weights do not come out, until there are others', () =>
    withExplorer(browser(), { address: address(`${fragment}&weights=00000001`) }, async ({ page }) => {
      await untilDrawn(page)
      await page.getByText('not those of the link, 00000001').waitFor()
      // Also after a reload: the page does not promise what it found instead.
      await page.waitForTimeout(700)
      expect(await hashOf(page)).toContain('weights=00000001')
      await page.getByRole('button', { name: 'Step', exact: true }).click()
      await untilSaid(page, `step=61&weights=`)
      expect(await page.getByText('not those of the link').count()).toBe(0)
    }))

  it('is shown to be copied by hand where the clipboard is refused', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page }) => {
      await untilDrawn(page)
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined })
        document.execCommand = () => false
      })
      await page.getByRole('button', { name: 'Copy link' }).click()
      const field = page.getByLabel('Copy this')
      expect(await field.inputValue()).toContain(`${address(fragment)}&weights=`)
      expect(await page.evaluate(() => getSelection()?.toString())).toContain('weights=')
      await page.getByRole('button', { name: 'Done' }).click()
      expect(await field.count()).toBe(0)
    }))

  it('is followed back and forward, and a view of the same run computes nothing anew', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page, complaints }) => {
      await untilDrawn(page)
      await untilSaid(page, '&weights=')
      const run = await page.evaluate(() => globalThis.explorer.session.run)
      await page.evaluate(() => {
        location.hash += '&part=encoder'
      })
      await page.waitForFunction(() => globalThis.explorer.store.state.view.part === 'encoder')
      expect(await page.evaluate(() => globalThis.explorer.session.run)).toBe(run)
      await page.evaluate(() => {
        location.hash = '#set=arcs&points=20&layers=4.1.4&step=12'
      })
      await page.waitForFunction(() => globalThis.explorer.store.state.recipe.data.set === 'arcs')
      await untilDrawn(page)
      expect(await step(page)).toBe(12)
      await page.goBack()
      await page.waitForFunction(() => globalThis.explorer.store.state.recipe.data.set === 'moons')
      await untilDrawn(page)
      expect(await page.evaluate(() => globalThis.explorer.store.state.view.part)).toBe('encoder')
      await page.goBack()
      await page.waitForFunction(() => globalThis.explorer.store.state.view.part === 'whole')
      await page.goForward()
      await page.goForward()
      await page.waitForFunction(() => globalThis.explorer.store.state.recipe.data.set === 'arcs')
      await untilDrawn(page)
      expect(complaints).toEqual([])
    }))

  it('says what it cannot say, which can be put away', () =>
    withExplorer(browser(), { address: address(`${fragment}&batch=1e9&part=all`) }, async ({ page }) => {
      await untilDrawn(page)
      const notice = page.getByText(
        'batch: expected a whole number from 1 to 4096, got "1e9"; 32 is used instead.',
      )
      await notice.waitFor()
      expect(await notice.textContent()).toContain('part: expected one of encoder, decoder, whole')
      await page.getByRole('button', { name: 'Hide' }).click()
      expect(await notice.count()).toBe(0)
    }))
})

describePages('a link to a run on a file', (browser) => {
  const address = servedExplorer()
  const rows = (offset: number) =>
    `x,y\n${Array.from({ length: 40 }, (_, i) => `${Math.sin(i) + offset * i},${Math.cos(i)}`).join('\n')}\n`
  const choose = (page: Page, name: string, content: string) =>
    page.getByLabel(/Drop a CSV/).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

  it('asks for the file, knows it by its rows, and goes to the step of the link', async () => {
    const link = await withExplorer(
      browser(),
      { address: address('#set=moons&points=20&step=0') },
      async ({ page }) => {
        await untilDrawn(page)
        await page.getByLabel('set').selectOption('file')
        await choose(page, 'my rows.csv', rows(0))
        await page.waitForFunction(() => globalThis.explorer.store.state.recipe.data.file !== null)
        await untilDrawn(page)
        for (let i = 1; i <= 3; i++) {
          await page.getByRole('button', { name: 'Step', exact: true }).click()
          await page.waitForFunction((wanted) => globalThis.explorer.store.state.step === wanted, i)
        }
        await untilSaid(page, 'step=3&weights=')
        return page.url()
      },
    )
    expect(link).toContain('#set=file&points=20&file=my%20rows.csv*')
    await withExplorer(browser(), { address: link }, async ({ page }) => {
      await page.locator('.problem', { hasText: 'expected the rows of my rows.csv' }).waitFor()
      await choose(page, 'other name.csv', rows(0))
      await page.getByText('the same bits as the link promised').waitFor()
      expect(await step(page)).toBe(3)
    })
    await withExplorer(browser(), { address: link }, async ({ page }) => {
      await page.locator('.problem', { hasText: 'expected the rows of my rows.csv' }).waitFor()
      // Other rows are another recipe.
      await choose(page, 'my rows.csv', rows(1))
      await untilDrawn(page)
      await page.waitForFunction(() => globalThis.explorer.session.status.problem === null)
      expect(await step(page)).toBe(0)
    })
  })
})

describePages('what is saved', (browser) => {
  const address = servedExplorer()

  it('are pictures that stand alone', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page, complaints, foreign }) => {
      await untilDrawn(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      for (const [button, name] of [
        ['Input plane as SVG', 'input.svg'],
        ['Latent plane as SVG', 'latent.svg'],
        ['Surface as SVG', 'surface.svg'],
        ['Curves as SVG', 'curves.svg'],
      ]) {
        const saved = await savedBy(page, button)
        expect(saved.name).toBe(`facet-moons-step-60-${await inNode(fragment)}-${name}`)
        const text = saved.content.toString()
        const problem = await page.evaluate((svg) => {
          const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml')
          return documentElement.querySelector('parsererror')?.textContent ?? documentElement.localName
        }, text)
        expect(problem).toBe('svg')
        expect(text).not.toMatch(/NaN|undefined|var\(|<script|href/)
      }
      for (const button of ['Input plane as PNG', 'Surface as PNG']) {
        const { content } = await savedBy(page, button)
        expect(content.subarray(1, 4).toString()).toBe('PNG')
        // Twice the pixels of the picture: width in bytes 16 to 19.
        expect(content.readUInt32BE(16)).toBeGreaterThan(1200)
      }
      expect([complaints, foreign]).toEqual([[], []])
    }))

  it('is the model, to the last bit', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page }) => {
      await untilDrawn(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      const { name, content } = await savedBy(page, 'Model as safetensors')
      expect(name).toBe(`facet-moons-step-60-${await inNode(fragment)}.safetensors`)
      const model = loadModel(content)
      const count = model.parameters.reduce((sum, { value }) => sum + value.size, 0)
      expect(checksumOf(weightsOf(model, new Float32Array(count)))).toBe(await inNode(fragment))
      model.dispose()
    }))

  it('is a report that needs no script and leads back to its state', async () => {
    const report = await withExplorer(browser(), { address: address(fragment) }, async ({ page }) => {
      await untilDrawn(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      return savedBy(page, 'Report as HTML')
    })
    const context = await browser().newContext({ javaScriptEnabled: false })
    try {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      await page.route('**/*', (route) => route.abort())
      await page.setContent(report.content.toString())
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        'Facet explorer: two moons, step 60',
      )
      const images = page.getByRole('img')
      expect(await images.count()).toBe(4)
      for (const image of await images.all()) expect((await image.boundingBox())!.width).toBeGreaterThan(300)
      const links = await page
        .getByRole('link')
        .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href))
      expect(new Set(links)).toEqual(new Set([`${address(fragment)}&weights=${await inNode(fragment)}`]))
      expect(await page.getByRole('row', { name: 'weights' }).textContent()).toContain(await inNode(fragment))
      expect(complaints).toEqual([])
    } finally {
      await context.close()
    }
  })

  it('is the program for Node, in a dialog that keys close', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page, context }) => {
      await untilDrawn(page)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.getByRole('button', { name: 'Open in Node' }).click()
      const dialog = page.getByRole('dialog', { name: 'Open in Node' })
      const program = await dialog.getByRole('region', { name: 'Program' }).textContent()
      expect(program).toContain(`checksum === '${await inNode(fragment)}'`)
      expect(program).toContain('in the window of the page')
      await dialog.getByRole('button', { name: 'Copy program' }).click()
      await dialog.getByText('Copied.').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(program)
      expect((await savedBy(page, 'Save program.mjs')).content.toString()).toBe(program)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      // It opens again.
      await page.getByRole('button', { name: 'Open in Node' }).click()
      await dialog.waitFor()
    }))

  it('is what stands still: what plays is paused first', () =>
    withExplorer(browser(), { address: address(fragment) }, async ({ page }) => {
      await untilDrawn(page)
      await page.getByRole('button', { name: 'Play' }).click()
      await page.waitForFunction(() => globalThis.explorer.session.status.step > 80)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      const { name } = await savedBy(page, 'Input plane as SVG')
      expect(await page.evaluate(() => globalThis.explorer.store.state.isPlaying)).toBe(false)
      const checksum = await page.evaluate(() => globalThis.explorer.session.status.checksum)
      expect(name).toBe(`facet-moons-step-${await step(page)}-${checksum}-input.svg`)
    }))
})

describePages('a frame in another page', (browser) => {
  const address = servedExplorer()

  /** A page of another origin with the explorer in a frame. */
  async function withFrame(
    part: string,
    sandbox: string,
    f: (page: Page, complaints: string[]) => Promise<void>,
  ): Promise<void> {
    const context = await browser().newContext()
    try {
      context.setDefaultTimeout(120_000)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      const source = address(`${fragment}${part}`)
      await page.setContent(
        `<iframe title="explorer" width="800" height="600" sandbox="${sandbox}" src="${source}"></iframe>`,
      )
      await f(page, complaints)
    } finally {
      await context.close()
    }
  }

  it('shows what the switches of its address leave', () =>
    withFrame(
      '&hide=data,model,training,presets,share,curves,surface,symmetry,card',
      'allow-scripts allow-same-origin',
      async (page, complaints) => {
        const frame = page.frameLocator('iframe')
        await frame.getByRole('button', { name: 'Play' }).waitFor()
        expect(await frame.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
          'Input plane',
          'Latent plane',
          'In words',
        ])
        expect(await frame.getByRole('button', { name: 'Copy link' }).count()).toBe(0)
        const inside = page.frames()[1]
        await inside.waitForFunction(() => globalThis.explorer.session.status.checksum !== null)
        await frame.getByRole('button', { name: 'Play' }).click()
        await inside.waitForFunction(() => globalThis.explorer.session.status.step > 60)
        await frame.getByRole('button', { name: 'Pause' }).click()
        await inside.waitForFunction(() => location.hash.includes('&weights='))
        expect(complaints).toEqual([])
      },
    ))

  it('is empty where its own files are foreign to it', () =>
    withFrame('', 'allow-scripts', async (page, complaints) => {
      await expect.poll(() => complaints.join('\n'), { timeout: 60_000 }).toMatch(/CORS|origin 'null'/)
      expect(await page.frameLocator('iframe').getByRole('button').count()).toBe(0)
    }))
})

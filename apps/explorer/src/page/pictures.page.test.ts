// Every picture of the page, at two widths and in both themes, beside reviewed ones.
import { it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import { expectPicture } from '../../../../packages/lab/src/report/testing/screenshots.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

/** Fonts differ from machine to machine: only pictures stay, without a letter, in places of one size. */
const onlyPictures = `
  header, aside, h2, h3, p, label, select, button, input, table, ul, ol, dl, figcaption, [role="tablist"], .view-summary,
  .plane-line, .plane-choices, .surface-line, .symmetry-choice, .curves-key { display: none !important }
  svg text { display: none !important }
  .view { min-width: 0 !important; min-height: 0 !important; padding: 4px !important }
`

const recipe = '#set=moons&points=120&noise=0.05&layers=12-12.2.12-12&seed=2&step=400&at=input_0.3_0.4'

async function onlyPicturesOf(page: Page): Promise<void> {
  await untilDrawn(page)
  await page.addStyleTag({ content: onlyPictures })
  await page.waitForFunction(() => globalThis.explorer.session.frame?.card != null)
}

describePages('pictures of the page', (browser) => {
  const address = servedExplorer()
  for (const scheme of ['light', 'dark'] as const) {
    it(`are those that were reviewed on a desktop, ${scheme}`, () =>
      withExplorer(
        browser(),
        { address: address(recipe), width: 1280, height: 860, scheme, bypassCSP: true, isSilent: true },
        async ({ page }) => {
          await onlyPicturesOf(page)
          await expectPicture(page, import.meta.url, `desktop-${scheme}`)
        },
      ))

    it(`are those that were reviewed on a phone, ${scheme}`, () =>
      withExplorer(
        browser(),
        { address: address(recipe), width: 390, height: 620, scheme, bypassCSP: true, isSilent: true },
        async ({ page }) => {
          await untilDrawn(page)
          for (const tab of ['Input', 'Latent', 'Surface', 'Symmetry', 'Curves']) {
            await page.getByRole('tab', { name: tab }).click()
            const style = await page.addStyleTag({ content: onlyPictures })
            await expectPicture(page, import.meta.url, `phone-${tab.toLowerCase()}-${scheme}`)
            await style.evaluate((element) => (element as HTMLElement).remove())
          }
        },
      ))
  }
})

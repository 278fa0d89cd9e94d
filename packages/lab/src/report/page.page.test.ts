import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { html, trusted } from './html.ts'
import { renderPage } from './page.ts'
import { describePages } from './testing/chromium.ts'
import { withPage } from './testing/opened-page.ts'

/** What somebody would write into a page that lets them, and what asks for something or runs if a browser lets it. */
const attack = (server: string): string => `
<script>window.ran = 'script'</script>
<script src="${server}/a.js"></script>
<img id="handler" src="data:," onerror="window.ran = 'handler'">
<img src="${server}/a.png">
<img srcset="${server}/b.png 1x">
<link rel="stylesheet" href="${server}/a.css">
<link rel="prefetch" href="${server}/prefetch">
<style>@import url(${server}/b.css); @font-face { font-family: f; src: url(${server}/f.woff2) } p { font-family: f; background: url(${server}/c.png) }</style>
<p style="background:url(${server}/d.png)">text</p>
<svg><image href="${server}/e.png"/><use href="${server}/f.svg#a"/><script>window.ran = 'svg'</script></svg>
<svg onload="window.ran = 'svg handler'"></svg>
<iframe src="${server}/frame"></iframe>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<object data="${server}/object"></object><embed src="${server}/embed">
<video src="${server}/v.mp4" autoplay></video><audio src="${server}/a.mp3" autoplay></audio>
<base href="${server}/">
<details open ontoggle="window.ran = 'toggle'"><summary>s</summary></details>
<a id="javascript" href="javascript:window.ran = 'link'">link</a>
<form id="form" action="${server}/form"><button>send</button></form>`

/** What a server was asked for while `f` ran with its address. */
async function askedFor(f: (server: string, asked: readonly string[]) => Promise<void>): Promise<string[]> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    response.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    await f(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked)
  } finally {
    server.closeAllConnections()
    server.close()
  }
  return asked
}

const text = 'set,error\r\nε "CBF",0.1\r\n'

const pageWith = (inside: ReturnType<typeof trusted>): string =>
  renderPage({
    title: 'A page',
    lead: html`<p>What came out.</p>`,
    sections: [{ id: 'a', title: 'Part', html: inside }],
    downloads: [{ name: 'table.csv', type: 'text/csv', text }],
    css: 'p{letter-spacing:3px}',
  })

describePages('a page of a report in a browser', (browser) => {
  it('runs and asks for nothing, even where markup came into it', async () => {
    const asked = await askedFor((server) =>
      withPage(browser(), pageWith(trusted(attack(server))), { width: 800 }, async ({ page }) => {
        for (const clicked of ['#javascript', '#form button'])
          await page.locator(clicked).evaluate((element) => (element as HTMLElement).click())
        await page.waitForTimeout(500)
        expect(await page.evaluate(() => (window as { ran?: string }).ran)).toBeUndefined()
        expect(page.url()).toMatch(/^file:.*report\.html/)
      }),
    )
    expect(asked).toEqual([])
  })

  it('would have run and asked without its policy', async () => {
    const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/
    await askedFor((server, asked) =>
      withPage(
        browser(),
        pageWith(trusted(attack(server))).replace(policy, ''),
        { width: 800 },
        async ({ page }) => {
          await page.waitForFunction(() => (window as { ran?: string }).ran !== undefined)
          await expect.poll(() => new Set(asked).size, { timeout: 60_000 }).toBeGreaterThan(5)
        },
      ),
    )
  })

  it('saves the files that it carries, byte for byte, on a click', () =>
    withPage(browser(), pageWith(html`<p>text</p>`), { width: 800 }, async ({ page, complaints }) => {
      const saving = page.waitForEvent('download')
      await page.locator('a[download="table.csv"]').click()
      const saved = await saving
      expect(saved.suggestedFilename()).toBe('table.csv')
      expect(readFileSync(await saved.path(), 'utf8')).toBe(text)
      expect(complaints).toEqual([])
    }))

  it('goes to its parts, and looks as its styles say', () =>
    withPage(
      browser(),
      pageWith(html`<p style="color:${'#010203'}">text</p>`),
      { width: 800 },
      async ({ page }) => {
        await page.locator('nav a[href="#a"]').click()
        expect(page.url()).toMatch(/#a$/)
        const [colour, spacing] = await page
          .locator('#a p')
          .evaluate((p) => [getComputedStyle(p).color, getComputedStyle(p).letterSpacing])
        expect([colour, spacing]).toEqual(['rgb(1, 2, 3)', '3px'])
      },
    ))
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'

export interface View {
  /** CSS pixels: 390 is a phone, 1280 a desktop. */
  readonly width: number
  readonly scheme?: 'light' | 'dark'
  /** Image pixels for a CSS pixel. */
  readonly scale?: number
  readonly javaScript?: boolean
}

/** A page in a browser, and what went on while it was opened. */
export interface OpenedPage {
  readonly page: Page
  /** Addresses that it asked for, but for its own file and `data:`. */
  readonly requests: readonly string[]
  /** Messages of errors and warnings. */
  readonly complaints: readonly string[]
}

/** Opens an HTML text from a file of its own, as its reader would, for as long as `f` runs. */
export async function withPage(
  browser: Browser,
  html: string,
  { width, scheme = 'light', scale = 1, javaScript = true }: View,
  f: (opened: OpenedPage) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'facet-page-'))
  const file = join(folder, 'report.html')
  writeFileSync(file, html)
  const address = pathToFileURL(file).href
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    javaScriptEnabled: javaScript,
  })
  try {
    // The test has its limit; playwright's 30 s would be another.
    context.setDefaultTimeout(0)
    const page = await context.newPage()
    const requests: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      const url = request.url()
      if (url !== address && !url.startsWith('data:')) requests.push(url)
    })
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    await f({ page, requests, complaints })
  } finally {
    await context.close()
    rmSync(folder, { recursive: true })
  }
}

/** Elements that are wider than the page and not inside a box that scrolls by itself; none is what a phone wants. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const limit = document.documentElement.clientWidth
    const scrolls = (element: Element): boolean => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== 'visible') return true
      }
      return false
    }
    const wide =
      document.documentElement.scrollWidth > limit ? [`page ${document.documentElement.scrollWidth}`] : []
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('svg') !== null && element.tagName !== 'svg') continue
      const { right } = element.getBoundingClientRect()
      if (right > limit + 0.5 && !scrolls(element))
        wide.push(`${element.tagName}.${element.className} ${right}`)
    }
    return wide
  })

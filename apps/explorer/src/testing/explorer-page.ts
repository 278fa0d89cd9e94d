import { afterAll, beforeAll } from 'vitest'
import type { Browser, BrowserContext, Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
// @ts-expect-error: a program of the repository, without types
import { policy, serveFolder } from '../../scripts/static-server.mjs'
import type { Session } from '../session/session.ts'
import type { Store } from '../session/store.ts'

/** What the page gives to scripts. */
export interface Explorer {
  readonly store: Store
  readonly session: Session
}

declare global {
  // Inside of a page that a test drives.
  var explorer: Explorer
}

/** The built page under a path of a server, as any host may serve it, for the tests of a file. @returns its address, once they run */
export function servedExplorer(headers: Record<string, string> = { 'Content-Security-Policy': policy }) {
  let served: { server: { close(): void }; address: string }
  beforeAll(async () => {
    served = await serveFolder(new URL('../../dist', import.meta.url).pathname, { path: '/a/path/', headers })
  })
  afterAll(() => served.server.close())
  return (fragment = ''): string => served.address + fragment
}

/** How a page is opened. */
export interface Visit {
  readonly address: string
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly touch?: boolean
  readonly bypassCSP?: boolean
  /** Canvases without letters, whose fonts differ from machine to machine. */
  readonly isSilent?: boolean
  readonly reducedMotion?: 'reduce' | 'no-preference'
}

/** A page, and what went wrong on it. */
export interface Visited {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: string[]
  /** Addresses of other origins that were asked for. */
  readonly foreign: string[]
}

/** Opens the page for as long as `f` runs. */
export async function withExplorer<T>(
  browser: Browser,
  visit: Visit,
  f: (visited: Visited) => Promise<T>,
): Promise<T> {
  const { address, width = 1280, height = 860, scheme = 'light', touch = false, bypassCSP = false } = visit
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    hasTouch: touch,
    bypassCSP,
    reducedMotion: visit.reducedMotion ?? 'reduce',
    acceptDownloads: true,
  })
  try {
    // The test has its limit; playwright's 30 s would be another.
    context.setDefaultTimeout(120_000)
    if (visit.isSilent)
      await context.addInitScript(() => {
        CanvasRenderingContext2D.prototype.fillText = () => {}
        CanvasRenderingContext2D.prototype.strokeText = () => {}
      })
    const page = await context.newPage()
    const [complaints, foreign]: [string[], string[]] = [[], []]
    const { origin } = new URL(address)
    context.on('request', (request) => {
      const { protocol, origin: from } = new URL(request.url())
      if (!/^(data|blob):$/.test(protocol) && from !== origin) foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    return await f({ page, context, complaints, foreign })
  } finally {
    await context.close()
  }
}

/** Until the run stands at its step, and the picture of these weights is on the screen. */
export const untilDrawn = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const { session } = globalThis.explorer ?? {}
    if (session === undefined) return false
    const { goal, checksum, step, problem } = session.status
    return (
      problem !== null ||
      (goal === null &&
        checksum !== null &&
        session.frame?.step === step &&
        session.frame.run === session.run)
    )
  })

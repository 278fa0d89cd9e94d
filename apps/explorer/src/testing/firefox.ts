import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
// @ts-expect-error: a program of the repository, without types
import { open } from '../../../../scripts/everywhere/browsers.mjs'
// @ts-expect-error: a program of the repository, without types
import { policy, serveFolder } from '../../scripts/static-server.mjs'

const isThere = existsSync('/usr/bin/firefox-esr')
const isRequired = process.env.FACET_FIREFOX === 'required'

/** Tests in Debian's firefox-esr. Without it they are skipped and say so, unless the environment has `FACET_FIREFOX=required`. */
export const describeFirefox = (title: string, tests: () => void): void =>
  void describe.skipIf(!isThere && !isRequired)(isThere ? title : `${title} [skipped: no firefox-esr]`, tests)

const driver = (program: string) => `<!doctype html><meta charset="utf-8"><title>driver</title>
<iframe id="page" style="width: 1280px; height: 860px; border: 0"></iframe>
<script type="module">
const say = (said) => fetch('/said', { method: 'POST', body: JSON.stringify(said) })
try {
  const frame = document.getElementById('page')
  await new Promise((done) => { frame.onload = done; frame.src = '/a/path/' })
  const complaints = []
  frame.contentWindow.addEventListener('error', ({ message }) => complaints.push(message))
  frame.contentWindow.addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)))
  say({ result: await (${program})(frame.contentWindow), complaints })
} catch (error) { say({ error: error.message + error.stack }) }
</script>`

/**
 * Opens the built page in Firefox, in a frame of a page that drives it as a script of a lecture does: no driver is needed that Debian does not have.
 *
 * @param program is sent there as text: it knows the frame's window and nothing else
 * @returns what it returns, as JSON, and what the page complained of
 */
export async function inFirefox<T>(
  program: (page: Window & typeof globalThis) => Promise<T>,
): Promise<{ readonly result: T; readonly complaints: readonly string[] }> {
  const scratch = mkdtempSync(join(tmpdir(), 'facet-firefox-'))
  let said: (text: string) => void = () => {}
  const answer = new Promise<string>((resolve) => {
    said = resolve
  })
  const folder = new URL('../../dist', import.meta.url).pathname
  const { server, address } = await serveFolder(folder, {
    path: '/a/path/',
    headers: { 'Content-Security-Policy': policy },
    first(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) {
      if (request.url === '/driver') {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(driver(String(program)))
        return true
      }
      if (request.url !== '/said') return false
      let body = ''
      request.setEncoding('utf8').on('data', (part) => (body += part))
      request.on('end', () => {
        response.end()
        said(body)
      })
      return true
    },
  })
  const browser = open('firefox-esr', new URL('/driver', address).href, { scratch })
  const failed = browser.ended.then(() => Promise.reject(new Error('firefox-esr ended before it answered')))
  try {
    const { error, ...rest } = JSON.parse(await Promise.race([answer, failed]))
    if (error !== undefined) throw new Error(`in Firefox: ${error}`)
    return rest
  } finally {
    browser.stop()
    server.close()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

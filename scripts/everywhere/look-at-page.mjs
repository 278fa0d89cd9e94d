import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { open } from './browsers.mjs'
import { start } from './processes.mjs'
import { freePort, serve } from './site.mjs'

const milliseconds = (count) => new Promise((resolve) => setTimeout(resolve, count))

/** Starts a runtime's own server, and waits until it answers. */
async function startServer(command, options) {
  const port = await freePort()
  const address = `http://localhost:${port}/`
  const [name, ...args] = command(String(port))
  const server = start(name, args, options)
  const answers = () =>
    fetch(address, { signal: AbortSignal.timeout(2000) }).then(
      () => true,
      () => false,
    )
  while (!(await answers())) {
    options.signal.throwIfAborted()
    await Promise.race([server.ended, milliseconds(100)])
  }
  return { address, stop: server.stop }
}

/** Fails when time is up, or when the browser closes before. */
const never = ({ ended }, signal) =>
  Promise.race([
    ended.then((printed) => Promise.reject(new Error(`the browser has closed\n${printed}`))),
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('the page shows nothing'))),
    ),
  ])

const textOf = async (address) => (await fetch(address)).text()

/**
 * What the page of a runtime shows, and its routes answer: `{ lines, notes }`. It is served from `folder`, the place of what was built, or by the
 * runtime's own `server`.
 */
export async function lookAtPage(runtime, place, headers, options) {
  const folder = join(place, runtime.folder ?? '.')
  const page = join(place, 'index.html')
  if (existsSync(page) && !existsSync(join(folder, 'index.html')))
    copyFileSync(page, join(folder, 'index.html'))
  const own = runtime.server && (await startServer(runtime.server, options))
  const site = await serve({ folder, address: own?.address, headers })
  const opened = open(runtime.browser, site.address, { scratch: place, signal: options.signal })
  try {
    const { lines, notes } = await Promise.race([site.told, never(opened, options.signal)])
    const routes = (runtime.routes ?? []).map((route) => textOf(`${site.address}${route}`))
    return { lines: [...lines, ...(await Promise.all(routes))], notes }
  } finally {
    opened.stop()
    own?.stop()
    site.close()
  }
}

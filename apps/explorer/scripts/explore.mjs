// `pnpm explore`: serves the explorer to this machine, building it where it is not built yet or its sources are younger.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { buildExplorer, dist, isBuilt } from './build.mjs'
import { policy, serveFolder } from './static-server.mjs'

const usage = `Usage: pnpm explore [--port N] [--no-open]

Shows the explorer, a page in which a piecewise-affine autoencoder trains before
your eyes. It is built on the first run, and again when its sources have changed.
Nothing leaves this machine.

  --port N     port of the page (default: 4173, or the next free one)
  --no-open    only print the address
  --help       this text`

/** Ports that are tried, one after another, where none is asked for. */
const PORTS = Array.from({ length: 20 }, (_, i) => 4173 + i)

function fail(message) {
  console.error(message)
  process.exit(1)
}

function optionsOf(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean' },
      },
      allowNegative: true,
    })
    return values
  } catch (error) {
    return fail(`explore: ${error.message}\n\n${usage}`)
  }
}

const { port, open, help } = optionsOf(process.argv.slice(2).filter((arg) => arg !== '--'))
if (help) {
  console.log(usage)
  process.exit(0)
}
if (port !== undefined && !/^\d{1,5}$/.test(port)) fail(`explore: --port: expected a number, got ${port}`)

if (!isBuilt()) {
  console.log('building the explorer, which takes some seconds …')
  await buildExplorer()
}
const { address } = await serveOn(port === undefined ? PORTS : [Number(port)])
console.log(`The explorer is at ${address} (Ctrl-C ends it)`)
if (open && process.stdout.isTTY) openInBrowser(address)

async function serveOn(ports) {
  for (const candidate of ports) {
    try {
      return await serveFolder(dist, { port: candidate, headers: { 'Content-Security-Policy': policy } })
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || candidate === ports.at(-1))
        fail(`explore: port ${candidate}: ${error.message}`)
    }
  }
}

/** In the browser of whoever started it; where there is none the address is enough. */
function openInBrowser(url) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

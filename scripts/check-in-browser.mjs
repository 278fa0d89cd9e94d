// Loads the built packages into a browser as a plain page would: `<script type="module">` and an import map, no bundler.
// There a small autoencoder is trained and measured, and every number must have the bits it has in Node. Both run the
// build without relaxed FMA, whose rounding is the machine's. Run after `pnpm build`; FACET_CHROMIUM names a browser.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const withDependencies = ['lab']

/** Entry → path of its built file below `packages`, of every package that a page can use. */
const entries = Object.fromEntries(
  readdirSync(packages)
    .filter((folder) => !withDependencies.includes(folder))
    .flatMap((folder) => {
      const { name, exports } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
      return Object.entries(exports)
        .filter(([entry]) => entry !== './node')
        .map(([entry, { default: file }]) => [`${name}${entry.slice(1)}`, `${folder}/${file.slice(2)}`])
    }),
)

/** Trains 40 steps with the second-order regularizer; what comes out is compared bit for bit. */
async function train(load) {
  const { init, rows } = await load('@facet/tensor')
  const { autoencoder, fit, reconstruction } = await load('@facet/models')
  const { lieGroupSecondOrder } = await load('@facet/regularizers')
  const { cylinderBellFunnel } = await load('@facet/data')
  await init({ backend: 'wasm', relaxedSimd: false })
  const { train: data } = cylinderBellFunnel({ seed: 0 })
  const model = autoencoder({ input: 128, bottleneck: 10, seed: 0 })
  const { epochs, execution } = await fit(model, data, {
    epochs: 20,
    batchSize: 16,
    objective: [reconstruction(), lieGroupSecondOrder({ weight: 0.01 })],
  })
  const { output, code } = model.forward(rows(data, 0, 4))
  return {
    losses: epochs.map(({ train: { loss } }) => loss),
    output: [...(await output.data())],
    states: [...(await code.decoder.states().data())].map(Number),
    execution,
  }
}

const page = `<!doctype html><meta charset="utf-8"><title>Facet</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({
  imports: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, `/${file}`])),
})}</script>
<script type="module">
const train = ${train}
try {
  window.result = await train((name) => import(name))
} catch (error) {
  window.result = { error: String(error?.stack ?? error) }
}
</script>`

const types = { '.js': 'text/javascript', '.html': 'text/html' }

const server = createServer((request, response) => {
  if (request.url === '/') return response.setHeader('content-type', types['.html']).end(page)
  const file = join(packages, normalize(new URL(request.url, 'http://localhost').pathname))
  if (!file.startsWith(packages) || !existsSync(file)) return response.writeHead(404).end()
  response
    .setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    .end(readFileSync(file))
})

async function inBrowser() {
  const { chromium } = createRequire(join(packages, 'lab/package.json'))('playwright-core')
  const wish = process.env.FACET_CHROMIUM
  const executablePath = wish === undefined || wish === 'required' ? '/usr/bin/chromium' : wish
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] })
  try {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    const tab = await browser.newPage()
    const problems = []
    tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    tab.on('pageerror', (error) => problems.push(String(error)))
    await tab.goto(`http://127.0.0.1:${server.address().port}/`)
    await tab.waitForFunction(() => window.result !== undefined, undefined, { timeout: 60_000 })
    const result = await tab.evaluate(() => window.result)
    if (result.error) throw new Error(result.error)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return { result, version: browser.version() }
  } finally {
    server.close()
    await browser.close()
  }
}

const here = await train((name) => import(pathToFileURL(join(packages, entries[name])).href))
const { result: there, version } = await inBrowser()
const different = Object.keys(here).filter(
  (part) => JSON.stringify(here[part]) !== JSON.stringify(there[part]),
)
if (here.execution.replayed === 0) different.push(`replay: ${here.execution.obstacle}`)
if (different.length > 0) {
  console.error(`Node ${process.version} and Chromium ${version} differ in ${different.join(', ')}`)
  process.exit(1)
}
console.log(
  `Chromium ${version}: 40 training steps (${there.execution.replayed} replayed), outputs and region codes bit for bit as in Node ${process.version}`,
)

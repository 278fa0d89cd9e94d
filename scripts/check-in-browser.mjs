// Loads the built packages into a browser in two ways: as a plain page would, by `<script type="module">` and an import map, and
// bundled by Vite. There a small autoencoder is trained and measured, and every number must have the bits it has in Node. Both run
// the build without relaxed FMA, whose rounding is the machine's. The bundle has gpu.js in a file of its own, which is fetched when a GPU
// is asked for and not before. Run after `pnpm build`; FACET_CHROMIUM names a browser.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const withDependencies = ['lab']

/** Entry → path of its built file below `packages`, of every package that a page can use. */
const entries = Object.fromEntries(
  readdirSync(packages)
    .filter((folder) => !withDependencies.includes(folder))
    .flatMap((folder) => {
      const { name, exports } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
      return Object.entries(exports)
        .filter(([entry, targets]) => entry !== './node' && targets.default !== undefined)
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
  const model = autoencoder({ input: 128, bottleneck: 10, bottleneckActivation: 'relu', seed: 0 })
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

const head = '<!doctype html><meta charset="utf-8"><title>Facet</title><link rel="icon" href="data:,">'

/** GLSL has the same sums in another order: the first number of a product, to be compared to 1e-5. */
async function multiplyOnGpu({ gpu }, { init, key, matmul }) {
  const { name } = await init(gpu.isSupported() ? { backend: 'gpu' } : {})
  const x = key(0).normal([60, 40])
  return { name, first: (await matmul(x, x, { transposeA: true }).data())[0] }
}

const plain = {
  folder: packages,
  page: `${head}<script type="importmap">${JSON.stringify({
    imports: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, `/${file}`])),
  })}</script>
<script type="module">
const train = ${train}
train((name) => import(name)).catch((error) => ({ error: String(error?.stack ?? error) })).then((result) => { window.result = result })
</script>`,
}

/** Vite's page of the same, which multiplies on a GPU afterwards. */
async function bundled() {
  // Below the root, where packages are found as a project's dependencies are.
  const root = fileURLToPath(new URL('../node_modules/.facet-bundled', import.meta.url))
  const names = ['@facet/tensor', '@facet/models', '@facet/regularizers', '@facet/data', '@facet/tensor/gpu']
  mkdirSync(root, { recursive: true })
  writeFileSync(
    join(root, 'page.js'),
    `${names.map((name, i) => `import * as m${i} from '${name}'\n`).join('')}
const modules = { ${names.map((name, i) => `'${name}': m${i}`).join(', ')} }
const train = ${train}
const multiplyOnGpu = ${multiplyOnGpu}
const all = async () => {
  const result = await train((name) => modules[name])
  const before = performance.getEntriesByType('resource').length
  result.gpu = await multiplyOnGpu(modules['@facet/tensor/gpu'], modules['@facet/tensor'])
  result.fetchedForGpu = performance.getEntriesByType('resource').length - before
  return result
}
all().catch((error) => ({ error: String(error?.stack ?? error) })).then((result) => { window.result = result })
`,
  )
  writeFileSync(join(root, 'index.html'), `${head}<script type="module" src="./page.js"></script>`)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { target: 'es2022', chunkSizeWarningLimit: 1000 },
  })
  const folder = join(root, 'dist')
  return {
    folder,
    page: readFileSync(join(folder, 'index.html'), 'utf8'),
    remove: () => rmSync(root, { recursive: true }),
  }
}

const types = { '.js': 'text/javascript', '.html': 'text/html' }

const serve = ({ folder, page }) =>
  createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', types['.html']).end(page)
    const file = join(folder, normalize(new URL(request.url, 'http://localhost').pathname))
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end()
    response
      .setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
      .end(readFileSync(file))
  })

async function inBrowser(site) {
  const { chromium } = createRequire(join(packages, 'lab/package.json'))('playwright-core')
  const wish = process.env.FACET_CHROMIUM
  const executablePath = wish === undefined || wish === 'required' ? '/usr/bin/chromium' : wish
  const { swiftshader } = JSON.parse(readFileSync(new URL('rasterisers.json', import.meta.url), 'utf8'))
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', ...swiftshader],
  })
  const server = serve(site)
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
if (here.execution.replayed === 0) throw new Error(`replay: ${here.execution.obstacle}`)

/** @throws Error naming what differs. */
function expectSame(how, { result: there, version }) {
  const different = Object.keys(here).filter(
    (part) => JSON.stringify(here[part]) !== JSON.stringify(there[part]),
  )
  if (different.length > 0) {
    throw new Error(
      `Node ${process.version} and Chromium ${version}, ${how}, differ in ${different.join(', ')}`,
    )
  }
  console.log(
    `Chromium ${version}, ${how}: 40 training steps (${there.execution.replayed} replayed), outputs and region codes bit for bit as in Node ${process.version}`,
  )
}

expectSame('plain page', await inBrowser(plain))
const bundle = await bundled()
try {
  const found = await inBrowser(bundle)
  expectSame('bundled', found)
  const { gpu, fetchedForGpu } = found.result
  const { init, key, matmul } = await import(pathToFileURL(join(packages, entries['@facet/tensor'])).href)
  const want = await multiplyOnGpu({ gpu: { isSupported: () => false } }, { init, key, matmul })
  if (gpu.name !== 'gpu' || Math.abs(gpu.first / want.first - 1) > 1e-5) {
    throw new Error(`expected ${want.first} of 'gpu', got ${gpu.first} of '${gpu.name}'`)
  }
  if (fetchedForGpu !== 1)
    throw new Error(`expected gpu.js to be fetched for the GPU, got ${fetchedForGpu} files`)
  console.log('gpu.js is fetched when a GPU is asked for, which multiplies as Node does')
} finally {
  bundle.remove()
}

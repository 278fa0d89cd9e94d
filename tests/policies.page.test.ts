// Pages with security policies in a real browser: what `init` computes with, and what it warns of.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describePages } from '../packages/lab/src/report/testing/chromium.ts'
import { bundleFiles } from './bundle.ts'

const packages = join(import.meta.dirname, '../packages')
const kernels = (path: string): Buffer => {
  const [folder, file] = path.slice(1).split('/')
  return readFileSync(join(packages, folder, 'kernels', file))
}

/** Answers with modules compiled under a policy of its own. */
const compiler = `
onmessage = async ({ data }) =>
  postMessage(await Promise.all(data.map((address) => WebAssembly.compileStreaming(fetch(address)))))
`

/** Runs what the address of the page asks for, and sends what came of it. */
const program = `
import { conv2d, init, matmul, ones, key, sum } from '@facet/tensor'
import { network } from '@facet/models'
import { planePartition } from '@facet/geometry'

const compiled = (...names) => new Promise((resolve, reject) => {
  const worker = new Worker('/compiler.js')
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
  worker.postMessage(names.map((name) => '/' + name + '.wasm'))
})
const trusted = (address) => trustedTypes.createPolicy('facet', { createScriptURL: (text) => text }).createScriptURL(address)
const steps = {
  product: async () => (await matmul(ones([64, 512]), ones([512, 2512])).data())[64 * 2512 - 1],
  windows: () => sum(conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]))).item(),
  plane: () => {
    const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
    return ['checked', 'exact'].includes(planePartition(net, { window: [-1, 1] }).verified)
  },
}
const warnings = []
console.warn = (text) => void warnings.push(text)
const { options, asked } = JSON.parse(decodeURIComponent(location.hash.slice(1)))
const run = async () => {
  if (options.compiled) options.kernels = await compiled(...options.compiled)
  if (options.trusted) options.worker = trusted(options.trusted)
  const { compiled: _, trusted: __, ...given } = options
  const { name, threads } = await init(given)
  const results = []
  for (const step of asked) results.push(await Promise.resolve().then(steps[step]).catch(String))
  return { name, threads, results }
}
const late = new Promise((_, reject) => setTimeout(() => reject(new Error('the page has not finished')), 30_000))
Promise.race([run(), late]).catch((error) => ({ error: String(error) })).then((result) =>
  fetch('/result', { method: 'POST', body: JSON.stringify({ ...result, warnings }) }))
`

interface Result {
  readonly name?: string
  readonly threads?: number
  readonly results?: unknown[]
  readonly warnings?: string[]
  readonly error?: string
}

const compiling = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
const strict = "default-src 'self'"
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

describePages('a page whose policy', (browser) => {
  let files: Map<string, string>
  let server: Server
  let tell: (result: Result) => void
  let policy = ''

  const answers: Record<string, () => string> = { '/compiler.js': () => compiler, '/': () => page() }
  const page = (): string => `<!doctype html><script type="module" src="/${[...files.keys()][0]}"></script>`
  const contents = (url: string): string | Buffer | undefined => {
    if (/^\/(tensor|geometry)\/[\w-]+\.(wasm|js)$/.test(url)) return kernels(url)
    return answers[url]?.() ?? files.get(url.slice(1))
  }

  beforeAll(async () => {
    files = await bundleFiles(program)
    server = createServer(async (request, response) => {
      const url = request.url!
      if (url === '/result') {
        let text = ''
        for await (const part of request) text += part
        response.end()
        tell(JSON.parse(text))
        return
      }
      const body = contents(url)
      const type = /\.wasm$/.test(url) ? 'application/wasm' : url === '/' ? 'text/html' : 'text/javascript'
      const policies = url === '/' ? { 'content-security-policy': policy } : {}
      response
        .writeHead(body === undefined ? 404 : 200, { 'content-type': type, ...isolated, ...policies })
        .end(body)
    }).listen(0)
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => void server.close())

  async function open(ofPage: string, options: object, asked: readonly string[]): Promise<Result> {
    policy = ofPage
    const page = await browser().newPage()
    const told = new Promise<Result>((resolve) => {
      tell = resolve
      page.on('pageerror', (error) => resolve({ error: `the page: ${error.message}` }))
    })
    const state = encodeURIComponent(JSON.stringify({ options, asked }))
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/#${state}`)
    const result = await told
    await page.close()
    return result
  }

  const all = ['product', 'windows', 'plane'] as const
  const right = [512, 16, true]
  const noCompiling = expect.stringMatching(
    /^init: backend 'wasm': the engine refuses WebAssembly SIMD: .*; computing with 'reference', some ten times slower$/,
  )
  const noThreads = expect.stringMatching(
    /^init: threads: the engine starts no thread: the page's security policy allows no workers from blob: addresses; let its server allow them \(Content-Security-Policy: worker-src blob:\), or serve @facet\/tensor\/kernels\/thread\.js and give its address, init\({ threads, worker }\).*; computing on one thread$/,
  )
  const plane = expect.stringMatching(
    /^Error: wasm: the engine does not compile the kernels geometry\/plane, .*; where it may not, give them to init\({ kernels }\) compiled$/,
  )
  const everything = ['tensor/core', 'tensor/convolution', 'geometry/plane']

  it.each([
    [
      'lets it compile computes with WebAssembly',
      compiling,
      {},
      { name: 'wasm', threads: 1, results: right, warnings: [] },
    ],
    [
      'lets it compile takes kernels from addresses',
      compiling,
      { kernels: everything.map((name) => `/${name}.wasm`) },
      { name: 'wasm', threads: 1, results: right, warnings: [] },
    ],
    [
      'allows no workers from texts computes on one thread and says what to allow',
      compiling,
      { threads: 2 },
      { name: 'wasm', threads: 1, results: right, warnings: [noThreads] },
    ],
    [
      'allows no workers from texts starts threads from a file',
      compiling,
      { threads: 2, worker: '/tensor/thread.js' },
      { name: 'wasm', threads: 2, results: right, warnings: [] },
    ],
    [
      'allows no workers from texts starts threads from a file, with kernels from addresses',
      compiling,
      { threads: 2, worker: '/tensor/thread.js', kernels: everything.map((name) => `/${name}.wasm`) },
      { name: 'wasm', threads: 2, results: right, warnings: [] },
    ],
    [
      'allows no workers from texts, and whose server has no file of their program, computes on one thread',
      compiling,
      { threads: 2, worker: '/none.js' },
      {
        name: 'wasm',
        threads: 1,
        results: right,
        warnings: [
          'init: threads: the engine starts no thread: no worker starts from /none.js; computing on one thread',
        ],
      },
    ],
    [
      'allows workers from texts starts threads from one',
      `${compiling}; worker-src blob:`,
      { threads: 2 },
      { name: 'wasm', threads: 2, results: right, warnings: [] },
    ],
    [
      'demands trusted addresses computes on one thread',
      `${compiling}; worker-src blob: 'self'; require-trusted-types-for 'script'`,
      { threads: 2 },
      {
        name: 'wasm',
        threads: 1,
        results: right,
        warnings: [expect.stringMatching(/TrustedScriptURL.*on one thread$/)],
      },
    ],
    [
      'demands trusted addresses starts threads from one',
      `${compiling}; require-trusted-types-for 'script'`,
      { threads: 2, trusted: '/tensor/thread.js' },
      { name: 'wasm', threads: 2, results: right, warnings: [] },
    ],
    [
      'forbids compiling computes with plain loops and says so; what has none says what to give',
      strict,
      {},
      { name: 'reference', results: [512, 16, plane], warnings: [noCompiling] },
    ],
    [
      'forbids compiling does not take kernels that are to be compiled',
      strict,
      { kernels: '/tensor/core.wasm' },
      { name: 'reference', results: [512, 16, plane], warnings: [noCompiling] },
    ],
    [
      'forbids compiling refuses WebAssembly that is asked for',
      strict,
      { backend: 'wasm' },
      { error: expect.stringMatching(/^Error: init: backend 'wasm': the engine refuses/), warnings: [] },
    ],
    [
      'forbids compiling takes kernels that were compiled elsewhere',
      strict,
      { compiled: everything },
      { name: 'wasm', threads: 1, results: right, warnings: [] },
    ],
    [
      'forbids compiling computes on one thread with kernels that were compiled elsewhere',
      strict,
      { compiled: everything, threads: 2, worker: '/tensor/thread.js' },
      {
        name: 'wasm',
        threads: 1,
        results: right,
        warnings: [
          expect.stringMatching(/the engine refuses WebAssembly SIMD: .*; computing on one thread$/),
        ],
      },
    ],
  ])('%s', async (_, ofPage, options, expected) => {
    expect(await open(ofPage, options, all)).toEqual(expected)
  })
})

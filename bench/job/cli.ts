import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { bundleProgram } from './bundle.ts'
import { runnerText, tasksText } from './runner.ts'

const usage = `The common job beside peers: a fresh process, or a fresh page of chromium, for each run, all in turn.

node --conditions=facet-source --import tsx bench/job/cli.ts [--rounds 9] [--against <folder>] [--only engine,fit]
  --against  another checkout of Facet, installed, its kernels built: its engine in the same rounds
  --tasks    instead: what a page does with a model, and its longest task of each
  --chromium <path>, default /usr/bin/chromium`

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    against: { type: 'string' },
    only: { type: 'string' },
    tasks: { type: 'boolean', default: false },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    help: { type: 'boolean', default: false },
  },
})
if (given.help) {
  console.log(usage)
  process.exit(0)
}

/** What a run came to: milliseconds since the import began. */
interface Run {
  readonly firstStep: number
  readonly steps: number
  readonly done: number
  readonly error: number
  readonly longest: number
}

const programs = [
  ['engine', 'engine', undefined],
  ...(given.against ? [['before', 'engine', resolve(given.against)] as const] : []),
  ['fit', 'fit', undefined],
  ['jax-js', 'jax', undefined],
  ['tfjs-wasm', 'tfjs-wasm', undefined],
  ['tfjs-cpu', 'tfjs-cpu', undefined],
] as const
const tasks = [['tasks', 'tasks', undefined]] as const
const wanted = given.only?.split(',')
const taken = given.tasks ? tasks : programs.filter(([name]) => wanted?.includes(name) ?? true)

const kernelsOfTfjs = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
const folder = mkdtempSync(join(tmpdir(), 'facet-job-'))
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
const pages = new Map<string, Uint8Array | string>()
for (const [name, program, root] of taken) {
  mkdirSync(join(folder, name))
  for (const [file, contents] of await bundleProgram(program, 'node', root)) {
    writeFileSync(join(folder, name, file), contents)
  }
  for (const [file, contents] of await bundleProgram(program, 'browser', root)) {
    pages.set(`/${name}/${file}`, contents)
  }
}

const server = createServer((request, response) => {
  const url = request.url!
  const body = url.startsWith('/tfjs/')
    ? readFileSync(join(kernelsOfTfjs, url.slice('/tfjs/'.length)))
    : url === '/page'
      ? '<!doctype html><title>job</title>'
      : pages.get(url)
  const type = url.endsWith('.wasm') ? 'application/wasm' : url === '/page' ? 'text/html' : 'text/javascript'
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body)
}).listen(0)
await new Promise((done) => server.once('listening', done))
const origin = `http://localhost:${(server.address() as AddressInfo).port}`

async function inPage(browser: Browser, text: string, address: string): Promise<unknown> {
  const page = await browser.newPage()
  try {
    await page.goto(`${origin}/page`)
    page.setDefaultTimeout(0)
    return await page.evaluate(`(${text})(${JSON.stringify(`${origin}${address}`)})`)
  } finally {
    await page.close()
  }
}

async function inNode(file: string): Promise<Run> {
  const text = `globalThis.navigator ??= {}; globalThis.tfjsKernels = ${JSON.stringify(`${kernelsOfTfjs}/`)}
console.log(JSON.stringify(await (${runnerText})(${JSON.stringify(`file://${file}`)})))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text])
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

const browser = await chromium.launch({ executablePath: given.chromium, args: ['--no-sandbox'] })
const places = {
  page: async (name: string, program: string) =>
    (await inPage(browser, runnerText, `/${name}/${program}.js`)) as Run,
  Node: (name: string, program: string) => inNode(join(folder, name, `${program}.js`)),
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
const lines: string[] = []
try {
  if (given.tasks) {
    lines.push('| what | ms | tasks over 50 ms | the longest, ms |\n|---|---|---|---|')
    lines.push(...((await inPage(browser, tasksText, '/tasks/tasks.js')) as string[]))
  }
  for (const [place, run] of given.tasks ? [] : Object.entries(places)) {
    const found = new Map<string, Run[]>(taken.map(([name]) => [name, []]))
    // The first of all rounds warms disks and caches up, and is left out.
    for (let round = 0; round <= Number(given.rounds); round++) {
      const turn = round % taken.length
      for (const [name, program] of [...taken.slice(turn), ...taken.slice(0, turn)]) {
        const one = await run(name, program).catch((error: Error) => error)
        if (one instanceof Error) {
          if (round === 0) console.error(`${place} ${name}: ${one.message.split('\n').slice(0, 3).join(' ')}`)
        } else if (!(one.error < 0.3)) throw new Error(`${name}: expected to learn, got error ${one.error}`)
        else if (round > 0) found.get(name)!.push(one)
      }
    }
    const base = found.get(taken[0][0])!
    const of = (runs: Run[], field: keyof Run): number => median(runs.map((one) => one[field]))
    lines.push(
      `\n| ${place} | import to first step, ms | 320 steps, ms | import to done, ms | × ${taken[0][0]} | longest task, ms |\n|---|---|---|---|---|---|`,
    )
    for (const [name, runs] of found) {
      if (runs.length === 0) continue
      const [first, steps, done, longest] = (['firstStep', 'steps', 'done', 'longest'] as const).map(
        (field) => of(runs, field).toFixed(0),
      )
      const times = (of(runs, 'done') / of(base, 'done')).toFixed(2)
      lines.push(
        `| ${name} | ${first} | ${steps} | ${done} | ${times} | ${place === 'page' ? longest : ''} |`,
      )
    }
  }
  console.log(
    `${cpus()[0].model}, ${cpus().length} cores; Node ${process.version}, chromium ${browser.version()}; medians of ${given.rounds} runs in turn`,
  )
  console.log(lines.join('\n'))
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}

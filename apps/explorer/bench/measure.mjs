// How fast the explorer is in a real browser: `node apps/explorer/bench/measure.mjs [--seconds 30] [--minutes 0] [--out FILE.json]`.
// Prints first paint, first step, pictures a second, training beside and without drawing, and how long the main thread's tasks were.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { buildExplorer, dist, isBuilt } from '../scripts/build.mjs'
import { policy, serveFolder } from '../scripts/static-server.mjs'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '0' },
    fragment: { type: 'string', default: '' },
    out: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const executablePath = process.env.FACET_CHROMIUM ?? '/usr/bin/chromium'

if (!isBuilt()) await buildExplorer()
const headers = { 'Content-Security-Policy': policy }
const { server, address } = await serveFolder(dist, { headers })
const page = address + values.fragment

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]
const round = (x, digits = 0) => Number(x.toFixed(digits))

/** A browser of its own, so that nothing is cached and nothing is compiled. */
async function withBrowser(f) {
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    const tab = await context.newPage()
    // The browser begins with a page of its own, which keeps both cores busy for two seconds.
    await new Promise((done) => setTimeout(done, 4000))
    return await f(tab, browser)
  } finally {
    await browser.close()
  }
}

const settled = () => {
  const { session } = globalThis.explorer ?? {}
  const { goal, checksum, step } = session?.status ?? {}
  return (
    goal === null && checksum !== null && session.frame?.step === step && session.frame.run === session.run
  )
}

/** Whether there is a picture of the step that the page opens at. */
const shown = () => {
  const { session, store } = globalThis.explorer ?? {}
  return session?.frame != null && session.frame.step === store.state.step
}

/** From the start of navigation until the picture of the trained preset is on the screen, and until a step more is done. */
async function coldLoad() {
  return withBrowser(async (tab) => {
    await tab.goto(page, { waitUntil: 'commit' })
    await tab.waitForFunction(shown, null, { polling: 'raf' })
    const painted = await tab.evaluate(
      () =>
        new Promise((done) =>
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))),
        ),
    )
    await tab.waitForFunction(settled, null, { polling: 'raf' })
    const stepped = await tab.evaluate(async () => {
      const { session } = globalThis.explorer
      const { step } = session.status
      session.step()
      while (session.status.step === step) await new Promise((done) => setTimeout(done, 1))
      return performance.now()
    })
    return { painted, stepped }
  })
}

/** Steps and pictures of some seconds of training. */
const trained = (tab, milliseconds) =>
  tab.evaluate(async (length) => {
    const { session, store } = globalThis.explorer
    let pictures = 0
    let drawn = 0
    const times = []
    const stop = session.onFrame((frame) => {
      pictures++
      drawn += frame.input?.regions ?? 0
      times.push(frame.milliseconds)
    })
    store.dispatch(['play', true])
    await new Promise((done) => setTimeout(done, 500))
    const [step, start] = [session.status.step, performance.now()]
    pictures = drawn = times.length = 0
    await new Promise((done) => setTimeout(done, length))
    const passed = (performance.now() - start) / 1000
    const result = {
      stepsPerSecond: (session.status.step - step) / passed,
      picturesPerSecond: pictures / passed,
      regions: pictures === 0 ? 0 : drawn / pictures,
      milliseconds: times.toSorted((a, b) => a - b)[times.length >> 1] ?? null,
    }
    store.dispatch(['play', false])
    stop()
    return result
  }, milliseconds)

/** Lengths of the main thread's tasks, ms. */
function tasksOf(trace) {
  const { traceEvents } = JSON.parse(trace)
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  )
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && threads.has(`${pid}:${tid}`))
    .map(({ dur }) => dur / 1000)
}

const loads = []
for (let i = 0; i < 3; i++) loads.push(await coldLoad())

const running = await withBrowser(async (tab, browser) => {
  await tab.goto(page)
  await tab.waitForFunction(settled)
  const [beside, without] = [[], []]
  // In turns, so that whatever else the machine does falls on both.
  for (let i = 0; i < 3; i++) {
    beside.push(await trained(tab, (1000 * seconds) / 6))
    await tab.evaluate(() => {
      globalThis.ownFrame ??= globalThis.requestAnimationFrame
      globalThis.held = []
      globalThis.requestAnimationFrame = (f) => globalThis.held.push(f)
    })
    without.push(await trained(tab, (1000 * seconds) / 6))
    await tab.evaluate(() => {
      globalThis.requestAnimationFrame = globalThis.ownFrame
      for (const f of globalThis.held) globalThis.requestAnimationFrame(f)
    })
  }
  await browser.startTracing(tab, { categories: ['toplevel', 'disabled-by-default-toplevel'] })
  await trained(tab, 1000 * seconds)
  const tasks = tasksOf((await browser.stopTracing()).toString())
  return { beside, without, tasks }
})

/** Bytes of the page's own heap after each minute of training. */
const memory = await withBrowser(async (tab) => {
  await tab.goto(page)
  await tab.waitForFunction(settled)
  const devtools = await tab.context().newCDPSession(tab)
  const used = []
  for (let minute = 0; minute <= Number(values.minutes); minute++) {
    if (minute > 0) await trained(tab, 60_000)
    await devtools.send('HeapProfiler.collectGarbage')
    used.push((await devtools.send('Runtime.getHeapUsage')).usedSize)
  }
  return used
})

server.close()
const of = (list, key) => median(list.map((each) => each[key]))
const long = running.tasks.filter((task) => task > 50)
const result = {
  machine: `${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`,
  browser: executablePath,
  version: JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version,
  firstPaint: round(of(loads, 'painted')),
  firstStep: round(of(loads, 'stepped')),
  picturesPerSecond: round(of(running.beside, 'picturesPerSecond'), 1),
  regions: round(of(running.beside, 'regions')),
  makingMilliseconds: round(of(running.beside, 'milliseconds'), 1),
  stepsBesideDrawing: round(of(running.beside, 'stepsPerSecond')),
  stepsWithoutDrawing: round(of(running.without, 'stepsPerSecond')),
  shareOfSpeed: round(of(running.beside, 'stepsPerSecond') / of(running.without, 'stepsPerSecond'), 2),
  tasks: running.tasks.length,
  tasksUnder50: round(1 - long.length / running.tasks.length, 5),
  longestTask: round(Math.max(...running.tasks), 1),
  heapBytesByMinute: memory,
}
console.log(result)
if (values.out) writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`)

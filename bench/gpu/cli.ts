import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { duration, markdownTable, threeDigits } from '../src/report/format.ts'
import type { PageResult } from './page/main.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** What chromium draws with. */
const rasterisers: Readonly<Record<string, readonly string[]>> = {
  swiftshader: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  llvmpipe: ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  vulkan: [
    '--use-gl=angle',
    '--use-angle=vulkan',
    '--enable-features=Vulkan',
    '--ignore-gpu-blocklist',
    '--enable-unsafe-webgpu',
  ],
  gpu: ['--ignore-gpu-blocklist', '--enable-unsafe-webgpu'],
}

interface Options {
  readonly on: string
  readonly browser: string
  readonly out: string
  readonly cases: string
  readonly quick?: boolean
  readonly serve?: boolean
}

const command = new Command('bench:gpu')
  .description('Facet on WebGL2 beside its peers, in one page of chromium.')
  .option('--on <device>', Object.keys(rasterisers).join(', '), 'swiftshader')
  .option('--browser <path>', 'a chromium', '/usr/bin/chromium')
  .option('--cases <text>', 'only cases whose name contains this', '')
  .option('--quick', 'small cases, few rounds: to see that everything runs')
  .option('--out <file>', 'where the JSON goes', join(here, '../results/gpu.json'))
  .option('--serve', 'the page for a browser of your own, and nothing else')
  .parse()

const { on, browser, out, cases, quick, serve } = command.opts<Options>()
const flags = rasterisers[on]
if (flags === undefined) {
  process.stderr.write(`bench:gpu: --on: expected ${Object.keys(rasterisers).join(', ')}, got '${on}'\n`)
  process.exit(2)
}

// Pages that are isolated have the finer clock and the threads that peers may use.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}
const server = await createServer({
  root: here,
  configFile: false,
  logLevel: 'error',
  resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
  server: { headers, hmr: false, watch: null, fs: { allow: [join(here, '../..')] } },
})
await server.listen()
const url = new URL(server.resolvedUrls!.local[0])
if (serve) {
  process.stdout.write(`${url.href}\n`)
} else {
  url.search = new URLSearchParams({ cases, ...(quick && { quick: '' }) }).toString()
  await mkdir(dirname(out), { recursive: true })
  const result = await inChromium(url.href, (found) => writeFile(out, `${JSON.stringify(found, null, 1)}\n`))
  process.stdout.write(`${report(result)}\n`)
  await server.close()
}

/** @param keep is given what there is after every case */
async function inChromium(href: string, keep: (found: PageResult) => Promise<void>): Promise<PageResult> {
  const opened = await chromium.launch({ executablePath: browser, args: ['--no-sandbox', ...flags] })
  try {
    const page = await opened.newPage()
    page.setDefaultTimeout(0)
    page.on('console', (message) => {
      if (message.type() === 'info') process.stderr.write(`${message.text()}\n`)
    })
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`))
    await page.exposeFunction('keep', keep)
    await page.goto(href)
    await page.click('#start')
    return await page.evaluate(() => (globalThis as unknown as { finished: Promise<PageResult> }).finished)
  } finally {
    await opened.close()
  }
}

function report({ renderer, cases: found, absent, rounds }: PageResult): string {
  const entries = [...new Set(found.flatMap(({ timings }) => timings.map(({ entry }) => entry)))]
  const rows = found.map(({ name, timings }) => [
    name,
    ...entries.map((wanted) => {
      const timing = timings.find(({ entry }) => entry === wanted)
      if (timing === undefined) return '–'
      const { ratio, medianSeconds } = timing
      if (ratio === null) return duration(medianSeconds)
      return `${threeDigits(ratio.value)} [${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`
    }),
  ])
  const reasons = found.flatMap(({ name, omitted }) =>
    omitted.map(({ entry, reason }) => `- ${entry}: ${reason} (${name})`),
  )
  const missing = absent.map(({ entry, reason }) => `- ${entry}: ${reason}`)
  return [
    `${renderer}, ${rounds} interleaved rounds`,
    markdownTable(['', ...entries], rows),
    [...missing, ...reasons].join('\n'),
  ].join('\n\n')
}

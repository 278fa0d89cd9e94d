import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { devices, followRun, openChromium } from './chromium.ts'
import { casesOf } from './page/cases.ts'
import { gpuMarkdown } from './report.ts'
import { servePage } from './server.ts'

const here = dirname(fileURLToPath(import.meta.url))

interface Options {
  readonly on: string
  readonly browser: string
  readonly out: string
  readonly cases: string
  readonly rounds?: string
  readonly contenders?: string
  readonly quick?: boolean
  readonly list?: boolean
  readonly serve?: boolean
}

const command = new Command('bench:gpu')
  .description('Facet on WebGL2 beside its peers, in one page of chromium.')
  .option('--on <device>', Object.keys(devices).join(', '), 'swiftshader')
  .option('--browser <path>', 'a chromium', '/usr/bin/chromium')
  .option('--cases <text>', 'only cases whose name contains this', '')
  .option('--contenders <names>', 'only these, separated by commas: gpu, tfjs-webgl, …')
  .option('--rounds <count>', 'interleaved rounds (default: 15)')
  .option('--quick', 'small cases, few rounds: to see that everything runs')
  .option('--list', 'cases, and nothing else')
  .option('--out <file>', 'where the JSON goes', join(here, '../results/gpu.json'))
  .option('--serve', 'the page for a browser of your own, and nothing else')
  .parse()

const { on, browser, out, cases, contenders, rounds, quick, list, serve } = command.opts<Options>()

function refuse(message: string): never {
  process.stderr.write(`bench:gpu: ${message}\n`)
  process.exit(2)
}

const wanted = casesOf(quick === true).filter(({ name }) => name.includes(cases))
if (!(on in devices)) refuse(`--on: expected ${Object.keys(devices).join(', ')}, got '${on}'`)
if (rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) {
  refuse(`--rounds: expected a whole number of at least 1, got '${rounds}'`)
}
if (wanted.length === 0) refuse(`--cases: expected part of a name that --list shows, got '${cases}'`)

if (list) {
  process.stdout.write(wanted.map(({ name }) => `${name}\n`).join(''))
} else if (serve) {
  process.stdout.write(`${(await servePage()).href}\n`)
} else {
  const page = await servePage()
  const opened = await openChromium(browser, on)
  try {
    const url = new URL(page.href)
    url.search = new URLSearchParams({
      cases,
      ...(quick && { quick: '' }),
      ...(contenders !== undefined && { contenders }),
      ...(rounds !== undefined && { rounds }),
    }).toString()
    await mkdir(dirname(out), { recursive: true })
    const result = await followRun(await opened.newPage(), url.href, {
      tell: (line) => process.stderr.write(`${line}\n`),
      keep: (found) => writeFile(out, `${JSON.stringify(found, null, 1)}\n`),
    })
    process.stdout.write(`${gpuMarkdown(result)}\n`)
  } catch (error) {
    process.stderr.write(`bench:gpu: ${(error as Error).message}\n`)
    process.exitCode = 1
  } finally {
    await opened.close()
    await page.close()
  }
}

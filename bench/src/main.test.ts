import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { main } from './main.ts'
import type { SuiteResult } from './report/results.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-bench-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function bench(...args: string[]) {
  const text = { out: '', err: '' }
  const code = await main(args, {
    out: (line) => void (text.out += line),
    err: (line) => void (text.err += line),
  })
  return { code, ...text }
}

it('lists suites, cases and contenders', async () => {
  const { code, out } = await bench('--list')
  expect(code).toBe(0)
  expect(out).toContain('16×784×512 tn')
  expect(out).toContain('pytorch-1')
  expect(out).toContain('memory:')
  expect(out).toContain('geometry:')
})

it('explains itself', async () => {
  const { code, out } = await bench('--help')
  expect(code).toBe(0)
  expect(out).toContain('--contenders')
})

it.each([
  [['matmull'], "bench: unknown suite 'matmull'; expected matmul, affine"],
  [['--contenders', 'jax'], "bench: unknown contender 'jax'; expected wasm"],
  [['--rounds', '0', 'matmul'], "bench: --rounds: expected a whole number of at least 1, got '0'"],
  [['--max-loss', '3'], 'bench: --max-loss: expected --against as well'],
  [
    ['--against', '.', '--max-loss', '3x'],
    "bench: --max-loss: expected a percentage of at least 0, got '3x'",
  ],
  [['--against', '.', '--publish'], 'bench: --publish: expected no --against'],
  [['memory', '--against', '.'], "bench: unknown suite 'memory'"],
  [['--quickly'], "error: unknown option '--quickly'"],
])('refuses %j', async (args, message) => {
  const { code, err } = await bench(...args)
  expect(code).toBe(2)
  expect(err).toContain(message)
})

it('says what is missing of a folder that is no checkout', async () => {
  const { code, err } = await bench('matmul', '--quick', '--against', folder)
  expect(code).toBe(1)
  expect(err).toContain(`bench: --against: expected a checkout of Facet, got '${folder}' without`)
})

it('times another checkout in the same rounds, and nobody else', async () => {
  const own = fileURLToPath(new URL('../../', import.meta.url))
  const against = join(folder, 'against')
  const flags = ['--quick', '--against', own, '--max-loss', '10000%', '--out', against]
  const { code, out } = await bench('overhead', ...flags)
  expect(code).toBe(0)
  expect(out).toMatch(/\| ae 4-8-2-8-4 eager +\| .* \[.*\] +\| (slower|faster|no difference)/)
  const [{ timings }] = (JSON.parse(await readFile(join(against, 'overhead.json'), 'utf8')) as SuiteResult)
    .cases
  expect(timings.map(({ entry }) => entry)).toEqual(['wasm', 'wasm eager', 'before', 'before eager'])
})

it('times a suite and writes its JSON, table and chart', async () => {
  const args = [
    'affine',
    '--quick',
    '--rounds',
    '2',
    '--contenders',
    'reference,wasm',
    '--json',
    '--out',
    folder,
  ]
  const { code, out } = await bench(...args)
  expect(code).toBe(0)
  const [result] = JSON.parse(out) as SuiteResult[]
  expect(result.rounds).toBe(2)
  expect(result.cases[0].timings.map(({ entry }) => entry)).toContain('reference without codes')
  expect(result.cases[0].timings[0].ratio).toBeNull()
  expect((await readdir(folder)).filter((name) => name.includes('.')).sort()).toEqual([
    'affine.json',
    'affine.md',
    'affine.svg',
  ])
})

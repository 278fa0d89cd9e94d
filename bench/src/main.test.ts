import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  [['--quickly'], "error: unknown option '--quickly'"],
])('refuses %j', async (args, message) => {
  const { code, err } = await bench(...args)
  expect(code).toBe(2)
  expect(err).toContain(message)
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
  expect((await readdir(folder)).sort()).toEqual(['affine.json', 'affine.md', 'affine.svg'])
})

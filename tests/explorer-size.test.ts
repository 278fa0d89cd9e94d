// What the explorer's page loads, KB of 1,000 bytes, gzip -9.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const out = mkdtempSync(join(tmpdir(), 'facet-explorer-'))
afterAll(() => rmSync(out, { recursive: true }))

/** Each program of the page by its file. */
const sizes = new Map<string, number>()

beforeAll(async () => {
  // Vitest's own mode would be that of the programs.
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    configFile: join(import.meta.dirname, '../apps/explorer/vite.config.ts'),
    build: { outDir: out, emptyOutDir: true },
    logLevel: 'error',
  })
  vi.unstubAllEnvs()
  for (const file of readdirSync(join(out, 'assets')).filter((name) => name.endsWith('.js')))
    sizes.set(file, gzipSync(readFileSync(join(out, 'assets', file)), { level: 9 }).length / 1000)
})

/** Programs that are loaded when they are needed: three.js, files of one's own, what saves, what stands in for WebAssembly, regularizers, and a bottleneck of one. */
const later = [
  'surface-scene',
  'file-worker',
  'saving',
  'save-model',
  'reference',
  'threads',
  'regularizers',
  'strip-picture',
]

it('the explorer opens with as much JavaScript as docs/results/explorer.md says', () => {
  const isOf = (file: string) => (name: string) => file.startsWith(`${name}-`)
  expect(later.filter((name) => ![...sizes.keys()].some((file) => isOf(file)(name)))).toEqual([])
  const sum = (isCounted: (file: string) => boolean) =>
    [...sizes].reduce((all, [file, size]) => (isCounted(file) ? all + size : all), 0)
  expect(sum((file) => !later.some(isOf(file)))).toBeLessThan(150)
  const all = sum((file) => !isOf(file)('surface-scene'))
  expect(all).toBeLessThan(232)
})

it('three.js is in no program but that of the surface in space', () => {
  for (const file of readdirSync(join(out, 'assets')).filter((name) => name.endsWith('.js')))
    expect(/WebGLRenderer/.test(readFileSync(join(out, 'assets', file), 'utf8'))).toBe(
      /^surface-scene/.test(file),
    )
})

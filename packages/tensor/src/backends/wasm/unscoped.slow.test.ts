import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const engine = new URL('../../index.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'facet-unscoped-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The most megabytes that were in use in a process of its own, where nobody else's garbage makes the collector work. */
function peakOf(loop: string): number {
  const file = join(folder, 'program.mjs')
  writeFileSync(
    file,
    `
    const { init, add, matmul, zeros } = await import(${JSON.stringify(engine)})
    const backend = await init({ backend: 'wasm' })
    ${loop}
    console.log(backend.peakBytes / 2 ** 20)
  `,
  )
  const flags = ['--conditions=facet-source', '--import', import.meta.resolve('tsx')]
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
    timeout: 240_000,
  })
  expect(stderr).toBe('')
  return Number(stdout)
}

// Half of what there is in all: without the collector each of these comes to 5 GB.
const BOUND = 2048

describe('tensors outside every scope', () => {
  it('are given back where the event loop gets a turn after every op', { timeout: 250_000 }, () => {
    const loop = `
      const big = zeros([1e6])
      for (let i = 0; i < 1300; i++) {
        add(big, 1)
        await new Promise((done) => setImmediate(done))
      }
    `
    expect(peakOf(loop)).toBeLessThan(BOUND)
  })

  it('are given back where each result is read and awaited, and nothing else', { timeout: 250_000 }, () => {
    const loop = `
      const [x, weight] = [zeros([256, 784]), zeros([4, 784])]
      for (let i = 0; i < 6500; i++) await add(x, matmul(x, weight, { transposeB: true }).dataSync()[0]).data()
    `
    expect(peakOf(loop)).toBeLessThan(BOUND)
  })
})

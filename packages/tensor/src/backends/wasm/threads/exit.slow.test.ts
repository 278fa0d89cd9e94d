import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { processors } from './processors.ts'

const engine = new URL('../../../index.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'facet-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))

const program = `
  const { init, matmul, ones } = await import(${JSON.stringify(engine)})
  await init({ backend: 'wasm', threads: 2 })
  console.log(matmul(ones([64, 512]), ones([512, 512])).dataSync()[0])
`

/** Runs a program in a process of its own, which TypeScript is loaded into as in development. */
function run(code: string): ReturnType<typeof spawnSync> {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, code)
  const flags = ['--conditions=facet-source', '--import', import.meta.resolve('tsx')]
  // Against one that never ends: alone it takes 2 s, and 15 were too short beside others.
  return spawnSync(process.execPath, [...flags, file], { encoding: 'utf8', timeout: 180_000 })
}

describe.skipIf(processors() < 2)('a process whose engine has two threads', () => {
  it('ends when its program does', () => {
    expect(run(program)).toMatchObject({ status: 0, stdout: '512\n', stderr: '' })
  })

  it('ends when the engine ran in a worker thread', () => {
    // A worker takes over the condition, but TypeScript is loaded where it asks for that.
    const code = `
      import { isMainThread, Worker } from 'node:worker_threads'
      if (isMainThread) new Worker(new URL(import.meta.url))
      else {
        const { register } = await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
        register()
        ${program}
      }
    `
    expect(run(code)).toMatchObject({ status: 0, stdout: '512\n', stderr: '' })
  })

  it('ends when it has gone over to another backend', () => {
    const code = `${program}\nawait init({ backend: 'reference' })\nconsole.log('done')`
    expect(run(code)).toMatchObject({ status: 0, stdout: '512\ndone\n', stderr: '' })
  })
})

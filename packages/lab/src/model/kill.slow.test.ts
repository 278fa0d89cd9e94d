import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { fileNames } from './files.ts'

const cli = join(import.meta.dirname, '..', 'cli.ts')
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

let base: string
let straight: Record<string, Buffer>

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--conditions=facet-source', '--import', loader, cli, ...args], { cwd: base })

async function run(...args: string[]): Promise<{ code: number | null; err: string }> {
  const child = start(...args)
  let err = ''
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk))
  child.stdout!.resume()
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, err }
}

const contentsOf = (name: string): Record<string, Buffer> =>
  Object.fromEntries(
    readdirSync(join(base, name)).map((file) => [file, readFileSync(join(base, name, file))]),
  )

// Seconds of training: several checkpoints.
const settings = ['--data', 'rows.csv', '--epochs', '3000', '--hidden', '48', '--bottleneck', '4']

/** Starts a training, and ends it with a signal so many milliseconds after its first checkpoint. */
async function killedAfter(
  milliseconds: number,
  name: string,
  signal: NodeJS.Signals,
): Promise<number | null> {
  const child = start('train', ...settings, '--out', name)
  child.stdout!.resume()
  child.stderr!.resume()
  const ended = once(child, 'close') as Promise<[number | null]>
  while (!existsSync(join(base, name, fileNames.checkpoint)) && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  child.kill(signal)
  return (await ended)[0]
}

beforeAll(async () => {
  await startEngine()
  base = mkdtempSync(join(tmpdir(), 'facet-kill-'))
  const rows = key('rows').normal([120, 12]).toArray() as number[][]
  writeFileSync(join(base, 'rows.csv'), rows.map((row) => `${row.join(',')}\n`).join(''))
  expect(await run('train', ...settings, '--out', 'straight')).toMatchObject({ code: 0 })
  straight = contentsOf('straight')
}, 60_000)
afterAll(() => rmSync(base, { recursive: true }))

describe('a training that is killed', () => {
  it.each([0, 500])(
    'with -9 %i ms after its first checkpoint goes on to the same bytes',
    async (milliseconds) => {
      const name = `killed-${milliseconds}`
      await killedAfter(milliseconds, name, 'SIGKILL')
      if (existsSync(join(base, name, fileNames.unfinished))) {
        const { code, err } = await run('train', '--resume', name)
        expect(code).toBe(0)
        // Nothing that a checkpoint holds is trained again.
        const resumedAfter = Number(/resumed after (\d+)/.exec(err)?.[1])
        expect(resumedAfter).toBeGreaterThan(0)
        for (const [, epoch] of err.matchAll(/^epoch +(\d+)\//gm)) {
          expect(Number(epoch)).toBeGreaterThan(resumedAfter)
        }
      }
      expect(contentsOf(name)).toEqual(straight)
    },
  )

  it('with Ctrl-C says how to go on, ends with 130, and goes on to the same bytes', async () => {
    expect(await killedAfter(100, 'stopped', 'SIGINT')).toBe(130)
    expect((await run('train', '--resume', 'stopped')).code).toBe(0)
    expect(contentsOf('stopped')).toEqual(straight)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exitCode } from './cli/exit-code.ts'
import { childrenOf, isAlive, until } from './testing/processes.ts'
import { bundleOf, commandFromSource } from './testing/starts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const golden = fileURLToPath(new URL('../fixtures/golden', import.meta.url))

/** The command in a process of its own, at the head of a group as a shell would start it. */
function facet(
  args: readonly string[],
  more: {
    readonly node?: readonly string[]
    readonly stdout?: number
    readonly command?: readonly string[]
  } = {},
) {
  const { node = [], stdout = 'pipe', command = [bundleOf('cli')] } = more
  const child = spawn(process.execPath, [...node, ...command, ...args], {
    detached: true,
    stdio: ['ignore', stdout, 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (data) => (said.out += data))
  child.stderr!.on('data', (data) => (said.err += data))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, said, ended }
}

const workersOf = (pid: number): number[] => childrenOf(pid, /\bworker\.[jt]s/)

const tiny = [
  '--sets',
  'CBF',
  '--models',
  'ae,contractive',
  '--weight',
  '0.1',
  '--samples',
  '30',
  '--hidden',
  '8',
  '--epochs',
  '5',
]
const start = (path: string, runs: number, jobs: number) => [
  ...['reproduce', ...tiny, '--runs', `${runs}`, '--jobs', `${jobs}`, '--out', path],
]
const files = [
  'experiment.yaml',
  'figure-epochs-CBF.json',
  'report.html',
  'results.jsonl',
  'table.md',
  'times.jsonl',
]
/** What does not depend on how long anything took. */
const timeless = ['experiment.yaml', 'figure-epochs-CBF.json', 'results.jsonl', 'table.md']
const bytesOf = (path: string) => timeless.map((name) => readFileSync(join(path, name), 'utf8'))

describe('facet', () => {
  it('from source repeats the run of one worker of three that is killed alone: the same bytes as without', async () => {
    const whole = join(folder, 'whole')
    expect(await facet(start(whole, 20, 3)).ended).toBe(exitCode.ok)

    const path = join(folder, 'killed')
    // The only test here that starts the sources, as `pnpm facet` does. Its bytes are those of the bundle.
    const { child, said, ended } = facet(start(path, 20, 3), { command: commandFromSource() })
    await until(() => said.err.includes('[ 3/'))
    // While it is looked at it does not go on to its end.
    child.kill('SIGSTOP')
    const workers = workersOf(child.pid!)
    expect(workers).toHaveLength(3)
    process.kill(workers[1], 'SIGKILL')
    child.kill('SIGCONT')
    await until(() => said.err.includes('its run is repeated'))
    child.kill('SIGSTOP')
    expect(workersOf(child.pid!)).toEqual(expect.arrayContaining([workers[0], workers[2]]))
    child.kill('SIGCONT')
    expect(await ended).toBe(exitCode.ok)
    expect(said.err).toMatch(/worker killed by SIGKILL .*; its run is repeated\n/)
    expect(bytesOf(path)).toEqual(bytesOf(whole))
    expect(readdirSync(path).sort()).toEqual(files)
  })

  it('goes on with an experiment whose stdout and stderr nobody reads any more', async () => {
    const path = join(folder, 'unread')
    const { child, said, ended } = facet(start(path, 10, 2))
    await until(() => said.err.includes('[ 1/'))
    child.stdout!.destroy()
    child.stderr!.destroy()
    expect(await ended).toBe(exitCode.ok)
    expect(readdirSync(path).sort()).toEqual(files)
  })

  it('ends a command that only prints with 141, and without a word, once nobody reads', async () => {
    const names = readdirSync(golden).map((name) => join(golden, name))
    const { child, said, ended } = facet(['verify', ...names])
    await until(() => said.out.includes('\n'))
    child.stdout!.destroy()
    expect(await ended).toBe(exitCode.brokenPipe)
    expect(said.err).toBe('')
  })

  it('says that a disk is full with exit code 1, and has finished its files all the same', async () => {
    const full = openSync('/dev/full', 'w')
    const path = join(folder, 'full')
    const work = facet(start(path, 2, 2), { stdout: full })
    expect(await work.ended).toBe(exitCode.failed)
    expect(work.said.err).toContain('facet: cannot write to stdout: ENOSPC')
    expect(readdirSync(path).sort()).toEqual(files)
    const prints = facet(['verify', join(golden, '01_relu_bias_linlatent.json')], { stdout: full })
    expect(await prints.ended).toBe(exitCode.failed)
    expect(prints.said.err).toBe('facet: cannot write to stdout: ENOSPC: no space left on device, write\n')
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops at a %s of its whole group with 130 and word of how to go on, and leaves no worker',
    async (signal) => {
      const path = join(folder, 'stopped')
      const { child, said, ended } = facet(start(path, 300, 2))
      await until(() => said.err.includes('[  2/'))
      const workers = workersOf(child.pid!)
      expect(workers).toHaveLength(2)
      process.kill(-child.pid!, signal)
      expect(await ended).toBe(exitCode.interrupted)
      expect(workers.filter(isAlive)).toEqual([])
      expect(said.err).toMatch(/facet: interrupted; finished runs: \d+ of 601; to go on: facet run --resume/)
      expect(said.err).not.toContain('repeated')
      expect(readdirSync(path).sort()).toEqual(['experiment.yaml', 'runs.jsonl'])
    },
  )

  it('ends at once at the second signal, and leaves no worker', async () => {
    const { child, said, ended } = facet(start(join(folder, 'twice'), 300, 2))
    await until(() => said.err.includes('[  2/'))
    const workers = workersOf(child.pid!)
    // Both are there when it looks: one that came while it ends would be nobody's to catch.
    for (const signal of ['SIGSTOP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const) child.kill(signal)
    expect(await ended).toBe(exitCode.interrupted)
    await until(() => !workers.some(isAlive))
  })

  it('says in one line that an error which nobody caught is a bug, and leaves no worker', async () => {
    const bug = "data:text/javascript,process.on('SIGUSR2', () => Promise.reject(new RangeError('lost')))"
    const { child, said, ended } = facet(start(join(folder, 'bug'), 300, 2), { node: ['--import', bug] })
    await until(() => said.err.includes('[  2/'))
    const workers = workersOf(child.pid!)
    child.kill('SIGUSR2')
    expect(await ended).toBe(exitCode.failed)
    expect(said.err.trimEnd().split('\n').at(-1)).toBe(
      'facet: RangeError: lost; this is a bug; FACET_DEBUG=1 shows where',
    )
    await until(() => !workers.some(isAlive))
  })
})

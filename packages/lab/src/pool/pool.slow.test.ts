import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Interrupted } from '../errors.ts'
import { childrenOf, isAlive, until } from '../testing/processes.ts'
import { bundleOf } from '../testing/starts.ts'
import { type PoolOptions, runJobs } from './pool.ts'
import type { OddRequest } from './testing/odd-worker.ts'

const worker = pathToFileURL(bundleOf('odd-worker'))
const workerFromSource = new URL('./testing/odd-worker.ts', import.meta.url)

let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-pool-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const jobOf = (request: OddRequest, cost = 1) => ({
  label: JSON.stringify(request),
  group: '',
  cost,
  request,
})

function run(
  requests: readonly OddRequest[],
  { costs = [], ...options }: Partial<PoolOptions<unknown>> & { readonly costs?: readonly number[] } = {},
) {
  const jobs = requests.map((request, i) => jobOf(request, costs[i]))
  return runJobs<unknown>(jobs, {
    worker,
    processes: 2,
    signal: new AbortController().signal,
    progress: {
      started: (job) => said.push(`started ${job}`),
      advanced: () => {},
      repeated: (job, why) => said.push(`repeated ${job}: ${why}`),
      ended: (job, note) => said.push(`ended ${job}: ${note}`),
      stop: () => said.push('stop'),
    },
    note: () => 'done',
    onEnded: () => {},
    ...options,
  })
}

const workersOf = (pid: number): number[] => childrenOf(pid, /odd-worker/)

/** Milliseconds that no test waits for. */
const forever = 600_000

describe('the pool', () => {
  it.each([
    ['a bundle', worker],
    ['source', workerFromSource],
  ])(
    'gives back plain data as it was from %s: numbers that JSON has not, typed arrays, undefined',
    async (_, entry) => {
      const echo = {
        nan: Number.NaN,
        huge: -Infinity,
        zero: -0,
        none: undefined,
        row: new Float32Array([1, 2]),
      }
      const [ended] = await run([{ echo }], { worker: entry })
      expect(ended.outcome).toEqual({ pid: expect.any(Number), echo })
      expect(ended.versions).toMatchObject({ node: process.version, engine: 'wasm (plain SIMD)' })
    },
  )

  it('starts the most expensive first, whatever the order, and uses a worker again', async () => {
    const requests = [{ echo: 0 }, { echo: 1 }, { echo: 2 }, { echo: 3 }]
    const ended = await run(requests, { costs: [2, 9, 1, 5], processes: 1 })
    expect(said.filter((line) => line.startsWith('started'))).toEqual([1, 3, 0, 2].map((i) => `started ${i}`))
    expect(ended.map(({ outcome }) => (outcome as { echo: number }).echo)).toEqual([0, 1, 2, 3])
    expect(new Set(ended.map(({ outcome }) => (outcome as { pid: number }).pid)).size).toBe(1)
    expect(workersOf(process.pid)).toEqual([])
  })

  it('says what a job threw, and goes on', async () => {
    const ended = await run([{ throws: 'no luck' }, { echo: 1 }])
    expect(ended[0]).toMatchObject({ error: 'no luck', versions: { engine: 'wasm (plain SIMD)' } })
    expect(ended[1].error).toBeUndefined()
    expect(said.filter((line) => line.startsWith('repeated'))).toEqual([])
  })

  it('repeats the run of a worker that is killed alone, in a fresh one, while the others go on', async () => {
    const requests: OddRequest[] = [
      { busy: 1500, isDeaf: false },
      { killedBy: 'SIGKILL', unless: join(folder, 'once') },
      { busy: 1500, isDeaf: true },
    ]
    const ended = await run(requests, { processes: 3 })
    expect(ended.map(({ error }) => error)).toEqual([undefined, undefined, undefined])
    expect(ended[1].outcome).toBe('survived')
    expect(said.filter((line) => /started|repeated/.test(line)).sort()).toEqual([
      'repeated 1: worker killed by SIGKILL (out of memory? fewer --jobs need less)',
      'started 0',
      'started 1',
      'started 1',
      'started 2',
    ])
    expect(workersOf(process.pid)).toEqual([])
  })

  it('gives up a run after three workers, with the signal or the exit code', async () => {
    const ended = await run([{ exits: 7 }, { killedBy: 'SIGSEGV' }, { echo: 1 }, { exits: 0 }])
    expect(ended.map(({ error }) => error)).toEqual([
      'worker ended with exit code 7, 3 times in turn',
      'worker killed by SIGSEGV, 3 times in turn',
      undefined,
      'worker ended with exit code 0, 3 times in turn',
    ])
  })

  it('stops at once when it is told to, however busy the workers are, and leaves none', async () => {
    const interruption = new AbortController()
    const running = run([{ busy: forever, isDeaf: true }, { busy: forever, isDeaf: false }, { echo: 1 }], {
      signal: interruption.signal,
    })
    const caught = running.catch((error: unknown) => error)
    await until(() => said.length === 2)
    interruption.abort()
    expect(await caught).toBeInstanceOf(Interrupted)
    expect(said.sort()).toEqual(['started 0', 'started 1', 'stop'])
    expect(workersOf(process.pid)).toEqual([])
  })

  it('leaves no worker when what is done with an outcome fails', async () => {
    const full = run([{ echo: 1 }, { busy: forever, isDeaf: true }], {
      onEnded: () => {
        throw new Error('no space left')
      },
    })
    await expect(full).rejects.toThrow('no space left')
    expect(workersOf(process.pid)).toEqual([])
  })
})

describe('workers of a process that ends', () => {
  it.each([
    ['is killed with -9', 'SIGKILL', 'hearing', null],
    ['is killed with -9 while they let no event loop turn', 'SIGKILL', 'deaf', null],
    ['exits by itself', 'SIGUSR2', 'deaf', 3],
    ['is told to stop', 'SIGTERM', 'deaf', 0],
  ] as const)('because it %s end as well', async (_, signal, kind, expected) => {
    const main = bundleOf('pool-of-busy')
    const child = spawn(process.execPath, [main, bundleOf('odd-worker'), '3', kind])
    let out = ''
    child.stdout.on('data', (data) => (out += data))
    const ended = once(child, 'close')
    await until(() => out.split('\n').length === 4)
    const workers = workersOf(child.pid!)
    expect(workers).toHaveLength(3)
    child.kill(signal)
    expect((await ended)[0]).toBe(expected)
    await until(() => !workers.some(isAlive))
  })
})

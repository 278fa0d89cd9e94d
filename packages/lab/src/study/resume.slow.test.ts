import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exitCode } from '../cli/exit-code.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-resume-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lab = fileURLToPath(new URL('../..', import.meta.url))

/** The command in a process of its own, which can be killed. */
function facet(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--conditions=facet-source', '--import', 'tsx', 'src/cli.ts', ...args],
    { cwd: lab },
  )
  let err = ''
  child.stderr.on('data', (data) => (err += data))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, ended, stderr: () => err }
}

const files = ['experiment.yaml', 'report.html', 'results.jsonl', 'table.md']
const bytesOf = (path: string) => files.map((name) => readFileSync(join(path, name), 'utf8'))

/** Whole lines of the log but its first, the header; all runs where the results are there already. */
function finishedIn(path: string): number {
  const log = join(path, 'runs.jsonl')
  if (existsSync(log)) return Math.max(0, readFileSync(log, 'utf8').split('\n').length - 2)
  return existsSync(join(path, 'results.jsonl')) ? runs + 1 : 0
}

const hasBegun = (path: string) => existsSync(join(path, 'runs.jsonl'))
const isWritingResults = (path: string) =>
  existsSync(path) && readdirSync(path).some((name) => name.startsWith('results.jsonl'))

/** Starts or resumes the experiment in a folder and kills it at most `delay` milliseconds after `isReady`. */
async function killed(path: string, isReady: (path: string) => boolean, delay: number): Promise<void> {
  const { child, ended } = begunOrResumed(path)
  let isOver = false
  void ended.then(() => (isOver = true))
  while (!isOver && !isReady(path)) await sleep(5)
  await sleep(Math.random() * delay)
  child.kill('SIGKILL')
  await ended
}

/** The yardsticks are one job more. */
const runs = 50
const tiny = ['--sets', 'CBF', '--models', 'ae', '--epochs', '1', '--hidden', '4', '--bottleneck', '2']
const start = ['reproduce', ...tiny, '--runs', `${runs}`, '--samples', '30', '--jobs', '1', '--out']

const begunOrResumed = (path: string) =>
  existsSync(join(path, 'experiment.yaml'))
    ? facet('run', '--resume', path, '--jobs', '1')
    : facet(...start, path)

it('killed at any moment and resumed, gives the same bytes as never killed, and repeats no finished run', async () => {
  const whole = join(folder, 'whole')
  expect(await facet(...start, whole).ended).toBe(exitCode.ok)
  expect(readdirSync(whole).sort()).toEqual(files)

  const path = join(folder, 'killed')
  await killed(path, hasBegun, 1000)
  const finished = [finishedIn(path)]
  for (let kill = 0; kill < 4; kill++) {
    const more = finished[kill] + 1 + 3 * kill
    await killed(path, () => finishedIn(path) >= more, 20)
    finished.push(finishedIn(path))
    expect(finished[kill + 1]).toBeGreaterThanOrEqual(more)
  }
  // Once more while the results are written; carry-out.test.ts has every moment of that.
  await killed(path, isWritingResults, 5)
  const last = begunOrResumed(path)
  expect(await last.ended).toBe(exitCode.ok)
  expect(last.stderr()).not.toContain('warning')
  expect(bytesOf(path)).toEqual(bytesOf(whole))
  expect(readdirSync(path).sort()).toEqual(files)
})

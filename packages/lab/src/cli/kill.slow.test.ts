import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partOf } from '../../../../tests/trials.ts'
import { startEngine } from '../engine.ts'
import { fileNames } from '../model/files.ts'
import { exitCode } from './exit-code.ts'
import { type Ended, facetProcess } from './testing/facet-process.ts'
import { contentsOf, hasBegun, isRenewed, killedAt, type Moment, runsLogged } from './testing/moments.ts'

/**
 * 60 moments: with each signal 9 of a run and its resumes, 5 of replacing a finished folder, 6 of a training. Where a share is tried, one signal at each of the
 * first two kinds; a training keeps all, for that of a checkpoint being written is brief and may be missed.
 */
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const
const withSignal = (moments: readonly Moment[], signal: (typeof signals)[number]): Moment[] =>
  partOf(moments, signals.indexOf(signal), signals.length)

let base: string
let rows: string
/** What is in the folders of an experiment, another one, and a training, of which none was killed. */
let straight: {
  readonly run: Record<string, string>
  readonly old: Record<string, string>
  readonly model: Record<string, string>
}

const tiny = [
  '--sets',
  'CBF',
  '--models',
  'ae',
  '--epochs',
  '1',
  '--hidden',
  '4',
  '--bottleneck',
  '2',
  '--jobs',
  '1',
]
/** The baselines are one job more. */
const begin = ['reproduce', ...tiny, '--runs', '24', '--samples', '30', '--out']
const beginOld = ['reproduce', ...tiny, '--runs', '2', '--samples', '24', '--out']
/** About two seconds, four checkpoints. */
const train = () => [
  'train',
  '--data',
  rows,
  '--epochs',
  '2000',
  '--hidden',
  '48',
  '--bottleneck',
  '4',
  '--out',
]

/** In a process of its own: one that computes here would keep the others from seeing their moments. */
const facet = (...args: string[]): Promise<Ended> => facetProcess(args).ended

async function finished(args: readonly string[], name: string): Promise<Record<string, string>> {
  const path = join(base, name)
  expect(await facet(...args, path)).toMatchObject({ code: exitCode.ok })
  return contentsOf(path)
}

beforeAll(async () => {
  await startEngine()
  base = mkdtempSync(join(tmpdir(), 'facet-kill-'))
  rows = join(base, 'rows.csv')
  const numbers = key('rows').normal([120, 12]).toArray() as number[][]
  writeFileSync(rows, numbers.map((row) => `${row.join(',')}\n`).join(''))
  straight = {
    run: await finished(begin, 'run'),
    old: await finished(beginOld, 'old'),
    model: await finished(train(), 'model'),
  }
}, 600_000)
afterAll(() => rmSync(base, { recursive: true }))

/** Whoever can say something says how to go on, and nobody shows a stack. */
function expectInOrder({ code, err }: Ended, signal: string, folder: string): void {
  expect(err).not.toMatch(/^ +at |Error:/m)
  if (signal === 'SIGKILL' || code === exitCode.ok) return
  expect(code === exitCode.interrupted || code === null).toBe(true)
  // It may be killed before it listens.
  if (code !== exitCode.interrupted) return
  expect(err).toMatch(/--resume|holds what it held before/)
  expect(existsSync(join(folder, '.facet-lock'))).toBe(false)
}

describe.concurrent('with the same bytes in the end as without,', () => {
  it.each(signals)('a run is resumed, and its resume, after %s', async (signal) => {
    const path = join(base, `run-${signal}`)
    const moments: Moment[] = [
      { isReady: hasBegun('.facet-lock') },
      { isReady: hasBegun('experiment.yaml') },
      { isReady: hasBegun('runs.jsonl') },
      { isReady: runsLogged(1) },
      { isReady: runsLogged(4), delay: 3 },
      { isReady: runsLogged(9), delay: 7 },
      { isReady: runsLogged(16) },
      { isReady: hasBegun('results.jsonl') },
      { isReady: hasBegun('report.html') },
    ]
    let before = 0
    for (const moment of withSignal(moments, signal)) {
      const isBegun = existsSync(join(path, 'experiment.yaml'))
      const args = isBegun ? ['run', '--resume', path, '--jobs', '1'] : [...begin, path]
      const ended = await killedAt(args, path, signal, moment)
      expectInOrder(ended, signal, path)
      // No finished run is repeated. It may be killed before it says so, and says nothing where none is left.
      const done = /^(\d+) of 25 done; left/m.exec(ended.err)
      if (done === null) continue
      expect(Number(done[1])).toBeGreaterThanOrEqual(before)
      before = Number(done[1])
    }
    expect(before).toBeGreaterThan(0)
    const { code, err } = await facet('run', '--resume', path, '--jobs', '1')
    expect(err).not.toContain('warning')
    expect(code).toBe(exitCode.ok)
    expect(contentsOf(path)).toEqual(straight.run)
  })

  it.each(signals)(
    'a finished folder is replaced, and is whole until the first new run, after %s',
    async (signal) => {
      const moments: Moment[] = [
        { isReady: hasBegun('.facet-lock') },
        { isReady: hasBegun('.facet-lock'), delay: 400 },
        { isReady: hasBegun('runs.jsonl') },
        { isReady: (folder) => hasBegun('runs.jsonl')(folder) && runsLogged(3)(folder) },
        { isReady: (folder) => hasBegun('runs.jsonl')(folder) && hasBegun('results.jsonl')(folder) },
      ]
      for (const [i, moment] of withSignal(moments, signal).entries()) {
        const path = join(base, `replaced-${signal}-${i}`)
        cpSync(join(base, 'old'), path, { recursive: true })
        expectInOrder(await killedAt([...begin, path], path, signal, moment), signal, path)
        const left = contentsOf(path)
        const isOld = left['experiment.yaml'] === straight.old['experiment.yaml']
        // Between two removals the old results may lack their table and report.
        if (isOld)
          for (const [name, content] of Object.entries(left)) expect(content).toBe(straight.old[name])
        const args = isOld ? [...begin, path] : ['run', '--resume', path]
        expect(await facet(...args)).toMatchObject({ code: exitCode.ok })
        expect(contentsOf(path)).toEqual(straight.run)
      }
    },
  )

  it.each(signals)('a training is resumed, and its resume, after %s', async (signal) => {
    const path = join(base, `model-${signal}`)
    const moments: Moment[] = [
      { isReady: hasBegun('.facet-lock') },
      { isReady: hasBegun(fileNames.unfinished) },
      { isReady: isRenewed(fileNames.checkpoint) },
      { isReady: isRenewed(fileNames.checkpoint), delay: 100 },
      { isReady: hasBegun(`${fileNames.checkpoint}.`) },
      { isReady: hasBegun(fileNames.weights) },
    ]
    const isUnfinished = () => existsSync(join(path, fileNames.unfinished))
    let before = 0
    for (const moment of moments) {
      if (existsSync(join(path, fileNames.config)) && !isUnfinished()) break
      const args = isUnfinished() ? ['train', '--resume', path] : [...train(), path]
      const ended = await killedAt(args, path, signal, moment)
      expectInOrder(ended, signal, path)
      // What a checkpoint holds is not trained again.
      const resumed = /resumed after (\d+)/.exec(ended.err)
      if (resumed === null) continue
      expect(Number(resumed[1])).toBeGreaterThanOrEqual(before)
      before = Number(resumed[1])
    }
    expect(before).toBeGreaterThan(0)
    if (isUnfinished()) expect(await facet('train', '--resume', path)).toMatchObject({ code: exitCode.ok })
    expect(contentsOf(path)).toEqual(straight.model)
  })
})

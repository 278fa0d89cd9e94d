import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { ResultFolder } from '../folder/result-folder.ts'
import { type LoggedRun, RunLog } from '../folder/run-log.ts'
import { versions } from '../version.ts'
import { openLog } from './log.ts'
import type { ExperimentOptions, Finished } from './study.ts'
import { tinyRun as run, tinyFailure, tinyStudy } from './testing/tiny-study.ts'

let path: string
let folder: ResultFolder
let said: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-log-'))
  folder = new ResultFolder(path)
  said = ''
})
afterEach(() => {
  folder.release()
  rmSync(path, { recursive: true })
})

const settings = { names: ['a', 'b', 'c'], steps: 7 }
const logged = {
  study: tinyStudy,
  document: 'experiment: tiny\n',
  inputs: { CBF: '1234' } as Readonly<Record<string, string>>,
  plan: tinyStudy.plan(settings, {}),
}

const open = (unfinished?: ExperimentOptions['unfinished'], its = logged) =>
  openLog(its, {
    folder,
    processes: 1,
    signal: new AbortController().signal,
    stream: { write: (text) => (said += text) },
    unfinished,
  })

/** What an unfinished experiment in the folder has. */
function finishedThere(): readonly Finished[] {
  const log = open('resume')
  log.close()
  return log.finished
}

/** A folder in which these runs finished before its process was killed. */
function killedAfter(...runs: Finished[]): void {
  const log = open()
  for (const one of runs) log.append(one)
  log.close()
}

const logPath = () => join(path, 'runs.jsonl')
const oldResults = ['results.jsonl', 'times.jsonl', 'table.md', 'report.html']
const filesIn = () =>
  readdirSync(path)
    .filter((name) => name !== '.facet-lock')
    .sort()

it('writes the document before the log', () => {
  const log = open()
  log.close()
  expect([log.finished, log.hasBegun]).toEqual([[], true])
  expect(filesIn()).toEqual(['experiment.yaml', 'runs.jsonl'])
  expect(folder.read('experiment.yaml')).toBe(logged.document)
})

it('leaves old results where they are until the first run has finished', () => {
  for (const name of ['experiment.yaml', ...oldResults]) writeFileSync(join(path, name), 'old')
  const stopped = open()
  stopped.close()
  expect(stopped.hasBegun).toBe(false)
  expect(filesIn()).toEqual(['experiment.yaml', ...oldResults].sort())
  expect(filesIn().map((name) => folder.read(name))).toEqual(Array(1 + oldResults.length).fill('old'))
  const log = open()
  log.append(run('c'))
  expect(log.hasBegun).toBe(true)
  log.append(run('a'))
  log.close()
  expect(filesIn()).toEqual(['experiment.yaml', 'runs.jsonl'])
  expect(folder.read('experiment.yaml')).toBe(logged.document)
  expect(finishedThere()).toEqual([run('c'), run('a')])
})

it('refuses finished runs of an unfinished experiment, and says how to go on or start again', () => {
  open().close()
  expect(() => open().close()).not.toThrow() // nothing finished, nothing to lose
  killedAfter(run('b'), run('a'))
  expect(() => open()).toThrow(
    `${path}: 2 finished runs of an unfinished experiment; 'facet run --resume ${path}' goes on, --overwrite starts again`,
  )
  const log = open('overwrite')
  expect(log.finished).toEqual([])
  expect(finishedThere()).toEqual([run('b'), run('a')])
  log.append(run('c'))
  log.close()
  expect(finishedThere()).toEqual([run('c')])
})

it('goes on with the runs that finished, and keeps them', () => {
  killedAfter(run('b'), tinyFailure('a', 'NaN'))
  const first = open('resume')
  first.append(run('c'))
  first.close()
  expect(first.finished.map(({ task }) => task)).toEqual([{ name: 'b' }, { name: 'a' }])
  expect(finishedThere()).toEqual([run('b'), tinyFailure('a', 'NaN'), run('c')])
  expect(said).toBe('')
})

it('repeats a run that failed because its worker was lost, in silence, and keeps one that failed by itself', () => {
  killedAfter(run('b'), { ...tinyFailure('a', 'worker killed by SIGKILL, 3 times in turn'), lost: true })
  const opened = open('resume')
  opened.append(run('a'))
  opened.close()
  expect(opened.finished).toEqual([run('b')])
  expect(finishedThere()).toEqual([run('b'), run('a')])
  expect(said).toBe('')
})

it('says nothing of versions where only the engine is known of one side', () => {
  killedAfter(run('a', { versions: { ...versions, engine: 'wasm' } }))
  expect(finishedThere()).toHaveLength(1)
  expect(said).toBe('')
})

it('drops a torn last line in silence, and tells a damaged line in the middle', () => {
  killedAfter(run('a'), run('b'), run('c'))
  const text = readFileSync(logPath(), 'utf8')
  writeFileSync(logPath(), text.slice(0, -5).replace('"distance":97', '"distance":99'))
  const opened = open('resume')
  opened.append(run('a'))
  opened.close()
  expect(opened.finished).toEqual([run('b')])
  expect(said).toBe(`facet: warning: ${logPath()}:2: damaged line (checksum differs); its run is repeated\n`)
  expect(finishedThere()).toEqual([run('b'), run('a')])
})

it('begins where a crash left a document and no log, or a log and nothing in it', () => {
  folder.write('experiment.yaml', logged.document)
  expect(finishedThere()).toEqual([])
  writeFileSync(logPath(), '')
  expect(finishedThere()).toEqual([])
})

it('refuses to mix runs of other settings or other data', () => {
  killedAfter(run('a'))
  writeFileSync(join(path, 'experiment.yaml'), 'experiment: tiny\nsteps: 8\n')
  expect(() => open('resume', { ...logged, document: 'experiment: tiny\nsteps: 8\n' })).toThrow(
    `--resume: experiment.yaml is not what the 1 finished run in ${logPath()} were computed with`,
  )
  writeFileSync(join(path, 'experiment.yaml'), logged.document)
  expect(() => open('resume', { ...logged, inputs: { CBF: '5678' } })).toThrow(
    '--resume: the data of CBF have changed since',
  )
})

/** A log as the release before wrote it: a run is its place in the plan, and its name there. */
function writtenBefore(...runs: LoggedRun[]): void {
  open('overwrite').close()
  const header = JSON.parse(readFileSync(logPath(), 'utf8').split('\n')[0]).entry
  new RunLog(logPath(), { settings: header.settings, inputs: header.inputs }, runs).close()
}

it('reads runs that are known by their place in the plan alone, as the release before wrote them', () => {
  writtenBefore(
    { job: 2, label: 'c', versions, outcome: { distance: 99 } },
    { job: 0, label: 'a', versions, error: 'failed' },
  )
  expect(finishedThere()).toEqual([run('c'), tinyFailure('a')])
})

it('warns of runs that other versions computed, and leaves out those that the plan does not have', () => {
  writtenBefore(
    { job: 0, label: 'a', versions: { ...versions, node: 'v1.2.3' }, outcome: { distance: 97 } },
    { job: 1, label: 'renamed', versions, outcome: { distance: 98 } },
    { job: 9, label: 'j', versions, outcome: { distance: 98 } },
    { job: 9, label: 'j', kind: 'case', task: { name: 'j' }, versions, outcome: { distance: 98 } },
  )
  expect(finishedThere().map(({ task }) => task)).toEqual([{ name: 'a' }])
  expect(said).toContain('3 runs that this plan does not have, left out')
  expect(said).toMatch(
    /finished runs were computed by facet .*, node v1\.2\.3, .*; last digits may differ\n$/,
  )
})

it('refuses an outcome that is not one of its kind, naming the log, the run and the field', () => {
  writtenBefore({ job: 0, label: 'a', versions, outcome: { distance: '<img src=x>' } })
  expect(() => open('resume')).toThrow(new UsageError(`${logPath()}: a: distance: expected a number`))
  writtenBefore({ job: 0, label: 'a', versions: { facet: '1' }, outcome: { distance: 1 } })
  expect(() => open('resume')).toThrow(/runs\.jsonl: a: node: /)
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from '@facet/tensor'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readDocument } from '../document/read-document.ts'
import { ResultFolder } from '../folder/result-folder.ts'
import { type LoggedRun, RunLog } from '../folder/run-log.ts'
import type { Job } from '../pool/pool.ts'
import { versions } from '../version.ts'
import { openLog } from './open-log.ts'
import type { ExperimentOptions } from './study.ts'

let path: string
let folder: ResultFolder
let said: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-open-'))
  folder = new ResultFolder(path)
  said = ''
})
afterEach(() => {
  folder.release()
  rmSync(path, { recursive: true })
})

const study = {
  experiment: { experiment: 'orbitGap', settings: { cases: ['rotation'], seeds: 3, steps: 7 } },
  jobs: ['a', 'b', 'c'].map((label) => ({ label }) as unknown as Job),
  inputs: { CBF: '1234' },
} as const
const run = (job: number, label: string, more: Partial<LoggedRun> = {}): LoggedRun => ({
  job,
  label,
  versions,
  outcome: { gapDistance: job },
  ...more,
})

const open = (unfinished?: ExperimentOptions['unfinished'], its: typeof study = study) =>
  openLog(its, {
    folder,
    threads: 1,
    signal: new AbortController().signal,
    stream: { write: (text) => (said += text) },
    unfinished,
  })

/** A folder in which these runs finished before its process was killed. */
function killedAfter(...runs: LoggedRun[]): void {
  const log = open()
  for (const one of runs) log.append(one)
  log.close()
}

const oldResults = ['results.jsonl', 'table.md', 'report.html']
const filesIn = () =>
  readdirSync(path)
    .filter((name) => name !== '.facet-lock')
    .sort()

it('writes the document before the log', () => {
  const log = open()
  log.close()
  expect([log.finished, log.hasBegun]).toEqual([[], true])
  expect(filesIn()).toEqual(['experiment.yaml', 'runs.jsonl'])
  expect(readDocument(join(path, 'experiment.yaml')).experiment).toEqual(study.experiment)
})

it('goes on with a log whose settings are checksummed under the names of an earlier release', () => {
  killedAfter(run(0, 'a'), run(2, 'c'))
  const former = readFileSync(join(path, 'experiment.yaml'), 'utf8').replace('orbitGap', 'orbit')
  const settings = crc32(new TextEncoder().encode(former)).toString(16).padStart(8, '0')
  const header = { settings, inputs: study.inputs }
  const log = join(path, 'runs.jsonl')
  new RunLog(log, header, [run(0, 'a'), run(2, 'c')]).close()
  const resumed = open('resume')
  resumed.close()
  expect(resumed.finished.map(({ job }) => job)).toEqual([0, 2])
  new RunLog(log, { ...header, settings: '00000000' }, [run(0, 'a')]).close()
  expect(() => open('resume')).toThrow('is not what the 1 finished run in')
})

it('leaves old results where they are until the first run has finished', () => {
  for (const name of ['experiment.yaml', ...oldResults]) writeFileSync(join(path, name), 'old')
  const stopped = open()
  stopped.close()
  expect(stopped.hasBegun).toBe(false)
  expect(filesIn()).toEqual(['experiment.yaml', ...oldResults].sort())
  expect(filesIn().map((name) => folder.read(name))).toEqual(Array(4).fill('old'))
  const log = open()
  log.append(run(2, 'c'))
  expect(log.hasBegun).toBe(true)
  log.append(run(0, 'a'))
  log.close()
  expect(filesIn()).toEqual(['experiment.yaml', 'runs.jsonl'])
  expect(readDocument(join(path, 'experiment.yaml')).experiment).toEqual(study.experiment)
  expect(open('resume').finished).toEqual([run(2, 'c'), run(0, 'a')])
})

it('refuses finished runs of an unfinished experiment, and says how to go on or start again', () => {
  open().close()
  expect(() => open().close()).not.toThrow() // nothing finished, nothing to lose
  killedAfter(run(1, 'b'), run(0, 'a'))
  expect(() => open()).toThrow(
    `${path}: 2 finished runs of an unfinished experiment; 'facet run --resume ${path}' goes on, --overwrite starts again`,
  )
  const log = open('overwrite')
  expect(log.finished).toEqual([])
  expect(open('resume').finished).toEqual([run(1, 'b'), run(0, 'a')])
  log.append(run(2, 'c'))
  log.close()
  expect(open('resume').finished).toEqual([run(2, 'c')])
})

it('goes on with the runs that finished, and keeps them', () => {
  killedAfter(run(1, 'b'), run(0, 'a', { outcome: undefined, error: 'NaN' }))
  const first = open('resume')
  first.append(run(2, 'c'))
  first.close()
  expect(first.finished.map(({ job }) => job)).toEqual([1, 0])
  const second = open('resume')
  second.close()
  expect(second.finished).toEqual([run(1, 'b'), { job: 0, label: 'a', versions, error: 'NaN' }, run(2, 'c')])
  expect(said).toBe('')
})

it('drops a torn last line in silence, and tells a damaged line in the middle', () => {
  killedAfter(run(0, 'a'), run(1, 'b'), run(2, 'c'))
  const log = join(path, 'runs.jsonl')
  const text = readFileSync(log, 'utf8')
  writeFileSync(log, text.slice(0, -5).replace('"gapDistance":0', '"gapDistance":9'))
  const opened = open('resume')
  opened.append(run(0, 'a'))
  opened.close()
  expect(opened.finished).toEqual([run(1, 'b')])
  expect(said).toBe(`facet: warning: ${log}:2: damaged line (checksum differs); its run is repeated\n`)
  expect(open('resume').finished).toEqual([run(1, 'b'), run(0, 'a')])
})

it('begins where a crash left a document and no log, or a log and nothing in it', () => {
  folder.write('experiment.yaml', 'experiment: orbit')
  expect(open('resume').finished).toEqual([])
  writeFileSync(join(path, 'runs.jsonl'), '')
  expect(open('resume').finished).toEqual([])
})

it('refuses to mix runs of other settings or other data', () => {
  killedAfter(run(0, 'a'))
  const other = {
    ...study,
    experiment: { experiment: 'orbitGap', settings: { ...study.experiment.settings, steps: 8 } },
  }
  expect(() => open('resume', other as never)).toThrow(
    `--resume: experiment.yaml is not what the 1 finished run in ${join(path, 'runs.jsonl')} were computed with`,
  )
  expect(() => open('resume', { ...study, inputs: { CBF: '5678' } } as never)).toThrow(
    '--resume: the data of CBF have changed since',
  )
})

it('warns of runs that other versions computed, and leaves out those that the plan does not have', () => {
  killedAfter(run(0, 'a', { versions: { ...versions, node: 'v1.2.3' } }), run(1, 'renamed'), run(9, 'j'))
  expect(open('resume').finished.map(({ job }) => job)).toEqual([0])
  expect(said).toContain('2 runs that this plan does not have, left out')
  expect(said).toMatch(
    /finished runs were computed by facet .*, node v1\.2\.3, .*; last digits may differ\n$/,
  )
})

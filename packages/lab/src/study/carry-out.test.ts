import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../document/read-document.ts'
import { inResultFolder, ResultFolder } from '../folder/result-folder.ts'
import type { Job } from '../pool/pool.ts'
import { versions } from '../version.ts'
import { carryOut } from './carry-out.ts'
import { openLog } from './open-log.ts'
import type { Concluded, Conclusion, ExperimentKind, ExperimentOptions, Study } from './study.ts'

let path: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-carry-'))
})
afterEach(() => rmSync(path, { recursive: true }))

class Crash extends Error {}

/** A folder whose process dies at the n-th file that it writes or removes. */
class CrashingFolder extends ResultFolder {
  #left: number

  constructor(path: string, operations: number) {
    super(path)
    this.#left = operations
  }

  #step(): void {
    if (this.#left-- === 0) throw new Crash()
  }

  override write(name: string, text: string): string {
    this.#step()
    return super.write(name, text)
  }

  override remove(name: string): void {
    this.#step()
    super.remove(name)
  }
}

type Settings = { readonly cases: readonly ['rotation']; readonly seeds: number; readonly steps: number }
const settings: Settings = { cases: ['rotation'], seeds: 2, steps: 5 }
const labels = ['first', 'second']

/** An experiment whose runs have finished elsewhere. */
const conclude = (ended: readonly Concluded<'orbit'>[]): Conclusion<string> => {
  const distances = ended.map(({ outcome, error }) => outcome?.gapDistance ?? error)
  return {
    report: distances.join(),
    failures: [],
    lines: ended.map(({ outcome, error }) => ({ outcome, error })),
    markdown: () => `# ${distances.join()}\n`,
    html: () => `<p>${distances.join()}</p>`,
    text: () => '',
  }
}
const studyOf = (its: Settings): Study<'orbit', string> => ({
  experiment: { experiment: 'orbit', settings: its },
  jobs: labels.map((label) => ({ label }) as Job<'orbit'>),
  inputs: {},
  note: () => '',
  calibrate: () => 1,
  conclude,
})
const kind: ExperimentKind<Settings, 'orbit', string> = {
  prepare: async (its) => studyOf(its),
  restore: (_, lines) => conclude((lines as Concluded<'orbit'>[]).map((line) => ({ ...line, versions }))),
}

let said = ''
const optionsOf = (folder: ResultFolder, unfinished: ExperimentOptions['unfinished']): ExperimentOptions => ({
  folder,
  threads: 1,
  signal: new AbortController().signal,
  stream: { write: (text) => (said += text) },
  unfinished,
})

/** The folder as it is when the last run has finished. */
function allRunsLogged(): void {
  const folder = new ResultFolder(path)
  const log = openLog(studyOf(settings), optionsOf(folder, 'overwrite'))
  log.append({ job: 1, label: 'second', versions, error: 'failed' })
  log.append({ job: 0, label: 'first', versions, outcome: { gapDistance: Number.NaN } })
  log.close()
  folder.release()
}

const resume = () => inResultFolder(path, (folder) => carryOut(kind, settings, optionsOf(folder, 'resume')))
const content = () =>
  ['experiment.yaml', 'results.jsonl', 'table.md', 'report.html'].map((name) =>
    readFileSync(join(path, name), 'utf8'),
  )

describe('an experiment', () => {
  it('whose process dies between any two files of its results ends the same when it is resumed', async () => {
    allRunsLogged()
    const { report } = await resume()
    expect(report).toBe('NaN,failed')
    const whole = content()
    for (let operations = 0; operations < 4; operations++) {
      rmSync(path, { recursive: true })
      allRunsLogged()
      const crashing = new CrashingFolder(path, operations)
      await expect(carryOut(kind, settings, optionsOf(crashing, 'resume'))).rejects.toThrow(Crash)
      crashing.release()
      expect((await resume()).report).toBe(report)
      expect(content()).toEqual(whole)
      expect(readdirSync(path).sort()).toEqual([
        'experiment.yaml',
        'report.html',
        'results.jsonl',
        'table.md',
      ])
    }
  })

  it('that is finished has its table and report rendered again, from its results alone', async () => {
    allRunsLogged()
    await resume()
    const whole = content()
    rmSync(join(path, 'table.md'))
    writeFileSync(join(path, 'report.html'), 'old')
    said = ''
    const unprepared = { ...kind, prepare: () => Promise.reject(new Error('no data')) }
    const again = await inResultFolder(path, (folder) =>
      carryOut(unprepared, settings, optionsOf(folder, 'resume')),
    )
    expect(again.report).toBe('NaN,failed')
    expect(content()).toEqual(whole)
    expect(said).toContain('rendered again')
    writeFileSync(join(path, 'results.jsonl'), '{"outcome":1}\n{torn\n')
    await expect(resume()).rejects.toThrow(/results\.jsonl:2: .*JSON/)
  })

  it('stopped before a run has finished leaves the results of the old one, and says so', async () => {
    allRunsLogged()
    await resume()
    const whole = content()
    const stopped = inResultFolder(path, (folder) =>
      carryOut(
        kind,
        { ...settings, steps: 6 },
        { ...optionsOf(folder, 'refuse'), signal: AbortSignal.abort() },
      ),
    )
    await expect(stopped).rejects.toThrow(
      `interrupted before a run finished; ${path} holds what it held before`,
    )
    expect(content()).toEqual(whole)
  })

  it('begun in the folder of a finished one never has the results of the old beside its document', async () => {
    const other = { ...settings, steps: 6 }
    for (let operations = 0; operations < 5; operations++) {
      allRunsLogged()
      await resume()
      const folder = new CrashingFolder(path, operations)
      const log = openLog(studyOf(other), optionsOf(folder, 'refuse'))
      expect(() => log.append({ job: 0, label: 'first', versions, error: 'failed' })).toThrow(Crash)
      folder.release()
      const document = readDocument(join(path, 'experiment.yaml')).experiment
      if (readdirSync(path).includes('results.jsonl')) expect(document.settings).toEqual(settings)
    }
  })
})

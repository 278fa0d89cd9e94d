import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ResultFolder } from '../folder/result-folder.ts'
import { openLog } from './log.ts'
import { runStudy } from './run.ts'
import type { ExperimentOptions, Study } from './study.ts'
import { type TinySettings, tinyFailure, tinyRun, tinyStudy } from './testing/tiny-study.ts'

let path: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-run-'))
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

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

  override write(name: string, content: string | Uint8Array): string {
    this.#step()
    return super.write(name, content)
  }

  override remove(name: string): void {
    this.#step()
    super.remove(name)
  }
}

const settings: TinySettings = { names: ['first', 'second'], steps: 5 }
const documentOf = (its: TinySettings): string => `${JSON.stringify(its)}\n`

/** Every task has run already: no worker is needed. */
const noWorker = new URL('file:///no/worker')

let said = ''
const optionsOf = (folder: ResultFolder, more: Partial<ExperimentOptions> = {}): ExperimentOptions => ({
  folder,
  processes: 1,
  signal: new AbortController().signal,
  stream: { write: (text) => (said += text) },
  ...more,
})

/** Does something with the folder as a process of its own would: whatever happens, others may enter afterwards. */
async function within<T>(folder: ResultFolder, f: (folder: ResultFolder) => T | Promise<T>): Promise<T> {
  try {
    return await f(folder)
  } finally {
    folder.release()
  }
}

const logOf = (its: TinySettings, options: ExperimentOptions) =>
  openLog(
    {
      study: tinyStudy,
      document: documentOf(its),
      inputs: { CBF: '1234' },
      plan: tinyStudy.plan(its, {}),
    },
    options,
  )

/** The folder as it is when the last run has finished. */
const allRunsLogged = () =>
  within(new ResultFolder(path), (folder) => {
    const log = logOf(settings, optionsOf(folder, { unfinished: 'overwrite' }))
    log.append(tinyFailure('second'))
    log.append(tinyRun('first', { outcome: { distance: Number.NaN } }))
    log.close()
  })

const run = (
  folder: ResultFolder,
  {
    study = tinyStudy,
    its = settings,
    ...more
  }: Partial<ExperimentOptions> & { study?: Study<TinySettings, string>; its?: TinySettings } = {},
) =>
  within(folder, () =>
    runStudy({ study, settings: its, document: documentOf(its) }, optionsOf(folder, more), noWorker),
  )

const resume = (folder = new ResultFolder(path), study = tinyStudy) =>
  run(folder, { study, unfinished: 'resume' })

const files = ['experiment.yaml', 'report.html', 'results.jsonl', 'table.md']
const filesIn = () => readdirSync(path).sort()
const content = () => files.map((name) => readFileSync(join(path, name), 'utf8'))

describe('an experiment', () => {
  it('whose process dies between any two files of its results ends the same when it is resumed', async () => {
    await allRunsLogged()
    const report = await resume()
    expect(report).toBe('NaN,failed')
    const whole = content()
    for (let operations = 0; operations < 4; operations++) {
      rmSync(path, { recursive: true })
      await allRunsLogged()
      await expect(resume(new CrashingFolder(path, operations))).rejects.toThrow(Crash)
      expect(await resume()).toBe(report)
      expect(content()).toEqual(whole)
      expect(filesIn()).toEqual(files)
    }
    // No fifth: the operations above are all that there are.
    rmSync(path, { recursive: true })
    await allRunsLogged()
    expect(await resume(new CrashingFolder(path, 4))).toBe(report)
  })

  it('that is finished has its table and report made again, from its results alone', async () => {
    await allRunsLogged()
    await resume()
    const whole = content()
    rmSync(join(path, 'table.md'))
    writeFileSync(join(path, 'report.html'), 'old')
    said = ''
    const blind = { ...tinyStudy, prepare: () => Promise.reject(new Error('no data')) }
    expect(await resume(undefined, blind)).toBe('NaN,failed')
    expect(content()).toEqual(whole)
    expect(said).toContain('rendered again')
    writeFileSync(join(path, 'results.jsonl'), '{"outcome":1}\n{torn\n')
    await expect(resume()).rejects.toThrow(/results\.jsonl:2: .*JSON/)
  })

  it('stopped before a run has finished leaves the results of the old one, and says so', async () => {
    await allRunsLogged()
    await resume()
    const whole = content()
    const stopped = run(new ResultFolder(path), {
      its: { ...settings, steps: 6 },
      signal: AbortSignal.abort(),
    })
    await expect(stopped).rejects.toThrow(
      `interrupted before a run finished; ${path} holds what it held before`,
    )
    expect(content()).toEqual(whole)
  })

  it('begun in the folder of a finished one never has the results of the old beside its document', async () => {
    const other = { ...settings, steps: 6 }
    for (let operations = 0; operations < 5; operations++) {
      await allRunsLogged()
      await resume()
      await within(new CrashingFolder(path, operations), (folder) => {
        const log = logOf(other, optionsOf(folder))
        expect(() => log.append(tinyFailure('first'))).toThrow(Crash)
      })
      const document = readFileSync(join(path, 'experiment.yaml'), 'utf8')
      if (filesIn().includes('results.jsonl')) expect(document).toBe(documentOf(settings))
    }
  })
})

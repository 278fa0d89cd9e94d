import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '../document/read-document.ts'
import { documentText } from '../document/write-document.ts'
import { UsageError } from '../errors.ts'
import { sumOf, toCheckedLine } from '../folder/checked-line.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { fromJsonLine, toJsonLine } from '../folder/json-line.ts'
import { ResultFolder } from '../folder/result-folder.ts'
import { renderPage } from '../report/page.ts'
import { openLog } from '../study/log.ts'
import { readResults, resultLines } from '../study/results.ts'
import { type AnyStudy, keyOf, type Prepared } from '../study/study.ts'
import { isNativeMessage, mutantsOf } from '../testing/mutants.ts'
import { plainReport } from '../text/report-text.ts'
import { studyOf } from './studies.ts'

const release1 = fileURLToPath(new URL('../../fixtures/release-1', import.meta.url))

/** Mutants of each file; 3,000 take a quarter of an hour. */
const count = Number(process.env.FACET_MUTANTS ?? 100)

/** Pages take the longest: one in so many of the mutants that are believed is drawn. */
const drawnOne = count > 500 ? 1 : 5

const path = '/folder/results.jsonl'
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What a mutant is taken for; a refusal has to be ours, and to name the file. */
function outcomeOf<T>(what: string, file: string, f: () => T): T | null {
  try {
    return f()
  } catch (error) {
    const { message } = error as Error
    if (!(error instanceof UsageError) || isNativeMessage(message) || !message.includes(file)) {
      throw new Error(`${what}: ${(error as Error).stack}`)
    }
    return null
  }
}

describe.each(['reproduce', 'reproduce-study-orbit', 'orbit'])('results of the study of %s', (name) => {
  const { experiment } = readDocument(join(release1, name, 'experiment.yaml'))
  const study: AnyStudy = studyOf(experiment.experiment)
  const { settings } = experiment
  const oldText = readFileSync(join(release1, name, 'results.jsonl'), 'utf8')
  const read = (text: string) => {
    const { lines, checked } = readCheckedLines(text, path)
    return readResults(study, settings, lines, { path, checked })
  }
  const whole = read(oldText)
  const report = study.report(settings, whole.sizes, whole.finished)
  const newLines = [...resultLines(study, settings, whole.sizes, whole.finished), ...study.summary(report)]
  const newText = checkedLines(newLines)

  /** A report of whatever was believed, to the end. */
  async function reportAll({ finished, sizes }: typeof whole, isDrawn: boolean): Promise<string> {
    const told = study.report(settings, sizes, finished)
    const text = [JSON.stringify(study.summary(told)), plainReport(study.text(told), 80)]
    if (!isDrawn) return text.join('')
    await study.pictures?.(told)
    return text.join('') + renderPage(await study.page(told, ''))
  }

  async function tellAll(file: string, f: (text: string) => typeof whole | null): Promise<void> {
    let believed = 0
    for (const { what, bytes } of mutantsOf(encoded(file), 'lines', count)) {
      const found = outcomeOf(what, path, () => f(decoded(bytes)))
      if (found === null) continue
      try {
        await reportAll(found, believed++ % drawnOne === 0)
      } catch (error) {
        throw new Error(`${what}: ${(error as Error).stack}`)
      }
    }
  }

  it('of the release before are read, and written again with checksums say the same', () => {
    expect(whole.finished.length).toBeGreaterThan(3)
    expect(read(newText)).toEqual(whole)
  })

  it('that were changed anywhere are refused, or are what they were', () => {
    for (const { what, bytes } of mutantsOf(encoded(newText), 'lines', count, 1)) {
      const found = outcomeOf(what, path, () => read(decoded(bytes)))
      if (found !== null) expect(found, what).toEqual(whole)
    }
  })

  it('without checksums that were changed anywhere are refused in words of ours, or make a report', async () => {
    await tellAll(oldText, read)
  })

  it('that were changed by someone who computed the checksums again are refused in words of ours, or make a report', async () => {
    const plain = newLines.map((line) => `${toJsonLine(line)}\n`).join('')
    await tellAll(plain, (text) => {
      let values: object[]
      try {
        values = text
          .trimEnd()
          .split('\n')
          .map((line) => fromJsonLine(line) as object)
        return read(checkedLines(values))
      } catch (error) {
        if (error instanceof UsageError) throw error
        // No JSON, or no objects: nothing that checksums could be computed for.
        return read(text)
      }
    })
  })
})

describe.each(['reproduce-unfinished', 'reproduce-study-orbit-unfinished', 'orbit-unfinished'])(
  'the log of %s',
  (name) => {
    const { experiment } = readDocument(join(release1, name, 'experiment.yaml'))
    const study: AnyStudy = studyOf(experiment.experiment)
    const { settings } = experiment
    let base: string
    let prepared: Prepared
    beforeAll(async () => {
      base = mkdtempSync(join(tmpdir(), 'facet-damaged-'))
      cpSync(join(release1, name), base, { recursive: true })
      prepared = await study.prepare(settings)
    })
    afterAll(() => rmSync(base, { recursive: true }))

    function resumed(log: string | Uint8Array) {
      writeFileSync(join(base, 'runs.jsonl'), log)
      const folder = new ResultFolder(base)
      try {
        const opened = openLog(
          {
            study,
            document: documentText(experiment),
            inputs: prepared.inputs,
            plan: study.plan(settings, prepared.sizes),
          },
          {
            folder,
            processes: 1,
            signal: new AbortController().signal,
            stream: { write: () => {} },
            unfinished: 'resume',
          },
        )
        opened.close()
        return opened.finished
      } finally {
        folder.release()
      }
    }
    const oldLog = readFileSync(join(release1, name, 'runs.jsonl'), 'utf8')

    it('that was changed anywhere is refused, or has runs that it had', () => {
      const whole = new Map(resumed(oldLog).map((run) => [keyOf(run), run]))
      expect(whole.size).toBe(2)
      const newLog = readFileSync(join(base, 'runs.jsonl'), 'utf8')
      for (const log of [oldLog, newLog]) {
        for (const { what, bytes } of mutantsOf(encoded(log), 'lines', count)) {
          const found = outcomeOf(what, 'runs.jsonl', () => resumed(bytes))
          for (const run of found ?? []) expect(run, what).toEqual(whole.get(keyOf(run)))
        }
      }
    })

    it('that was changed by someone who computed the checksums again is refused in words of ours, or read', () => {
      resumed(oldLog)
      const lines = readFileSync(join(base, 'runs.jsonl'), 'utf8').trimEnd().split('\n')
      const entries = lines.map((line) => toJsonLine((JSON.parse(line) as { entry: unknown }).entry))
      for (const { what, bytes } of mutantsOf(encoded(`${entries.join('\n')}\n`), 'lines', count)) {
        let log: string
        try {
          const [header, ...runs] = decoded(bytes).trimEnd().split('\n').map(fromJsonLine)
          const first = toCheckedLine(header)
          log = [first, ...runs.map((run) => toCheckedLine(run, sumOf(first)))].join('')
        } catch {
          continue
        }
        outcomeOf(what, 'runs.jsonl', () => resumed(log))
      }
    })
  },
)

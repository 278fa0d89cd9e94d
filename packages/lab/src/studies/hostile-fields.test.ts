import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { partOf } from '../../../../tests/trials.ts'
import { readDocument } from '../document/read-document.ts'
import { UsageError } from '../errors.ts'
import { readCheckedLines } from '../folder/checked-lines.ts'
import { renderPage } from '../report/page.ts'
import { readResults, resultLines } from '../study/results.ts'
import type { AnyStudy } from '../study/study.ts'
import { isNativeMessage } from '../testing/mutants.ts'
import { markdownReport, plainReport } from '../text/report-text.ts'
import { orbitBenefit } from './orbit-benefit/orbit-benefit.ts'
import { finishedOf, learnedSettings, sizesOf } from './orbit-benefit/testing/fixture.ts'
import { studyOf } from './studies.ts'

const release1 = fileURLToPath(new URL('../../fixtures/release-1', import.meta.url))
const path = '/folder/results.jsonl'

type Path = readonly (string | number)[]

/** Where values stand that are neither lists nor mappings; of a list the first and the last. */
function leavesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const names = Array.isArray(value) ? [...new Set([0, value.length - 1])] : Object.keys(value)
  return names.flatMap((name) =>
    Object.hasOwn(value, name)
      ? leavesOf((value as Readonly<Record<string, unknown>>)[name], [...at, name])
      : [],
  )
}

type Parts = Record<string | number, unknown>

function withValue(of: object, at: Path, value: unknown): object {
  const changed = structuredClone(of)
  const parent = at.slice(0, -1).reduce((part, name) => part[name] as Parts, changed as Parts)
  parent[at[at.length - 1]] = value
  return changed
}

const texts = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
  '\u001b[31mX\u0000\u202e',
  '__proto__',
]
const numbers = [1e308, -1e308, 5e-324, -1, 1e9, 0.5, Number.NaN, Number.NEGATIVE_INFINITY]
const others = [null, true, [], {}, [[]], [1], JSON.parse('{"constructor":1}')]

interface Results {
  readonly study: AnyStudy
  readonly settings: unknown
  readonly lines: readonly unknown[]
}

/** Of the first release. */
function readRelease(name: string): Results {
  const { experiment } = readDocument(join(release1, name, 'experiment.yaml'))
  const { lines } = readCheckedLines(readFileSync(join(release1, name, 'results.jsonl'), 'utf8'), path)
  return { study: studyOf(experiment.experiment), settings: experiment.settings, lines }
}

function learnedResults(): Results {
  const settings = { ...learnedSettings, runs: 1 }
  const lines = resultLines(orbitBenefit, settings, sizesOf(settings), finishedOf(settings))
  return { study: orbitBenefit, settings, lines }
}

const kinds: readonly [string, () => Results][] = [
  ...['reproduce', 'reproduce-study-orbit', 'orbit'].map((name): [string, () => Results] => [
    name,
    () => readRelease(name),
  ]),
  ['orbit-benefit with learned generators', learnedResults],
]

describe.each(kinds)('a field of the results of %s', (name, results) => {
  const { study, settings, lines } = results()

  const read = (at: number, line: object) => {
    const all = lines.map((old, i) => (i === at ? line : old))
    return readResults(study, settings, all, { path, checked: false })
  }

  /** What a changed line is taken for; `null` for a refusal, which has to be ours and to name file and line. */
  function believed(at: number, line: object, what: string): ReturnType<typeof read> | null {
    try {
      return read(at, line)
    } catch (error) {
      const { message } = error as Error
      expect(error, what).toBeInstanceOf(UsageError)
      expect(message, what).toMatch(/^\/folder\/results\.jsonl:/)
      expect(isNativeMessage(message), message).toBe(false)
      return null
    }
  }

  async function expectReport({ finished, sizes }: ReturnType<typeof read>, what: string): Promise<void> {
    const report = study.report(settings, sizes, finished)
    const page = renderPage(await study.page(report, ''))
    const pictures = Object.values((await study.pictures?.(report)) ?? {})
    const words = [plainReport(study.text(report), 80), markdownReport(study.text(report))]
    for (const text of [page, ...pictures, ...words]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      expect(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/.test(text), what).toBe(false)
      expect(/<img src=x|<script/.test(text), what).toBe(false)
      expect(text.length, what).toBeLessThan(20e6)
    }
    for (const svg of [page, ...pictures]) {
      const nowhere = /\s(?:d|c?[xy][12]?|r|width|height|transform|viewBox)="[^"]*(?:NaN|Infinity|undefined)/
      expect(nowhere.exec(svg)?.[0], what).toBeUndefined()
    }
  }

  /** The first line of every kind. */
  const shown = [
    ...new Map(
      lines
        .map((line, at) => ({ at, line: line as Readonly<Record<string, string>> }))
        .reverse()
        .map((one) => [one.line.kind, one]),
    ).values(),
  ]

  // 80 reports of whole studies: each value in one of them where a share is tried.
  const kind = kinds.findIndex(([other]) => other === name)
  const values = partOf([...texts, ...numbers, ...others], kind, kinds.length)

  it.each(values.map((value) => [JSON.stringify(value) ?? '', value] as const))(
    'that says %s is refused by line, or makes a report without markup and with every mark in its place',
    async (_, value) => {
      for (const { at, line } of shown) {
        let all: object = line
        let count = 0
        for (const leaf of leavesOf(line)) {
          const what = `line ${at + 1}: ${leaf.join('.')}`
          if (believed(at, withValue(line, leaf, value), what) === null) continue
          const further = withValue(all, leaf, value)
          if (believed(at, further, what) === null) continue
          all = further
          count++
        }
        if (count > 0)
          await expectReport(read(at, all), `line ${at + 1}: ${JSON.stringify(all).slice(0, 500)}`)
      }
    },
  )
})

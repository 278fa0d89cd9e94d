import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../document/read-document.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { studyOf } from '../studies/studies.ts'
import { readResults, resultLines } from '../study/results.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

const release1 = fileURLToPath(new URL('../../fixtures/release-1', import.meta.url))

let path: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-hostile-'))
})
afterEach(() => rmSync(path, { recursive: true }))

type Line = Record<string, unknown>

/** Puts a finished folder of the release before there, without its table. @returns its lines. */
function finishedFolder(name: string): Line[] {
  cpSync(join(release1, name), path, { recursive: true })
  rmSync(join(path, 'table.md'))
  return readCheckedLines(readFileSync(join(path, 'results.jsonl'), 'utf8'), 'results.jsonl').lines as Line[]
}

/** The same as this release writes it. */
function linesOfNow(lines: readonly Line[]): Line[] {
  const { experiment } = readDocument(join(path, 'experiment.yaml'))
  const study = studyOf(experiment.experiment)
  const { settings } = experiment
  const { finished, sizes } = readResults(study, settings, lines, { path: '', checked: false })
  const report = study.report(settings, sizes, finished)
  return [...resultLines(study, settings, sizes, finished), ...study.summary(report)] as Line[]
}

const plainLines = (lines: readonly Line[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** Puts fields where a line has what is shown of samples. */
const shown = (line: Line, more: Line): Line =>
  'showcase' in line ? { ...line, showcase: { ...(line.showcase as Line), ...more } } : { ...line, ...more }

const bad = '<img src=x onerror=alert(1)>'

/** What a stranger may write into a line. */
const changes: readonly [
  what: string,
  kinds: readonly string[],
  change: (line: Line) => Line,
  field: RegExp,
][] = [
  [
    'sizes of a set',
    ['baselines', 'yardsticks'],
    (line) => ({ ...line, sizes: { ...(line.sizes as object), test: bad } }),
    /sizes: test: expected a whole number/,
  ],
  [
    'rows of shown samples',
    ['baselines', 'yardsticks'],
    (line) => shown(line, { originalRows: [bad] }),
    /originalRows\[0\]: expected a whole number/,
  ],
  [
    'the width of an image',
    ['baselines', 'yardsticks'],
    (line) => shown(line, { image: { height: 2, width: bad, channels: 1 } }),
    /image\.width: expected a whole number/,
  ],
  ['an error', ['run'], (line) => ({ ...line, testError: bad }), /testError: expected a number/],
  [
    'what computed it',
    ['run'],
    (line) => ({ ...line, versions: { facet: '1', node: 'v1', platform: { [bad]: 1 } } }),
    /versions: platform: expected a platform/,
  ],
  ['a model', ['run'], (line) => ({ ...line, model: bad }), /model: expected one of ae, /],
  [
    'a set',
    ['run'],
    (line) => ({ ...line, set: bad }),
    /expected the \d+ runs of experiment\.yaml, got none of /,
  ],
]

describe.each(['reproduce', 'reproduce-study-orbit'])('a finished folder of %s from a stranger', (name) => {
  it.each(changes)('is refused, and makes no report, where %s is markup', async (_, kinds, change, field) => {
    const old = finishedFolder(name)
    const now = linesOfNow(old)
    for (const [lines, text] of [
      [old, plainLines],
      [now, plainLines],
      [now, checkedLines],
    ] as const) {
      const at = lines.findIndex(({ kind }) => kinds.includes(String(kind)))
      writeFileSync(join(path, 'results.jsonl'), text(lines.with(at, change(lines[at]))))
      const { code, out, err } = await facet('run', '--resume', path)
      expect(code).toBe(exitCode.usage)
      expect(err).toMatch(field)
      expect(err).toContain(join(path, 'results.jsonl'))
      expect(out).toBe('')
      expect(readdirSync(path).sort()).toEqual(['experiment.yaml', 'results.jsonl'])
    }
  })

  it('is reported where nothing was changed', async () => {
    const now = linesOfNow(finishedFolder(name))
    writeFileSync(join(path, 'results.jsonl'), checkedLines(now))
    expect((await facet('run', '--resume', path)).code).toBe(exitCode.ok)
    const figures = ['figure-epochs-SyntheticControl.json', 'figure-epsilon-SyntheticControl.json']
    const beside = name === 'reproduce' ? figures : ['changes.svg']
    const files = ['experiment.yaml', 'report.html', 'results.jsonl', 'table.md']
    expect(readdirSync(path).sort()).toEqual([...beside, ...files].sort())
  })
})

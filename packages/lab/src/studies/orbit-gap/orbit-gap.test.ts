import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkedLines, readCheckedLines } from '../../folder/checked-lines.ts'
import { readResults, resultLines } from '../../study/results.ts'
import { twoDigits } from '../../text/number.ts'
import { markdownReport, plainReport } from '../../text/report-text.ts'
import { type OrbitCase, orbitCases } from './cases.ts'
import { orbitGapDefaults } from './experiment.ts'
import { orbitGap } from './orbit-gap.ts'
import { type OrbitGapRun, orbitGapReport, rowOf } from './report.ts'
import type { OrbitGapOutcome } from './run.ts'
import { fixtureReport, fixtureRuns } from './testing/fixture-runs.ts'

const versions = { facet: '0.1.0', node: 'v20.20.2', platform: 'linux x64' }

const outcome = (gapDistance: number, alignment: number | null = null): OrbitGapOutcome => ({
  gapDistance,
  alignment,
  unexplained: null,
  picture: null,
})

/** The runs of a case, seed by seed; `undefined` is one that failed. */
const runsOf = (
  {
    orbit,
    generators,
    weight,
  }: Pick<OrbitCase, 'orbit' | 'weight'> & { readonly generators: OrbitGapRun['task']['generators'] },
  outcomes: readonly (OrbitGapOutcome | undefined)[],
): OrbitGapRun[] =>
  outcomes.map((outcome, seed) => ({
    kind: 'run',
    task: { orbit, generators, weight, seed, steps: 9 },
    outcome,
    versions,
  }))

const plainOf = ({ orbit }: OrbitCase, outcomes: readonly OrbitGapOutcome[]): OrbitGapRun[] =>
  runsOf({ orbit, generators: 'none', weight: 0 }, outcomes)

const [fixed, learned] = orbitCases

describe('a row of the table', () => {
  it('compares each run with the plain one of its seed', () => {
    const runs = [
      ...plainOf(learned, [outcome(1), outcome(1), outcome(0.5)]),
      ...runsOf(learned, [outcome(0.1, 0.99), outcome(0.6, 0.9), outcome(0.3, 0.985)]),
      // Of another row.
      ...runsOf(fixed, [outcome(9), outcome(9), outcome(9)]),
    ]
    expect(rowOf(learned, runs)).toMatchObject({
      seeds: 3,
      plain: 1,
      regularized: 0.3,
      medianRatio: 0.6,
      helped: 1,
      aligned: 2,
      alignment: 0.985,
      ratios: [0.1, 0.6, 0.6],
    })
  })

  it('leaves out seeds of which a run failed', () => {
    const runs = [...runsOf(fixed, [outcome(1), undefined]), ...plainOf(fixed, [outcome(2), outcome(3)])]
    expect(rowOf(fixed, runs)).toMatchObject({
      seeds: 1,
      medianRatio: 0.5,
      helped: 0,
      aligned: null,
      alignment: null,
    })
  })
})

it('tells ratios with two digits, also where they round up to another power of ten', () => {
  const digits = [0.0064, 0.112, 0.996, 1, 6.04, 9.96, 123.4, 0, Number.NaN].map(twoDigits)
  expect(digits).toEqual(['0.0064', '0.11', '1.0', '1.0', '6.0', '10', '123', '0.0', '–'])
})

describe('the orbit table', () => {
  const firstOf = orbitCases.filter(
    (row, i) => orbitCases.findIndex(({ orbit }) => orbit === row.orbit) === i,
  )
  const runs = [
    ...firstOf.flatMap((row) => plainOf(row, [outcome(0.05), outcome(0.07)])),
    ...orbitCases.flatMap((row, i) => runsOf(row, [outcome(0.004 * (i + 1), 0.99), outcome(0.02, 0.97)])),
  ]
  const text = orbitGap.text(orbitGapReport(orbitGapDefaults, runs, ['rotation · AE · seed 3: NaN']))

  it('fits 120 columns', () => {
    const wide = plainReport(text, 120)
    expect(Math.max(...wide.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(wide).toMatchSnapshot()
  })

  it('fits 80 columns', () => {
    const narrow = plainReport(text, 80)
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('is a Markdown page as well', () => {
    expect(markdownReport(text)).toMatchSnapshot()
  })
})

describe('results', () => {
  const settings = { cases: ['rotation', 'torus'], seeds: 2, steps: 7 } as const
  const runs = fixtureRuns(settings)
  const summary = orbitGap.summary(fixtureReport(settings))
  const lines = [...resultLines(orbitGap, settings, {}, runs), ...summary] as Record<string, unknown>[]
  const read = (changed: readonly unknown[]) =>
    readResults(orbitGap, settings, changed, { path: 'results.jsonl', checked: true }).finished

  it('say a run a line as they always did, then the rows of the table', () => {
    expect(Object.keys(lines[0])).toEqual(
      [
        ['kind', 'orbit', 'generators', 'weight', 'seed', 'steps'],
        ['gapDistance', 'alignment', 'unexplained', 'picture', 'protocol', 'versions'],
      ].flat(),
    )
    expect(lines.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 2 * (5 + 4) }, () => 'run'),
      ...Array.from({ length: 4 + 3 }, () => 'row'),
    ])
  })

  it('are read as they were written, with checksums and without', () => {
    expect(read(lines)).toEqual(runs)
    const { lines: again } = readCheckedLines(checkedLines(lines), 'results.jsonl')
    expect(read(again)).toEqual(runs)
  })

  it('of the first release are read, and give its table', () => {
    const file = (name: string): string =>
      readFileSync(new URL(`../../../fixtures/release-1/orbit/${name}`, import.meta.url), 'utf8')
    const old = { cases: ['rotation'], seeds: 3, steps: 6 } as const
    const { lines: all, checked } = readCheckedLines(file('results.jsonl'), 'results.jsonl')
    const { finished } = readResults(orbitGap, old, all, { path: 'results.jsonl', checked })
    const report = orbitGap.report(old, {}, finished)
    expect(checked).toBe(false)
    expect(markdownReport(orbitGap.text(report))).toBe(file('table.md'))
    expect(orbitGap.summary(report)).toEqual(all.filter((line) => 'kind' in line && line.kind === 'row'))
  })

  it('keep what failed', () => {
    const { outcome: _, ...task } = runs[3]
    const failed = runs.map((run, i) => (i === 3 ? { ...task, error: 'loss is NaN' } : run))
    expect(read(resultLines(orbitGap, settings, {}, failed))).toEqual(failed)
  })

  it.each([
    ['a distance that is text', 'gapDistance', '<img src=x onerror=alert(1)>', 'gapDistance'],
    [
      'an orbit that there is none of',
      'orbit',
      'constructor',
      'orbit: expected one of rotation, shift, torus',
    ],
    ['a seed that is negative', 'seed', -1, 'seed: expected a whole number of at least 0'],
    [
      'steps that are missing',
      'steps',
      undefined,
      'steps: expected a whole number of at least 1, got nothing',
    ],
    ['another protocol', 'protocol', { hidden: 3 }, 'computed with other settings'],
  ])('with %s are refused by name', (_, field, value, message) => {
    expect(() => read([{ ...lines[0], [field]: value }, ...lines.slice(1)])).toThrow(
      `results.jsonl:1: ${message}`,
    )
  })

  it.each([
    ['without points', { train: [] }, 'picture.train: expected two points or more'],
    [
      'with a point in the plane',
      { train: [[1, 2]] },
      'picture.train[0]: expected a point of three coordinates',
    ],
    [
      'with a point far away',
      {
        test: [
          [1, 2, 3],
          [1, 1e308, 3],
        ],
      },
      'picture.test[1][1]: expected a coordinate from -9 to 9',
    ],
    [
      'without a distance for every point',
      { toSurface: [1] },
      'picture: expected a distance for every point',
    ],
  ])('with a picture %s are refused by name', (_, change, message) => {
    const picture = { ...(lines[0].picture as object), ...change }
    expect(() => read([{ ...lines[0], picture }, ...lines.slice(1)])).toThrow(`results.jsonl:1: ${message}`)
  })

  it('with the picture of a curve for a surface are refused', () => {
    const curve = runs.find(({ task }) => task.orbit === 'rotation')!.outcome!.picture
    const at = runs.findIndex(({ task, outcome }) => task.orbit === 'torus' && outcome?.picture)
    const changed = lines.map((line, i) => (i === at ? { ...line, picture: curve } : line))
    expect(() => read(changed)).toThrow(
      `results.jsonl:${at + 1}: picture: expected that of a surface, got a curve`,
    )
  })
})

import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { readResults, resultLines } from './results.ts'
import { tinyFailure, tinyRun, tinyStudy } from './testing/tiny-study.ts'

const settings = { names: ['a', 'b'], steps: 7 }
const finished = [tinyRun('a'), tinyFailure('b')]
const path = '/folder/results.jsonl'
const linesOf = (its = settings, runs = finished): object[] => [
  ...resultLines(tinyStudy, its, {}, runs),
  ...tinyStudy.summary(tinyStudy.report(its, {}, runs)),
]

const read = (text: string) => {
  const { lines, checked } = readCheckedLines(text, path)
  return readResults(tinyStudy, settings, lines, { path, checked })
}

/** What is said of lines whose checksums are sound: whoever changed them computed these again. */
function complaint(lines: readonly object[]): string {
  try {
    read(checkedLines(lines))
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
  return 'nothing'
}

describe('the results of an experiment', () => {
  it('read back as they were written', () => {
    expect(read(checkedLines(linesOf()))).toEqual({ finished, sizes: {} })
  })

  it('read back without checksums, and with the versions of another line where one has none, as the release before wrote them', () => {
    const [first, { versions: _, ...second }] = linesOf() as [object, { versions: object }]
    const text = [first, second].map((line) => `${JSON.stringify(line)}\n`).join('')
    expect(read(text)).toEqual({ finished, sizes: {} })
  })

  it('without checksums are refused where a setting that both releases tell is another', () => {
    const text = (steps: unknown) =>
      linesOf()
        .map((line) => `${JSON.stringify({ ...line, steps, more: [1] })}\n`)
        .join('')
    expect(read(text(settings.steps)).finished).toEqual(finished)
    for (const steps of [8, '7', null, [7]]) {
      expect(() => read(text(steps))).toThrow(`${path}:1: computed with other settings`)
    }
  })

  it('that these settings cannot give are refused, with line and field', () => {
    const study = {
      ...tinyStudy,
      kinds: {
        case: {
          ...tinyStudy.kinds.case,
          misfit: ({ steps }: typeof settings, _: object, __: object, outcome: object) =>
            (outcome as { distance: number }).distance > steps
              ? 'distance: expected at most the steps'
              : null,
        },
      },
    }
    const { lines } = readCheckedLines(checkedLines(linesOf()), path)
    expect(() => readResults(study, settings, lines, { path, checked: true })).toThrow(
      new UsageError(`${path}:1: distance: expected at most the steps`),
    )
  })

  it('with any digit changed are refused', () => {
    const text = checkedLines(linesOf())
    const digits = [...text.matchAll(/\d/g)].map(({ index }) => index)
    expect(digits.length).toBeGreaterThan(30)
    for (const at of digits) {
      const other = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`
      expect(() => read(other)).toThrow(UsageError)
      expect(() => read(other)).toThrow(/^\/folder\/results\.jsonl:\d+: /)
    }
  })

  it('with a line missing, doubled, moved or added are refused, whoever computed the checksums', () => {
    const [a, b, sum] = linesOf()
    const text = checkedLines([a, b, sum])
    const [one, two, three] = text.match(/.*\n/g)!
    for (const other of [one, one + two, one + three, two + three, two + one + three, one + text]) {
      expect(() => read(other)).toThrow(/^\/folder\/results\.jsonl:\d+: /)
    }
    expect(complaint([a, sum])).toBe(`${path}: expected the 2 runs of experiment.yaml, got none of b`)
    expect(complaint([a, b, b, sum])).toBe(
      `${path}: expected the 2 runs of experiment.yaml, got 3 lines of 2 runs`,
    )
    expect(complaint([a, b, { ...b, name: 'c' }])).toBe(
      `${path}: expected the 2 runs of experiment.yaml, got 3 lines of 2 runs`,
    )
    expect(complaint([sum])).toBe(`${path}: expected a line of a run, got none`)
  })

  it('of other settings are refused', () => {
    expect(complaint(linesOf({ ...settings, steps: 8 }))).toBe(
      `${path}:1: computed with other settings than those in experiment.yaml; put these back, or start again with --overwrite`,
    )
  })

  it.each([
    [{ distance: '<img src=x onerror=alert(1)>' }, '1: distance: expected a number'],
    [{ distance: null }, '1: distance: expected a number'],
    [{ distance: undefined }, '1: distance: expected a number'],
    [{ name: 3 }, '1: name: expected a name'],
    [{ kind: 3 }, '1: kind: expected a kind of line'],
    [{ error: { a: 1 } }, '1: error: expected a message'],
    [{ versions: { facet: 1, node: 'v1', platform: 'x' } }, '1: versions: facet: expected a version'],
    [{ versions: 'all' }, '1: versions: expected fields (facet, node, platform, engine)'],
    [
      { versions: { facet: '1', node: 'v1', platform: 'x', toString: 1 } },
      '1: versions: expected fields (facet, node, platform, engine), got an object with keys facet, node, platform, toString',
    ],
  ])('whose first line says %j are refused with file, line and field', (change, expected) => {
    const [a, ...rest] = linesOf()
    expect(complaint([{ ...a, ...change }, ...rest])).toContain(`${path}:${expected}`)
  })
})

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { facet } from './testing/facet.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/release-1', import.meta.url))
const fixture = (...names: string[]): string => readFileSync(join(fixtures, ...names), 'utf8')

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-release-1-'))
})
afterEach(() => rmSync(base, { recursive: true }))

/** A folder of that release, to be changed. */
function copied(name: string): string {
  const path = join(base, name)
  cpSync(join(fixtures, name), path, { recursive: true })
  return path
}

/** The numbers of the rows of tables, whatever stands around them. */
const numbersOf = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) => line.match(/\d+(?:\.\d+)?/g) ?? [])

const csvOf = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

describe('a folder of Facet 0.1.0', () => {
  for (const name of ['reproduce', 'reproduce-study-orbit', 'orbit']) {
    it(`of ${name} that is finished has its table and report rendered again, with the same numbers`, async () => {
      const path = copied(name)
      rmSync(join(path, 'table.md'))
      const { code, err } = await facet('run', '--resume', path)
      expect(err).toContain('rendered again')
      expect(code).toBe(0)
      const numbers = numbersOf(readFileSync(join(path, 'table.md'), 'utf8'))
      expect(numbers.flat().length).toBeGreaterThan(10)
      expect(numbers).toEqual(numbersOf(fixture(name, 'table.md')))
      expect(existsSync(join(path, 'report.html'))).toBe(true)
    })

    it(`of ${name} that is not finished goes on to the same numbers, and repeats no finished run`, async () => {
      const path = copied(`${name}-unfinished`)
      const { code, err } = await facet('run', '--resume', path, '--jobs', '1')
      expect(err).toMatch(/^(facet: warning: finished runs were computed by .*\n)?2 of \d+ done; left: /)
      expect(code).toBe(0)
      expect(numbersOf(readFileSync(join(path, 'table.md'), 'utf8'))).toEqual(
        numbersOf(fixture(name, 'table.md')),
      )
      expect(existsSync(join(path, 'runs.jsonl'))).toBe(false)
    })
  }

  it('that holds a model is inspected and scores rows as it did', async () => {
    const path = copied('model')
    const { path: _, ...before } = JSON.parse(fixture('model.inspect.json'))
    const inspected = await facet('inspect', path, '--json')
    expect(JSON.parse(inspected.out)).toMatchObject(before)
    const { out, code } = await facet('score', path, join(fixtures, 'new.csv'))
    expect(code).toBe(0)
    expect(scoresOf(out)).toEqual(scoresOf(fixture('model.scores.csv')))
  })

  it('that holds an unfinished training goes on, to the same model', async () => {
    const path = copied('model-unfinished')
    const { err } = await facet('train', '--resume', path, '--data', join(fixtures, 'rows.csv'))
    expect(err).toContain('resumed after 15')
    const { out, code } = await facet('score', path, join(fixtures, 'new.csv'))
    expect(code).toBe(0)
    expect(scoresOf(out)).toEqual(scoresOf(fixture('model.scores.csv')))
  })
})

/** All columns but the name of the file, which is a path. */
const scoresOf = (csv: string): string[][] => {
  const [head, ...rows] = csvOf(csv)
  // p and anomaly came later.
  const kept = head.flatMap((name, j) => (['file', 'p', 'anomaly'].includes(name) ? [] : [j]))
  return [head, ...rows].map((row) => kept.map((j) => row[j]))
}

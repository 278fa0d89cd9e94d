import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { facet } from '../cli/testing/facet.ts'
import type { FigureFile } from '../studies/paper-table/figures.ts'

describe('facet replay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facet-replay-'))
  const results = join(folder, 'results')
  const pathOf = (name: string): string => join(results, name)
  const figure = (name: string): FigureFile => JSON.parse(readFileSync(pathOf(name), 'utf8'))
  const changed = (name: string, change: (file: FigureFile) => object): string => {
    const path = join(folder, `changed-${name}`)
    writeFileSync(path, JSON.stringify(change(figure(name))))
    return path
  }

  beforeAll(async () => {
    const flags =
      '--sets CBF --models ae,lieGroupFirstOrder --runs 2 --epochs 2 --hidden 8 --bottleneck 3 --weight 0.01,1'
    const { code, err } = await facet('reproduce', ...flags.split(' '), '--out', results)
    expect([code, err.includes('failed')]).toEqual([0, false])
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['figure-epochs-CBF.json', 'figure-epsilon-CBF.json'])(
    'computes the same numbers for %s',
    async (name) => {
      expect(await facet('replay', pathOf(name), '--jobs', '2')).toMatchObject({
        code: 0,
        out: 'the same numbers\n',
      })
    },
  )

  it('needs no more runs than the figure shows', () => {
    expect(figure('figure-epochs-CBF.json').runs).toHaveLength(4)
    const epsilon = figure('figure-epsilon-CBF.json')
    expect(epsilon.runs.map(({ task }) => [task.model, task.run])).toEqual([['lieGroupFirstOrder', 0]])
    expect(epsilon.experiment).toMatchObject({
      experiment: 'reproduce',
      models: ['lieGroupFirstOrder'],
      runs: 1,
    })
  })

  it('names the first number that differs by its last bit, and the build that drew the figure', async () => {
    const path = changed('figure-epochs-CBF.json', (file) => {
      const [first, second, ...rest] = file.runs
      const numbers = second.numbers as { test: number[] }
      const [a, b] = numbers.test
      const other = { ...numbers, test: [a, b + b * 2 ** -52] }
      return {
        ...file,
        versions: [{ ...file.versions[0], facet: '0.0.1' }],
        runs: [first, { ...second, numbers: other }, ...rest],
      }
    })
    const { code, out, err } = await facet('replay', path)
    expect(code).toBe(1)
    expect(out).toMatch(/^CBF · AE · run 2: test\[1\]: expected \d\.\d+, got \d\.\d+\n$/)
    expect(err).toContain('drawn by another build: Facet 0.0.1')
  })

  it.each([
    ['another kind of file', () => ({ hello: 1 }), 'facetFigure'],
    [
      'a run of another experiment',
      (f: FigureFile) => ({ ...f, runs: [{ ...f.runs[0], task: { ...f.runs[0].task, run: 7 } }] }),
      'runs[0].task: expected a run of the experiment',
    ],
    [
      'a run given twice',
      (f: FigureFile) => ({ ...f, runs: [f.runs[0], f.runs[0]] }),
      'expected each run once',
    ],
    [
      'an unknown setting',
      (f: FigureFile) => ({ ...f, experiment: { ...f.experiment, shell: 'x' } }),
      'experiment.shell: unknown field',
    ],
    [
      'another study',
      (f: FigureFile) => ({ ...f, experiment: { experiment: 'orbitGap' } }),
      'expected reproduce, got orbitGap',
    ],
    [
      'numbers of another shape',
      (f: FigureFile) => ({ ...f, runs: [{ ...f.runs[0], numbers: { test: 'x' } }] }),
      'runs[0].numbers',
    ],
  ] as const)('refuses %s', async (_, change, message) => {
    const { code, out, err } = await facet('replay', changed('figure-epochs-CBF.json', change))
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('refuses what is no JSON, nested too deep, or not there', async () => {
    const path = join(folder, 'odd.json')
    for (const text of ['', '{', '['.repeat(5000) + ']'.repeat(5000), '{"__proto__": {}}']) {
      writeFileSync(path, text)
      expect((await facet('replay', path)).code).toBe(1)
    }
    expect((await facet('replay', join(folder, 'none.json'))).err).toContain('no such file')
  })
})

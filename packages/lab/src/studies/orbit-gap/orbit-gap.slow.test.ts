import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ResultFolder } from '../../folder/result-folder.ts'
import { runStudy } from '../../study/run.ts'
import { workerEntry } from '../../worker-entry.ts'
import type { OrbitName } from './cases.ts'
import { orbitGap } from './orbit-gap.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-orbit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (name: string, cases: readonly OrbitName[], steps: number, processes: number) =>
  runStudy(
    { study: orbitGap, settings: { cases, seeds: 1, steps }, document: 'experiment: orbitGap\n' },
    {
      folder: new ResultFolder(join(folder, name)),
      processes,
      signal: new AbortController().signal,
      stream: { write: () => true },
    },
    workerEntry,
  )

it('carries a circle across its gap with true and learned generators, and not with a wrong one', async () => {
  const { rows, failures } = await run('rotation', ['rotation'], 1000, 2)
  expect(failures).toEqual([])
  const row = (generators: string) => rows.find((r) => r.case.generators === generators)!
  expect(row('true').medianRatio).toBeLessThan(0.5)
  expect(row('skew').medianRatio).toBeLessThan(0.5)
  expect(row('skew').aligned).toBe(1)
  expect(row('true').aligned).toBeNull()
  expect(row('wrong').medianRatio).toBeGreaterThan(1)
})

it('writes the same lines whatever the number of processes', async () => {
  const [one, two] = [await run('one', ['shift'], 5, 1), await run('two', ['shift'], 5, 2)]
  expect(two.rows).toEqual(one.rows)
  const text = (name: string) => readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
  expect(text('two')).toBe(text('one'))
  const lines = text('one')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ kind }) => kind)).toEqual(['run', 'run', 'run', 'run', 'row', 'row', 'row'])
})

it('covers the hole of a torus with the true generators and learned ones, and draws what was learned', async () => {
  const { rows, failures } = await run('torus', ['torus'], 400, 2)
  expect(failures).toEqual([])
  const [known, skew] = rows
  expect(known.medianRatio).toBeLessThan(0.9)
  expect(skew.alignment).toBeGreaterThan(0.9)
  const text = (name: string) => readFileSync(join(folder, 'torus', name), 'utf8')
  expect(text('torus.svg')).toContain('skew, learned')
  expect(text('torus-hole.svg')).toContain('skew, learned')
  expect(text('report.html')).toContain('<h2 id="torus-title">Torus</h2>')
})

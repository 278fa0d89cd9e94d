import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exitCode } from '../../cli/exit-code.ts'
import { facet } from '../../cli/testing/facet.ts'
import { facetProcess } from '../../cli/testing/facet-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-reproduce-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const tiny = ['--epochs', '2', '--hidden', '8', '--bottleneck', '3']
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('facet reproduce', () => {
  it('gives the same table and the same file whatever --jobs, and another one for another seed', async () => {
    const run = (name: string, jobs: string, seed: string) =>
      facet('reproduce', ...tiny, '--runs', '2', '--out', join(folder, name), '--jobs', jobs, '--seed', seed)
    const one = await run('one', '1', '0')
    const two = await run('two', '2', '0')
    const other = await run('other', '2', '1')
    expect([one.code, two.code, other.code]).toEqual([exitCode.ok, exitCode.ok, exitCode.ok])
    const text = (name: string) => readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
    expect(text('two')).toBe(text('one'))
    expect(text('other')).not.toBe(text('one'))
    expect(readdirSync(join(folder, 'one')).sort()).toEqual([
      'experiment.yaml',
      ...['CBF', 'SyntheticControl'].map((set) => `figure-epochs-${set}.json`),
      ...['CBF', 'SyntheticControl'].map((set) => `figure-epsilon-${set}.json`),
      'report.html',
      'results.jsonl',
      'table.md',
      'times.jsonl',
    ])
    expect(one.out).toContain('SyntheticControl')
    expect(one.err).toMatch(/^34 runs, 1 at a time, about \d+ (s|min|h)/)
    expect(one.err).toContain('[34/34]')
    expect(one.out).toContain(`report   ${join(folder, 'one', 'report.html')}\n`)
  })

  it('writes a line for every run with its settings, errors of every epoch and diagnostics', async () => {
    const out = join(folder, 'lines')
    const { code } = await facet(
      ...['reproduce', ...tiny, '--sets', 'CBF', '--models', 'ae,lieGroupSecondOrder', '--runs', '2'],
      ...['--weight', '0.01,1', '--out', out],
    )
    expect(code).toBe(exitCode.ok)
    const lines = linesOf(join(out, 'results.jsonl'))
    const runs = lines.filter(({ kind }) => kind === 'run')
    expect(runs.map(({ model, value, run }) => [model, value, run])).toEqual([
      ['ae', null, 0],
      ['ae', null, 1],
      ['lieGroupSecondOrder', 0.01, 0],
      ['lieGroupSecondOrder', 0.01, 1],
      ['lieGroupSecondOrder', 1, 0],
      ['lieGroupSecondOrder', 1, 1],
    ])
    for (const run of runs) {
      expect(run.epochs).toHaveLength(2)
      const [best] = [...run.epochs].sort((a, b) => a.validation - b.validation)
      expect(run).toMatchObject({
        bestEpoch: best.epoch,
        validationError: best.validation,
        testError: best.test,
      })
      expect(run.settings).toMatchObject({ hidden: 8, bottleneck: 3, epochs: 2, batchSize: 16, seed: 0 })
      expect(run.sizes).toEqual({ train: 24, validation: 6, test: 900, length: 128 })
      expect(run.versions.node).toBe(process.version)
    }
    expect(runs[2].diagnostics.lieGroupSecondOrder).toHaveProperty('withoutNeighbour')
    const [, lie] = lines.filter(({ kind }) => kind === 'cell')
    const error = (weight: number) =>
      lie.candidates.find(({ value }: { value: number }) => value === weight).validationError
    expect(lie.chosen).toBe(error(0.01) <= error(1) ? 0.01 : 1)
    expect(lines.map(({ kind }) => kind)).toEqual([...Array(6).fill('run'), 'baselines', 'cell', 'cell'])
    expect(lines[6]).toMatchObject({ set: 'CBF', sizes: runs[0].sizes })
  })

  it('starts all models of a run from the same weights and the same validation part', async () => {
    const out = join(folder, 'paired')
    const models = ['--models', 'ae,higherOrderContractive', '--weight', '0', '--sets', 'CBF']
    await facet('reproduce', ...tiny, ...models, '--runs', '2', '--out', out)
    const runs = linesOf(join(out, 'results.jsonl')).filter(({ kind }) => kind === 'run')
    const errors = runs.map(({ epochs }) => epochs.map(({ test }: { test: number }) => test))
    expect(errors[2]).toEqual(errors[0])
    expect(errors[3]).toEqual(errors[1])
    expect(errors[1]).not.toEqual(errors[0])
  })

  it('ends with 1 and says which run failed, with the rest of the table', async () => {
    const out = join(folder, 'failed')
    const args = ['--sets', 'CBF', '--models', 'ae,lieGroupFirstOrder', '--weight', '1e300', '--runs', '1']
    const { code, out: text } = await facet('reproduce', ...tiny, ...args, '--out', out)
    expect(code).toBe(exitCode.failed)
    expect(text).toMatch(/failed: CBF · Lie 1st · λ 1e\+300 · run 1: .*epoch 0/)
    const [plain, failed] = linesOf(join(out, 'results.jsonl'))
    expect(plain.testError).toBeGreaterThan(0)
    expect(failed.error).toContain('expected a finite loss')
  })

  it('stops at Ctrl-C with exit code 130, leaving whole lines of what had finished, no result, and word of how to go on', async () => {
    const out = join(folder, 'interrupted')
    const { child, ended } = facetProcess([
      'reproduce',
      '--sets',
      'CBF',
      '--runs',
      '40',
      '--epochs',
      '5',
      '--jobs',
      '1',
      '--out',
      out,
    ])
    let shown = ''
    child.stderr!.on('data', function interruptOnce(data) {
      shown += data
      if (!shown.includes('[  2/')) return
      // One more while it ends would be nobody's to catch.
      child.stderr!.off('data', interruptOnce)
      child.kill('SIGINT')
    })
    const { code, err } = await ended
    expect(code).toBe(exitCode.interrupted)
    const [, finished, all] =
      /facet: interrupted; finished runs: (\d+) of (\d+); to go on: facet run --resume/.exec(err)!
    expect(Number(finished)).toBeGreaterThanOrEqual(2)
    expect(Number(all)).toBe(8 * 40 + 1)
    expect(readdirSync(out).sort()).toEqual(['experiment.yaml', 'runs.jsonl'])
    expect(linesOf(join(out, 'runs.jsonl'))).toHaveLength(1 + Number(finished))
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-run-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function written(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('facet run', () => {
  it('lists the runs of a document and their time, and starts none', async () => {
    const document = written('study.yaml', 'experiment: orbit\ncases: [rotation]\nseeds: 2\nsteps: 10\n')
    const { code, out, err } = await facet('run', document, '--dry-run', '--jobs', '2')
    expect([code, err]).toEqual([exitCode.ok, ''])
    expect(out).toContain('rotation · AE · seed 0')
    expect(out).toMatch(/10 runs, 2 at a time, about \d+ (s|min|h)/)
    expect(readdirSync(folder)).toEqual(['study.yaml'])
  })

  it('says where a document is wrong', async () => {
    const document = written('study.yaml', 'experiment: orbit\nseed: 2\nsteps: 0\n')
    const { code, err } = await facet('run', document)
    expect(code).toBe(exitCode.usage)
    expect(err).toContain(`${document}:2:1: seed: unknown field (did you mean 'seeds'?)`)
    expect(err).toContain(`${document}:3:8: steps: expected a whole number of at least 1, got 0`)
  })

  it('says where a setting stands that does not fit the data, and leaves no folder behind', async () => {
    const fits = 'experiment: reproduce\nsets: [CBF]\n'
    const out = join(folder, 'out')
    const large = await facet('run', written('a.yaml', `${fits}bottleneck: 129\n`), '--out', out)
    expect(large.code).toBe(exitCode.usage)
    expect(large.err).toContain('a.yaml:3:13: bottleneck: expected at most 128, the length of CBF, got 129\n')
    const unknown = await facet(
      'run',
      written('b.yaml', 'experiment: reproduce\nsets:\n  - CBX\n'),
      '--out',
      out,
    )
    expect(unknown.err).toMatch(
      /b\.yaml:3:5: sets\[0\]: expected CBF or .*, got 'CBX' \(did you mean 'CBF'\?\)/,
    )
    const data = await facet('run', written('c.yaml', `${fits}data: none\n`), '--out', out)
    expect(data.err).toContain(`c.yaml:3:7: data: cannot read ${join(folder, 'none')}`)
    expect(readdirSync(folder)).toEqual(['a.yaml', 'b.yaml', 'c.yaml'])
  })

  it('wants a document or a folder, not both and not none', async () => {
    const none = await facet('run')
    expect([none.code, none.err]).toEqual([
      exitCode.usage,
      'facet: run: expected an experiment document, or --resume with a result folder\n',
    ])
    const both = await facet('run', 'study.yaml', '--resume', folder)
    expect(both.code).toBe(exitCode.usage)
    expect(both.err).toContain('the folder has its own document; leave out study.yaml')
  })
})

describe('--resume', () => {
  it('takes the settings from the folder, and no others', async () => {
    written('experiment.yaml', 'experiment: orbit\n')
    const { code, err } = await facet(
      'orbit',
      '--resume',
      folder,
      '--steps',
      '3',
      '--out',
      'x',
      '--jobs',
      '2',
    )
    expect(code).toBe(exitCode.usage)
    expect(err).toBe(
      `facet: --resume: the experiment goes on with the settings in ${join(folder, 'experiment.yaml')}; leave out --steps, --out\n`,
    )
  })

  it('refuses a folder without an experiment, makes none, and refuses one of another kind', async () => {
    const missing = join(folder, 'none')
    const { code, err } = await facet('run', '--resume', missing)
    expect([code, err]).toEqual([exitCode.usage, `facet: --resume: no experiment.yaml in ${missing}\n`])
    expect(readdirSync(folder)).toEqual([])
    written('experiment.yaml', 'experiment: reproduce\n')
    const other = await facet('orbit', '--resume', folder)
    expect(other.code).toBe(exitCode.usage)
    expect(other.err).toContain('expected an experiment of facet orbit')
    expect(other.err).toContain('got one of facet reproduce --study table')
  })

  it('of an unfinished experiment is what its folder asks for', async () => {
    written('runs.jsonl', '{"damaged":true}\n')
    const { code, err } = await facet('orbit', '--out', folder)
    expect(code).toBe(exitCode.usage)
    expect(err).toContain(`'facet run --resume ${folder}' goes on, --overwrite starts again`)
    expect(readFileSync(join(folder, 'runs.jsonl'), 'utf8')).toBe('{"damaged":true}\n')
  })
})

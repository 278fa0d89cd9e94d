import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flagOf } from '../fields/setting-error.ts'
import { trainFlags } from '../model/settings.ts'
import { definitions } from '../studies/studies.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-study-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const helpOf = async (command: string): Promise<string> =>
  (await facet(command, '--help')).out.replace(/\s+/g, ' ')

/** What help says of a flag: up to the next one. */
const lineOf = (help: string, flag: string): string =>
  (help.split(/(?= --[a-z-]+ <| -h, --help)/).find((part) => part.startsWith(` ${flag} <`)) ?? '').trim()

describe('help', () => {
  it('has a flag for every field of every study, with its argument and its default', async () => {
    const help = await helpOf('reproduce')
    for (const { flag: study, fields } of definitions) {
      for (const [name, { flag, shown }] of Object.entries(fields)) {
        if (flag === null) continue
        const line = lineOf(help, flagOf(name))
        expect(line).toContain(`${flagOf(name)} ${flag.argument} `)
        expect(line).toContain(flag.help)
        if (shown !== null) expect(line, `${study} ${name}`).toMatch(/\(default: .*\)/)
        if (shown !== null) expect(line).toContain(shown)
      }
    }
  })

  it('says which study a default or a meaning is of, and groups the flags of single studies', async () => {
    const help = await helpOf('reproduce')
    expect(help).toContain('--runs <n> runs of each (default: 3; orbit-benefit: 8)')
    expect(help).toContain(
      "--steps <n> orbit-benefit: training steps, in whole epochs; orbit-gap: training steps (default: orbit-benefit: 1500; orbit-gap: each case's own)",
    )
    const [shared, table, benefit, gap] = help.split(/Options of --study [a-z-]+:/)
    expect(shared).toContain('--study <name> table, orbit-benefit, orbit-gap (default: table)')
    expect(shared).toContain('--seed <n>')
    expect(table).toContain('--epochs <n>')
    expect(benefit).toContain('--net <name>')
    expect(gap).toContain('--cases <list>')
  })

  it('of facet orbit has the fields of its study and no --study', async () => {
    const help = await helpOf('orbit')
    expect(help).toContain('--cases <list> of rotation, shift, torus (default: all)')
    expect(help).toContain('--seeds <n> number of seeds (default: 20)')
    expect(help).toContain("--steps <n> training steps (default: each case's own)")
    expect(help).toContain('facet-results/orbit-gap-<time>')
    expect(help).not.toContain('--study <name>')
  })

  it('of facet train has a flag for every setting of a training', async () => {
    const help = await helpOf('train')
    for (const [name, { flag, shown }] of Object.entries(trainFlags)) {
      const line = lineOf(help, flagOf(name))
      expect(line).toContain(flag!.help)
      if (shown !== null) expect(line).toContain(`(default: ${shown})`)
    }
  })
})

describe('facet reproduce --study', () => {
  const wrong = async (...args: string[]) => {
    const { code, err } = await facet(...args, '--out', join(folder, 'out'))
    expect(code).toBe(exitCode.usage)
    expect(readdirSync(folder)).toEqual([])
    return err
  }

  it.each([
    ['orbit', 'orbit-benefit'],
    ['ORBIT', 'orbit-benefit'],
    ['orbit-benefit', 'orbit-benefit'],
    ['orbit-gap', 'orbit-gap'],
    ['table', 'table'],
  ])('%s is %s', async (said, study) => {
    const foreign = study === 'table' ? ['--seeds', '3'] : ['--epochs', '3']
    expect(await wrong('reproduce', '--study', said, ...foreign)).toContain(
      `: a setting of --study ${study === 'table' ? 'orbit-gap' : 'table'}, not of --study ${study}; leave it out`,
    )
  })

  it('takes models under the names that they had', async () => {
    const models = ['reproduce', '--study', 'orbit', '--models', 'ae,orbit,lieGroupOrbit']
    expect(await wrong(...models)).toContain("--models: expected each once, got 'lieGroupOrbit' again")
    const candidates = ['reproduce', '--study', 'orbit', '--candidates', 'tangent=-1']
    expect(await wrong(...candidates)).toContain('--candidates: expected a number of at least 0, got -1')
  })

  it('takes values without amplitude of models that have one, and of no others', async () => {
    const asked = (value: string) => wrong('reproduce', '--study', 'orbit', '--candidates', value)
    expect(await asked('learnedOrbit=1.5,1.5 with amplitude')).toContain(
      "--candidates: expected a number of at least 0, or one with “ without amplitude” behind it, got '1.5 with amplitude'",
    )
    expect(await asked('mixup=1 without amplitude')).toContain(
      '--candidates: expected a number of at least 0, got ',
    )
  })

  it('says who has a flag that this study does not have', async () => {
    expect(await wrong('reproduce', '--study', 'orbit-gap', '--sets', 'CBF', '--runs', '3')).toContain(
      '--sets, --runs: a setting of --study table and orbit-benefit, not of --study orbit-gap; leave it out',
    )
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'refuses %s as the name of anything, in its own words',
    async (name) => {
      expect(await wrong('reproduce', '--sets', name)).toContain(
        `--sets: expected CBF or SyntheticControl, which are generated, got '${name}'`,
      )
      expect(await wrong('reproduce', '--study', name)).toContain(
        `Expected one of table, orbit-benefit, orbit-gap, got '${name}'`,
      )
      expect(await wrong('reproduce', '--models', name)).toContain('--models: expected one of ae, ')
      expect(await wrong('reproduce', '--weight', `${name}=1`)).toContain('--weight: expected one of contr')
      expect(await wrong('orbit', '--cases', name)).toContain('--cases: expected one of rotation, ')
      expect(await wrong('train', '--objective', name)).toContain('--objective: expected one of recon')
      expect(await wrong('train', '--weight', `${name}=1`)).toContain('--weight: expected one of recon')
      writeFileSync(join(folder, 'Toy_TRAIN.tsv'), '1\t2\n')
      const { err } = await facet('reproduce', '--data', folder, '--sets', name, '--out', join(folder, 'out'))
      expect(err).toContain(`--sets: no ${name}_TRAIN.tsv or ${name}_TRAIN.tsv.gz in`)
      rmSync(join(folder, 'Toy_TRAIN.tsv'))
    },
  )

  it.each(['constructor', '__proto__', 'toString'])(
    'plans a set of files that is called %s',
    async (name) => {
      const rows = Array.from({ length: 20 }, (_, i) => `1\t${i + 1}\t${-i}\t${i % 3}`).join('\n')
      for (const part of ['TRAIN', 'TEST']) writeFileSync(join(folder, `${name}_${part}.tsv`), `${rows}\n`)
      const document = join(folder, 'study.yaml')
      writeFileSync(
        document,
        `experiment: reproduce\nsets: [${name}]\ndata: .\nmodels: [ae]\nbottleneck: 2\n`,
      )
      const { code, out, err } = await facet('run', document, '--dry-run')
      expect([code, err]).toEqual([exitCode.ok, ''])
      expect(out).toContain(`${name} · AE · run 1`)
    },
  )

  it('refuses more runs than the bound, with the numbers', async () => {
    expect(await wrong('reproduce', '--runs', '10000', '--weight', '1,2,3')).toBe(
      'facet: experiment: expected at most 100,000 runs, got 10,000 runs × 14 values × 2 sets = 280,000\n',
    )
    expect(await wrong('orbit', '--seeds', '10000')).toBe(
      'facet: experiment: expected at most 100,000 runs, got 10,000 seeds × 13 cases = 130,000\n',
    )
  })
})

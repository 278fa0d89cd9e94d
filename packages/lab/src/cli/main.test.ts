import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exitCode } from './exit-code.ts'
import { facet, facetIn } from './testing/facet.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-main-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modelCommands = ['train', 'encode', 'reconstruct', 'score', 'inspect']
const geometryCommands = ['partition', 'walk', 'region', 'regions', 'draw']
const commands = ['reproduce', 'orbit', 'run', 'verify', ...modelCommands, ...geometryCommands]
const pictures = ['partition', 'surface', 'counts', 'epsilon', 'life']
const helps = [
  ['--help'],
  ...commands.map((name) => [name, '--help']),
  ...pictures.map((name) => ['draw', name, '--help']),
]

describe('facet', () => {
  it('shows help with examples and exit codes for itself and every command', async () => {
    for (const args of helps) {
      const { code, out, err } = await facet(...args)
      expect(code).toBe(exitCode.ok)
      expect(err).toBe('')
      expect(out).toContain('Examples:\n  $ facet')
      expect(out).toContain('130  interrupted (Ctrl-C)')
    }
  })

  it.each([60, 80, 120])('shows help that fits %i columns', async (columns) => {
    for (const args of helps) {
      const { out } = await facetIn(columns, ...args)
      const wide = out.split('\n').filter((line) => line.length > columns)
      expect(wide).toEqual([])
    }
  })

  it('lists every option of reproduce with its default', async () => {
    const { out } = await facet('reproduce', '--help')
    const names = ['sets', 'models', 'runs', 'epochs', 'hidden', 'bottleneck', 'bottleneck-activation']
    for (const name of [
      ...names,
      'learning-rate',
      'weight',
      'sigma',
      'batch-size',
      'seed',
      'out',
      'data',
      'samples',
      'jobs',
      'resume',
      'study',
      'net',
      'steps',
      'candidates',
      'parts',
      'test-samples',
    ]) {
      expect(out).toMatch(new RegExp(`--${name} <\\w+>`))
    }
    expect(out.replace(/\s+/g, ' ')).toContain('(default: CBF,SyntheticControl)')
  })

  it('tells what was wrong in letters alone, whatever was asked for', async () => {
    const evil = 'x\u001b[2J\u001b]0;title\u0007\u202e\u009b1m\ry'
    const asked = [
      ['run', evil],
      ['reproduce', `--${evil}`],
      [evil],
      ['reproduce', '--sets', evil],
      ['reproduce', '--models', evil],
      ['verify', evil],
      ['partition', evil],
    ]
    for (const args of asked) {
      const { code, err } = await facet(...args)
      expect(code).not.toBe(exitCode.ok)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(err, args.join(' ')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
      // What a set is called is quoted, sign by sign; all else loses what is no letter.
      expect(err).toMatch(/x y|'x\\u\{1b\}\[2J/)
    }
  })

  it('suggests the nearest option and command, with exit code 2', async () => {
    const option = await facet('reproduce', '--epoch', '3')
    expect(option.code).toBe(exitCode.usage)
    expect(option.err).toContain("unknown option '--epoch'")
    expect(option.err).toContain('Did you mean --epochs?')
    const command = await facet('reproduse')
    expect(command.code).toBe(exitCode.usage)
    expect(command.err).toContain('Did you mean reproduce?')
  })

  it('says what is wrong with a value, with exit code 2', async () => {
    const { code, err } = await facet('reproduce', '--models', 'ae,denoisin')
    expect(code).toBe(exitCode.usage)
    expect(err).toContain("got 'denoisin' (did you mean 'denoising'?)")
  })

  it('shows its help and ends with 2 when called with nothing', async () => {
    const { code, err } = await facet()
    expect(code).toBe(exitCode.usage)
    expect(err).toContain('Usage: facet')
  })

  it('refuses a set that needs files, and names the nearest set in a folder of files', async () => {
    const without = await facet('reproduce', '--sets', 'Trace', '--out', folder)
    expect(without.code).toBe(exitCode.usage)
    expect(without.err).toContain('--data')
    writeFileSync(join(folder, 'Trace_TRAIN.tsv'), '1\t2\n')
    const misspelt = await facet('reproduce', '--sets', 'Trac', '--data', folder, '--out', folder)
    expect(misspelt.code).toBe(exitCode.usage)
    expect(misspelt.err).toContain("(did you mean 'Trace'?)")
    const missing = await facet('reproduce', '--data', join(folder, 'none'), '--out', folder)
    expect(missing.code).toBe(exitCode.usage)
    expect(missing.err).toContain('--data: cannot read')
  })

  it('refuses flags of another study, and models that there are not', async () => {
    const epochs = await facet('reproduce', '--study', 'orbit', '--epochs', '3', '--out', folder)
    expect(epochs.code).toBe(exitCode.usage)
    expect(epochs.err).toContain(
      '--epochs: a setting of --study table, not of --study orbit-benefit; leave it out',
    )
    const steps = await facet('reproduce', '--steps', '3', '--out', folder)
    expect(steps.err).toContain(
      '--steps: a setting of --study orbit-benefit and orbit-gap, not of --study table; leave it out',
    )
    const model = await facet('reproduce', '--study', 'orbit', '--models', 'ae,lieGroupOrbt')
    expect(model.code).toBe(exitCode.usage)
    expect(model.err).toContain('--models: expected one of ae, denoising, contractive')
    expect(model.err).toContain("(did you mean 'lieGroupOrbit'?)")
    const values = await facet('reproduce', '--study', 'orbit', '--candidates', 'orbt=1')
    expect(values.err).toContain("(did you mean 'orbit'?)")
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a bottleneck with more units than the orbit study has training samples', async () => {
    const { code, err } = await facet('reproduce', '--study', 'orbit', '--bottleneck', '23', '--out', folder)
    expect(code).toBe(exitCode.usage)
    expect(err).toContain('--bottleneck: expected at most 22, the training samples beside 8 held out of CBF')
  })

  it('refuses a folder that it cannot write into before it trains', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const command of ['reproduce', 'orbit']) {
      const { code, err } = await facet(command, '--out', join(file, 'results'))
      expect(code).toBe(exitCode.usage)
      expect(err).toContain('--out: cannot write into')
    }
  })

  it('refuses a file in place of the folder, and a folder that cannot be', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'mine')
    const taken = await facet('orbit', '--out', file)
    expect(taken.code).toBe(exitCode.usage)
    expect(taken.err).toContain(`--out: cannot write into ${file}: EEXIST`)
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('refuses a folder that another process is writing into', async () => {
    writeFileSync(join(folder, '.facet-lock'), `${process.ppid}`)
    const { code, err } = await facet('orbit', '--out', folder)
    expect(code).toBe(exitCode.usage)
    expect(err).toContain(`cannot write into ${folder}: process ${process.ppid} is writing there`)
    expect(readdirSync(folder)).toEqual(['.facet-lock'])
  })

  it('gives the folder back when the data do not fit', async () => {
    const { code } = await facet('reproduce', '--sets', 'CBF', '--bottleneck', '129', '--out', folder)
    expect(code).toBe(exitCode.usage)
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a bottleneck larger than the series and a batch larger than the training part', async () => {
    const bottleneck = await facet('reproduce', '--sets', 'CBF', '--bottleneck', '129', '--out', folder)
    expect(bottleneck.code).toBe(exitCode.usage)
    expect(bottleneck.err).toContain('--bottleneck: expected at most 128, the length of CBF, got 129')
    const batch = await facet('reproduce', '--sets', 'CBF', '--batch-size', '25', '--out', folder)
    expect(batch.code).toBe(exitCode.usage)
    expect(batch.err).toContain('--batch-size: expected at most 24')
  })

  it('says which file of a data set is missing or damaged, and where', async () => {
    writeFileSync(join(folder, 'Toy_TRAIN.tsv'), '1\t0.5\t1\n1\t3\t2\n')
    const noTest = await facet('reproduce', '--sets', 'Toy', '--data', folder, '--out', folder)
    expect(noTest.code).toBe(exitCode.usage)
    expect(noTest.err).toContain('no TEST part')
    writeFileSync(join(folder, 'Toy_TEST.tsv'), '1\t0.5\t1\n1\t0.5\n')
    const ragged = await facet('reproduce', '--sets', 'Toy', '--data', folder, '--out', folder)
    expect(ragged.code).toBe(exitCode.usage)
    expect(ragged.err).toContain('Toy_TEST.tsv line 2: expected 2 values')
  })
})

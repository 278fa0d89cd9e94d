import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { SettingError } from '../fields/setting-error.ts'
import { orbitGapDefaults } from '../studies/orbit-gap/experiment.ts'
import { reproduceDefaults } from '../studies/paper-table/experiment.ts'
import { readDocument } from './read-document.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-document-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function written(content: string | Uint8Array): string {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, content)
  return file
}

const settingsOf = (text: string) => readDocument(written(text)).experiment.settings

/** What is wrong with a document, without the folder it is in. */
function complaint(content: string | Uint8Array): string {
  try {
    readDocument(written(content))
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return 'nothing'
}

describe('an experiment document', () => {
  it('needs nothing but the experiment: all else has the defaults of the command', () => {
    const { profile: _, weight, sigma, regularizers: __, ...rest } = reproduceDefaults
    expect(settingsOf('experiment: reproduce')).toEqual({
      ...rest,
      candidates: {
        denoising: sigma,
        higherOrderContractive: weight,
        lieGroupFirstOrder: weight,
        lieGroupSecondOrder: weight,
      },
    })
    expect(settingsOf('experiment: orbit')).toEqual(orbitGapDefaults)
  })

  it('sets λ and σ for all models and for single ones, one value or several', () => {
    const { candidates } = settingsOf(
      'experiment: reproduce\nweight: [1, 2]\nsigma: 0.5\nregularizers:\n  lieGroupFirstOrder: {weight: 3}\n',
    ) as { candidates: object }
    expect(candidates).toEqual({
      denoising: [0.5],
      higherOrderContractive: [1, 2],
      lieGroupFirstOrder: [3],
      lieGroupSecondOrder: [1, 2],
    })
  })

  it('gives the models of the orbit study values of their own, or those that are written', () => {
    const { candidates } = settingsOf(
      'experiment: orbitBenefit\ncandidates:\n  lieGroupOrbit: 1.5\n  mixup: [0.5, 1]\n',
    ) as { candidates: object }
    expect(candidates).toMatchObject({
      lieGroupOrbit: [1.5],
      mixup: [0.5, 1],
      permutedOrbit: [0.7, 1.5, 3],
    })
  })

  it('takes values of models that move samples along generators without amplitude', () => {
    const { candidates } = settingsOf(
      'experiment: orbitBenefit\nmodels: [ae, learnedOrbit]\ncandidates:\n  learnedOrbit: [1.5, 1.5 without amplitude]\n',
    ) as { candidates: object }
    expect(candidates).toMatchObject({ learnedOrbit: [1.5, '1.5 without amplitude'] })
  })

  it('is YAML or JSON, in any case of names, with a byte order mark and Windows line ends or without', () => {
    const expected = settingsOf('experiment: orbit\ncases: [rotation]\nseeds: 2\n')
    expect(settingsOf('{\n\t"experiment": "orbit",\n\t"cases": ["rotation"],\n\t"seeds": 2\n}\n')).toEqual(
      expected,
    )
    expect(settingsOf('\uFEFFexperiment: Orbit\r\ncases:\r\n  - ROTATION\r\nseeds: 2\r\n')).toEqual(expected)
  })

  it('has its data beside it', () => {
    mkdirSync(join(folder, 'ucr'), { recursive: true })
    expect(settingsOf('experiment: reproduce\ndata: ucr')).toMatchObject({ data: join(folder, 'ucr') })
    expect(settingsOf('experiment: reproduce\ndata: /ucr')).toMatchObject({ data: '/ucr' })
    expect(settingsOf('experiment: reproduce\ndata:')).toMatchObject({ data: null })
  })

  it('tells all that is wrong with it, each with line, column, field, what was expected and what came', () => {
    const text = `experiment: reproduce
sets: [CBF, CBF]
model: [ae]
epochs: many
learningRate:
models:
  - ae
  - denoisin
regularizers:
  lieGroupFrstOrder: {weight: 1}
  denoising: {weight: 0.1, sigma: -1}
runs: 1.5
samples: 0
`
    expect(complaint(text).split('\n')).toEqual([
      'study.yaml: 10 problems',
      "  study.yaml:2:13: sets[1]: expected each once, got 'CBF' again",
      expect.stringMatching(
        /^ {2}study.yaml:3:1: model: unknown field \(did you mean 'models'\?\); known: experiment, profile, sets, /,
      ),
      "  study.yaml:4:9: epochs: expected a whole number of at least 1, got 'many'",
      '  study.yaml:5:1: learningRate: expected a number above 0, got nothing',
      expect.stringMatching(
        /^ {2}study.yaml:8:5: models\[1\]: expected one of ae, .*, got 'denoisin' \(did you mean 'denoising'\?\)$/,
      ),
      expect.stringMatching(
        /^ {2}study.yaml:10:3: regularizers.lieGroupFrstOrder: unknown field \(did you mean 'lieGroupFirstOrder'\?\)/,
      ),
      '  study.yaml:11:15: regularizers.denoising.weight: unknown field; known: sigma',
      '  study.yaml:11:35: regularizers.denoising.sigma[0]: expected a number of at least 0, got -1',
      '  study.yaml:12:7: runs: expected a whole number from 1 to 10000, got 1.5',
      '  study.yaml:13:10: samples: expected a whole number of at least 1, got 0',
    ])
  })

  it.each([
    ['', "1:1: expected fields, such as 'experiment: reproduce', got nothing"],
    ['# nothing but words\n', "expected fields, such as 'experiment: reproduce', got nothing"],
    ['- experiment', "1:1: expected fields, such as 'experiment: reproduce', got an array of 1"],
    ['epochs: 3', '1:1: experiment: expected one of reproduce, orbitBenefit, orbitGap, got nothing'],
    [
      'experiment: reprodce',
      "1:13: experiment: expected one of reproduce, orbitBenefit, orbitGap, got 'reprodce' (did you mean",
    ],
    ['experiment: orbit\nsets: [CBF]', '2:1: sets: unknown field'],
    ["experiment: orbit\nseeds: '3'", "2:8: seeds: expected a whole number from 1 to 10000, got '3'"],
    ['experiment: orbit\nseeds: .inf', '2:8: seeds: expected a whole number from 1 to 10000, got Infinity'],
    [
      'experiment: orbit\ncases: rotation',
      "2:8: cases: expected a list of one or more orbits, got 'rotation'",
    ],
    ['experiment: orbit\ncases: []', '2:8: cases: expected a list of one or more orbits, got an array of 0'],
    ['experiment: reproduce\nregularizers: 3', '2:15: regularizers: expected fields (contractive, '],
    ['experiment: orbitStudy\nparts: WW', '2:8: parts: expected letters of W, A and T, each at most once'],
    ['experiment: reproduce\nsets: [1]', '2:8: sets[0]: expected the name of a data set, got 1'],
    ['experiment: orbit\n__proto__: {seeds: 3}', '2:1: __proto__: unknown field'],
    [
      'experiment: orbit\nconstructor: 3',
      '2:1: constructor: unknown field; known: experiment, cases, seeds, steps',
    ],
  ])('says what is wrong with %j', (text, expected) => {
    expect(complaint(text)).toContain(expected)
  })

  it.each([
    ['experiment: orbit\nseeds: 1\nseeds: 2\n', '3:1: this field comes twice'],
    ['a: 1\na: 2\nb: 1\nb: 2\n', 'study.yaml: 2 problems'],
    ['experiment:\n\torbit: 1\n', '2:1: a tab cannot indent; use spaces'],
    ['experiment: orbit\n---\nexperiment: orbit\n', '3:1: expected one experiment, got a second document'],
    [
      'experiment: &name orbit\ncases: *name',
      '2:8: expected a value, got the alias *name; write the value out',
    ],
    ['experiment: *nowhere', '1:13: expected a value, got the alias *nowhere'],
    ['experiment: !!js/function orbit', '1:13: unknown tag; write a plain value'],
    ['? [experiment]\n: orbit', "1:3: expected a field's name"],
    ['experiment: [orbit', 'study.yaml:1:19: '],
  ])('says where the YAML of %j goes wrong', (text, expected) => {
    expect(complaint(text)).toContain(expected)
  })

  it('is a page of text: what is deeper, larger or no text is refused at once', () => {
    const bomb = `a: &a [x, x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]}, `.repeat(9)}]`).join('\n')}`
    expect(complaint(bomb)).toContain('got the alias *a')
    expect(complaint('['.repeat(20_000))).toContain('more than 200 levels of nesting')
    expect(complaint('- '.repeat(20_000))).toContain('more than 200 levels of nesting')
    expect(complaint(' '.repeat(70_000))).toContain(
      'expected an experiment of at most 65536 bytes, got 70000',
    )
    expect(complaint(new Uint8Array([0x65, 0xff, 0xfe]))).toBe('study.yaml: expected UTF-8 text')
    expect(() => readDocument(join(folder, 'none.yaml'))).toThrow(/none.yaml: ENOENT/)
    expect(() => readDocument(folder)).toThrow(/EISDIR/)
  })

  it('tells where a setting stands that does not fit the data', () => {
    const file = written('experiment: reproduce\nsets:\n  - Trace\nbottleneck: 900\n')
    const { located } = readDocument(file)
    expect(located(new SettingError(['bottleneck'], 'expected at most 128')).message).toBe(
      `${file}:4:13: bottleneck: expected at most 128`,
    )
    expect(located(new SettingError(['sets', 0], 'no file')).message).toBe(`${file}:3:5: sets[0]: no file`)
    // A default stands nowhere: the document as a whole is to blame.
    expect(located(new SettingError(['batchSize'], 'expected less')).message).toBe(
      `${file}:1:1: batchSize: expected less`,
    )
  })
})

it('names the flag of a setting that does not fit', () => {
  expect(new SettingError(['batchSize'], 'expected at most 24').message).toBe(
    '--batch-size: expected at most 24',
  )
})

it('is what the manual shows', () => {
  const manual = readFileSync(new URL('../../../../docs/experiments.md', import.meta.url), 'utf8')
  const documents = [...manual.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text)
  expect(documents.map((text) => readDocument(written(text)).experiment.experiment)).toEqual([
    'reproduce',
    'orbitGap',
  ])
})

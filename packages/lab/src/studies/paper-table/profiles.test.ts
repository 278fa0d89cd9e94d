import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDocument } from '../../document/check.ts'
import { experimentFrom } from '../../document/experiment-from.ts'
import { parseDocument } from '../../document/parse.ts'
import { documentText } from '../../document/write-document.ts'
import type { GridTask } from '../../study/grid.ts'
import { reproduceDefaults } from './experiment.ts'
import { generatorsFor } from './generators.ts'
import { paperTable } from './paper-table.ts'
import type { ReproduceSettings } from './settings.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'facet-profiles-'))
})
afterEach(() => rmSync(data, { recursive: true }))

const settingsOf = (fields: object): ReproduceSettings =>
  experimentFrom({ experiment: 'reproduce', ...fields }).settings as ReproduceSettings

/** What a document comes to, with what is said of it. */
function checked(fields: object) {
  const found = checkDocument({ experiment: 'reproduce', ...fields }, data)
  if (found.problems) throw new Error(found.problems[0].message)
  return { settings: found.experiment.settings as ReproduceSettings, notes: found.notes }
}

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(join(data, file, '..'), { recursive: true })
    writeFileSync(join(data, file), '')
  }
}

const sizesOf = (length: number) => ({ train: 20, validation: 5, test: 10, length })

describe('a profile', () => {
  it('full is the protocol of the paper: 10 runs, 7 λ, 4 σ, 125 epochs, batch 16, five models', () => {
    const { runs, epochs, batchSize, models, candidates, secondOrderUpTo } = settingsOf({ profile: 'full' })
    expect([runs, epochs, batchSize, models.length, secondOrderUpTo]).toEqual([10, 125, 16, 5, null])
    const lambdas = [0.001, 0.01, 0.1, 1, 10, 100, 1000]
    expect(candidates).toEqual({
      denoising: [0.001, 0.01, 0.1, 1],
      higherOrderContractive: lambdas,
      lieGroupFirstOrder: lambdas,
      lieGroupSecondOrder: lambdas,
    })
  })

  it('standard trains the second order on samples of at most 280 values alone', () => {
    const settings = settingsOf({ profile: 'standard', sets: ['CBF', 'SyntheticControl'] })
    expect([settings.runs, settings.epochs]).toEqual([3, 125])
    const sizes = { CBF: sizesOf(281), SyntheticControl: sizesOf(280) }
    const modelsOn = (set: string) =>
      new Set(
        paperTable
          .plan(settings, sizes)
          .filter(({ kind, task }) => kind === 'run' && (task as GridTask).set === set)
          .map(({ task }) => (task as GridTask).model),
      )
    expect(modelsOn('CBF')).not.toContain('lieGroupSecondOrder')
    expect(modelsOn('SyntheticControl')).toContain('lieGroupSecondOrder')
    expect(modelsOn('CBF').size).toBe(4)
  })

  it('quick is what runs where nobody names one', () => {
    expect(settingsOf({ profile: 'quick' })).toEqual(settingsOf({}))
    expect(settingsOf({}).epochs).toBe(reproduceDefaults.epochs)
  })

  it('gives way to every field that a document has itself, and is written out field by field', () => {
    const fields = { profile: 'FULL', runs: 2, weight: [0.5], models: ['ae', 'lieGroupFirstOrder'] }
    const settings = settingsOf(fields)
    expect([settings.runs, settings.epochs, settings.candidates]).toEqual([
      2,
      125,
      { lieGroupFirstOrder: [0.5] },
    ])
    const text = documentText({ experiment: 'reproduce', settings })
    expect(text).not.toContain('profile')
    expect(checked(parseDocument(text).content as object).settings).toEqual(settings)
  })

  it('that is none is told with the nearest', () => {
    expect(() => settingsOf({ profile: 'ful' })).toThrow(
      /profile: expected one of quick, standard, full.*full/,
    )
  })
})

describe('the sets of a profile', () => {
  it('are those of the paper that the folder has whole, in it or in its folders; of others it says what is missing', () => {
    write('ucr/CBF_TRAIN.tsv.gz', 'ucr/CBF_TEST.tsv.gz', 'ucr/Yoga_TRAIN.tsv', 'Wine/Wine_TRAIN.ts')
    write('Wine/Wine_TEST.ts', 'images/data_batch_1.bin.gz', 'images/test_batch.bin', 'ucr/Other_TRAIN.tsv')
    const { settings, notes } = checked({ profile: 'standard', data: '.' })
    expect(settings.sets).toEqual(['CIFAR10', 'CBF', 'Wine'])
    expect(notes).toHaveLength(13)
    expect(notes[0]).toBe('CIFAR10: 1 of 5 files of the training part were found, 10000 of 50000 images')
    expect(notes).toContain(
      `Yoga is left out: expected ${join(data, 'ucr/Yoga_TEST.tsv')}, each gzipped or not`,
    )
    expect(notes.find((note) => note.startsWith('MNIST'))).toContain(join(data, 'train-images-idx3-ubyte'))
  })

  it('are the generated two without a folder, and those that are named where some are', () => {
    expect(checked({ profile: 'full' })).toMatchObject({
      settings: { sets: ['CBF', 'SyntheticControl'] },
      notes: [],
    })
    expect(checked({ profile: 'full', data: '.', sets: ['Wine'] })).toMatchObject({
      settings: { sets: ['Wine'] },
      notes: [],
    })
  })
})

it('generators by length are full up to 1100 values, as the paper has them, and of low rank above', () => {
  const rule = settingsOf({})
  expect([1092, 1100, 1101, 3072].map((length) => generatorsFor(rule, length))).toEqual([
    'full',
    'full',
    'lowRank:8',
    'lowRank:8',
  ])
  expect(generatorsFor(settingsOf({ generators: 'lowRank:2' }), 60)).toBe('lowRank:2')
  expect(() => settingsOf({ generators: 'learned' })).toThrow(/generators: expected full, skewSymmetric/)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { activationNames } from '@facet/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ModelName, modelNames, models } from '../objectives.ts'
import { netNames } from '../studies/orbit-benefit/settings.ts'
import { orbitNames } from '../studies/orbit-gap/cases.ts'
import { tableSettings } from '../studies/paper-table/testing/fixtures.ts'
import type { Experiment } from '../studies/studies.ts'
import { readDocument } from './read-document.ts'
import { documentText } from './write-document.ts'

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const count = (max = 2 ** 53 - 1) => fc.integer({ min: 1, max })
const weights = fc.uniqueArray(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 4,
  comparator: 'SameValueZero',
})
/** Names and folders as file systems allow them, `no`, `1e3` and `# x` among them. */
const text = fc.oneof(
  fc.constantFrom('no', '1e3', '# x', '~', "a'b", ' a', 'a: b', '💡', '-', '.'),
  fc.string({ minLength: 1 }),
)

/** Fields of every grid study, with values for the models that are trained, and for those that a study has besides. */
const grid = (besides: readonly ModelName[] = []) =>
  fc
    .record({
      sets: fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
      models: some(modelNames),
      runs: count(100),
      hidden: count(2 ** 14),
      bottleneck: count(2 ** 14),
      learningRate: fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
      batchSize: count(),
      seed: count(),
      data: fc.option(text.map((name) => resolve('/data', name))),
      samples: fc.option(count()),
      candidates: fc.constant({}),
    })
    .chain((settings) => {
      const tuned = [...new Set([...settings.models, ...besides])].filter((name) => models[name].tuned)
      const values = fc.record(Object.fromEntries(tuned.map((name) => [name, weights])))
      return values.map((candidates) => ({ ...settings, candidates }))
    })

const together = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other }))

const reproduce = fc.record({
  experiment: fc.constant('reproduce' as const),
  settings: together(
    grid(),
    fc.record({
      epochs: count(),
      bottleneckActivation: fc.constantFrom(...activationNames),
      secondOrderUpTo: fc.option(count()),
      generators: fc.constantFrom('full', 'skewSymmetric', 'lowRank:3', 'byLength'),
    }),
  ),
})
const orbitGap = fc.record({
  experiment: fc.constant('orbitGap' as const),
  settings: fc.record({ cases: some(orbitNames), seeds: count(5000), steps: fc.option(count()) }),
})

const orbitBenefit = fc.record({
  experiment: fc.constant('orbitBenefit' as const),
  settings: together(
    grid(['lieGroupOrbit']),
    fc.record({
      net: fc.constantFrom(...netNames),
      steps: count(),
      parts: fc.constantFrom('W', 'WA', 'TAW'),
      testSamples: count(),
    }),
  ),
})

it('writes every experiment as a document that reads back to the same settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facet-write-'))
  const file = join(folder, 'experiment.yaml')
  try {
    fc.assert(
      fc.property(fc.oneof(reproduce, orbitGap, orbitBenefit), (experiment) => {
        const written = documentText(experiment as Experiment)
        writeFileSync(file, written)
        const read = readDocument(file).experiment
        // -0 is written as 0.
        expect(JSON.stringify(sorted(read))).toBe(JSON.stringify(sorted(experiment)))
        expect(documentText(read)).toBe(written)
      }),
      { numRuns: 300 },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Settings are the same in any order of their fields. */
const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, entry]) => [name, sorted(entry)]),
      )

it('reads as a person would have written it', () => {
  expect(
    documentText({
      experiment: 'reproduce',
      settings: { ...tableSettings, data: '/ucr files', samples: 100 },
    }),
  ).toMatchInlineSnapshot(`
    "# Everything that the numbers beside this file depend on.
    # 'facet run experiment.yaml' computes them again, 'facet run --resume <this folder>' goes on where it stopped.

    experiment: reproduce
    sets: [CBF, SyntheticControl]
    models: [ae, denoising, higherOrderContractive, lieGroupFirstOrder, lieGroupSecondOrder]
    runs: 2
    epochs: 30
    secondOrderUpTo: null
    generators: byLength
    hidden: 64
    bottleneck: 10
    bottleneckActivation: relu
    learningRate: 0.001
    batchSize: 16
    candidates:
      denoising: [0.1]
      higherOrderContractive: [0.01]
      lieGroupFirstOrder: [0.01, 1]
      lieGroupSecondOrder: [0.01]
    seed: 0
    data: /ucr files
    samples: 100
    "
  `)
})

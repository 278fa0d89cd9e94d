import { adam, autoencoder, fit } from '@facet/models'
import { key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { byNumber, numberOf } from './candidate-value.ts'
import { startEngine } from './engine.ts'
import {
  formerModelNames,
  modelColour,
  modelNames,
  modelObjectives,
  models,
  objectiveNames,
  objectives,
  objectivesFrom,
  valueText,
} from './objectives.ts'
import { type BankChoice, bankOf, type SampleKind } from './sets/generator-banks.ts'

beforeAll(async () => void (await startEngine()))

const length = 16
const samples = {
  series: { length, image: null },
  images: { length, image: { height: 4, width: 4, channels: 1 } },
} as const

/** What the library calls the families of the command line. */
const familyNames: Readonly<Record<string, string>> = {
  full: 'full',
  skewSymmetric: 'skewSymmetric',
  'lowRank:2': 'lowRank(2)',
  learned: 'fromBank',
  given: 'fromBank',
}

/** Trains a tiny autoencoder for one epoch. @returns its loss. */
async function train(objective: ReturnType<typeof objectivesFrom>): Promise<number> {
  const model = autoencoder({
    input: length,
    bottleneck: 3,
    encoderHidden: [8],
    decoderHidden: [8],
    seed: 0,
  })
  const data = key('train').normal([12, length])
  const { epochs } = await fit(model, data, { epochs: 1, batchSize: 6, optimizer: adam(), objective })
  return epochs[0].train.loss
}

/** Banks for samples of a kind, learned from some. */
const bankFor = (kind: SampleKind) => (choice?: BankChoice) =>
  bankOf({ ...kind, train: key('train').normal([12, kind.length]), key: key('bank') }, choice)

describe.each(['series', 'images'] as const)('every objective, on %s', (kind) => {
  const surroundings = { bank: bankFor(samples[kind]), neighbours: 3 }

  it.each(objectiveNames)('%s trains with its default options', async (name) => {
    const { tuned } = objectives[name]
    // The k of k-sparse codes alone has no default: it depends on the bottleneck.
    const own = tuned?.option === 'kept' ? { kept: 2 } : {}
    expect(await train(objectivesFrom([{ name, ...own }], surroundings))).toBeGreaterThan(0)
  })

  it.each(['full', 'skewSymmetric', 'lowRank:2', 'learned', 'given'])(
    'both orders train with generators of the family %s',
    async (generators) => {
      for (const name of ['lieGroupFirstOrder', 'lieGroupSecondOrder'] as const) {
        const made = objectivesFrom([{ name, generators }], surroundings)
        expect(made[1].settings?.generators).toBe(familyNames[generators])
        expect(await train(made)).toBeGreaterThan(0)
      }
    },
  )

  it.each(modelNames)('a study trains %s at every value of its grid', async (model) => {
    const values = models[model].tuned?.grid ?? [null]
    for (const value of values.filter(
      (value) => models[model].objective !== 'kSparse' || numberOf(value!) <= 3,
    )) {
      expect(await train(modelObjectives(model, value, surroundings))).toBeGreaterThan(0)
    }
  })
})

describe('the table of objectives', () => {
  it.each(objectiveNames)('%s takes the option that is tuned, and says what it is', (name) => {
    const { title, what, options, tuned, cost } = objectives[name]
    expect(title.length).toBeGreaterThan(0)
    expect(title.length).toBeLessThan(13)
    expect(what.length).toBeGreaterThan(5)
    if (tuned !== null) {
      expect(options).toContain(tuned.option)
      expect(tuned.grid).toEqual([...new Set(tuned.grid)].sort(byNumber))
      expect(tuned.grid).toHaveLength(3)
    }
    expect(cost(100)).toBeGreaterThanOrEqual(1)
  })

  it.each(modelNames)('%s has a title, a name and a colour of CSS', (model) => {
    const { title, name, colour } = models[model]
    expect(title.length).toBeGreaterThan(0)
    expect(name.length).toBeGreaterThanOrEqual(title.length)
    for (const shade of [colour.light, colour.dark]) expect(shade).toMatch(/^#[\da-f]{6}$/)
    expect(modelColour(model)).toBe(`var(--${model})`)
  })

  it('gives no two models one title', () => {
    const titles = modelNames.map((name) => models[name].title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('knows models by the names that they had, none of which is a name of now', () => {
    expect(formerModelNames).toEqual({
      orbit: 'lieGroupOrbit',
      tangent: 'lieGroupTangent',
      permuted: 'permutedOrbit',
    })
    for (const former of Object.keys(formerModelNames)) expect(modelNames).not.toContain(former)
  })

  it('adds reconstruction where no objective reconstructs, and only there', () => {
    const surroundings = { bank: bankFor(samples.series) }
    const count = (name: (typeof objectiveNames)[number]) =>
      objectivesFrom([{ name, kept: 2 }], surroundings).length
    expect(count('contractive')).toBe(2)
    expect(count('denoising')).toBe(1)
    expect(count('reconstruction')).toBe(1)
  })

  it('says the value of a hyper-parameter with its symbol', () => {
    expect(valueText('lieGroupFirstOrder', 0.01)).toBe('λ 0.01')
    expect(valueText('lieGroupOrbit', 0.7)).toBe('s 0.7')
    expect([valueText('ae', null), valueText('ae', 1), valueText('mixup', null)]).toEqual(['', '', ''])
  })
})

import { checkGradients } from '@facet/autograd'
import { adam, fit, reconstruction, withValues } from '@facet/models'
import { add, init, key, mul, type Tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedBank } from '../banks/fixed-bank.ts'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { imageBank } from '../banks/image-bank.ts'
import { permutedBank } from '../banks/permuted-bank.ts'
import { seriesBank } from '../banks/series-bank.ts'
import { learnedBank } from '../learned/learned-bank.ts'
import { warpedSeries } from '../learned/testing/synthetic-samples.ts'
import { lieGroupFirstOrder } from '../lie-group-first-order.ts'
import { lieGroupSecondOrder } from '../lie-group-second-order.ts'
import type { LieGroupOptions } from '../lie-options.ts'
import { float64, relativeError } from '../testing/golden.ts'
import { numbersOf, smallModel, startedOn, termOf, termOfRun } from '../testing/small-model.ts'
import { turningBank } from '../testing/turning-bank.ts'
import { bankMembers } from './bank-members.ts'
import { basis } from './basis.ts'
import { fixed } from './fixed.ts'
import { fromBank } from './from-bank.ts'
import type { GeneratorParametrisation, GeneratorRequest } from './generator-model.ts'

beforeAll(() => init())

const dimension = 12

/** Banks of dimension 12 whose tangents are linear. */
const banks: Readonly<Record<string, () => GeneratorBank>> = {
  series: () => seriesBank({ length: dimension, bumps: 3, zNormalised: false }),
  // Its 32 local warps would explain all of 12 numbers, and what is left to learn from would be rounding.
  image: () => imageBank({ height: 3, width: 4, parts: 'a' }),
  fixed: () => fixedBank(key('G').normal([3, dimension, dimension], 'float64'), { priorScale: [0.1, 2, 1] }),
  permuted: () => permutedBank(seriesBank({ length: dimension, bumps: 2, zNormalised: false })),
  learned: () => learnedBank(warpedSeries(9, dimension, 0.1), { bumps: 3, zNormalised: false }),
  'learned, without amplitude': () =>
    learnedBank(warpedSeries(9, dimension, 0.1), { bumps: 2, amplitude: false, zNormalised: false }),
  'learned from images': () =>
    learnedBank(key('images').normal([9, dimension], 'float64'), {
      shape: { height: 3, width: 4 },
      bumps: 2,
    }),
}
const names = Object.keys(banks)

const families: Readonly<Record<string, (bank: GeneratorBank) => GeneratorParametrisation>> = {
  fromBank: (bank) => fromBank(bank),
  bankMembers,
}
const orders = { lieGroupFirstOrder, lieGroupSecondOrder } as const
const ways = Object.keys(families).flatMap((family) =>
  (Object.keys(orders) as (keyof typeof orders)[]).map((order) => ({ family, order })),
)

const request = (changes: Partial<GeneratorRequest> = {}): GeneratorRequest => ({
  name: 'term',
  bottleneck: 2,
  dimension,
  key: key(0),
  dtype: 'float64',
  initialScale: 0.5,
  ...changes,
})

const model = (dtype: 'float32' | 'float64' = 'float64') => smallModel({ input: dimension, dtype })
const data = (dtype: 'float32' | 'float64' = 'float64', count = 8) =>
  key('data').normal([count, dimension], dtype)

/** The operators of a bank by what they make of unit vectors: [B][i][j]. */
function operatorsOf(bank: GeneratorBank): number[][][] {
  const images = bank.tangents(float64(identity)).toArray() as number[][][]
  return bank.priorScale.map((_, b) => identity.map((_, i) => identity.map((_, j) => images[j][b][i])))
}

const identity = Array.from({ length: dimension }, (_, i) =>
  Array.from({ length: dimension }, (_, j) => Number(i === j)),
)

describe.each(names)('of the bank %s', (name) => {
  it('generators are mixtures of its operators in units of the prior scales', () => {
    const bank = banks[name]()
    const generators = fromBank(bank).create(request())
    const mixing = generators.parameters[0].value.toArray() as number[][]
    const operators = operatorsOf(bank)
    const expected = mixing.map((row) =>
      identity.map((_, i) =>
        identity.map((_, j) =>
          row.reduce((sum, c, b) => sum + c * bank.priorScale[b] * operators[b][i][j], 0),
        ),
      ),
    )
    expect(relativeError(generators.matrices().toArray(), expected)).toBeLessThan(1e-13)
  })

  it('members are its operators in units of the prior scales', () => {
    const bank = banks[name]()
    const expected = operatorsOf(bank).map((operator, b) =>
      operator.map((row) => row.map((value) => value * bank.priorScale[b])),
    )
    expect(relativeError(bankMembers(bank).create(request()).matrices().toArray(), expected)).toBeLessThan(
      1e-13,
    )
  })

  it.each(ways)('$order with $family has the value that the same matrices give it', ({ family, order }) => {
    const bank = banks[name]()
    const scaled = operatorsOf(bank).map((operator, b) =>
      operator.map((row) => row.map((value) => value * bank.priorScale[b])),
    )
    const asMatrices = family === 'fromBank' ? basis(scaled) : fixed(scaled)
    const valueOf = (generators: GeneratorParametrisation) =>
      numbersOf(termOf(orders[order]({ generators, ridge: { absolute: 0.01 } }), model(), data()))[order]
    expect(valueOf(families[family](bank)) / valueOf(asMatrices)).toBeCloseTo(1, 10)
  })

  it.each(ways)('$order with $family has the gradient that central differences see', ({ family, order }) => {
    const objective = orders[order]({
      weight: 1,
      initialScale: 0.5,
      generators: families[family](banks[name]()),
      ridge: { absolute: 0.1 },
      differentiateEpsilon: true,
    } as LieGroupOptions)
    const net = model()
    const run = startedOn(objective, net, data())
    const parameters = [...net.parameters, ...run.parameters]
    checkGradients(
      (values: readonly Tensor[]) =>
        withValues(parameters, values, () => termOfRun(run, data('float64', 4)).loss),
      parameters.map(({ value }) => value),
    )
  })
})

describe.each(['float32', 'float64'] as const)('in %s', (dtype) => {
  const trained = async ({ family, order }: (typeof ways)[number], bank: string, replay = true) => {
    const net = model(dtype)
    const history = await fit(net, data(dtype, 20), {
      epochs: 4,
      batchSize: 8,
      optimizer: adam({ learningRate: 0.01 }),
      objective: [
        reconstruction(),
        orders[order]({ weight: 1, generators: families[family](banks[bank]()) }),
      ],
      replay,
    })
    const { parameters } = history.objectives[1]
    return { history, weights: [...net.parameters, ...parameters].map(({ value }) => [...value.dataSync()]) }
  }

  it.each(ways)('$order with $family is replayed to the bits of eager steps', async (way) => {
    const [replayed, eager] = [await trained(way, 'learned'), await trained(way, 'learned', false)]
    expect(replayed.history.execution).toMatchObject({ obstacle: null })
    expect(replayed.history.execution.replayed).toBeGreaterThan(5)
    expect(replayed.weights).toEqual(eager.weights)
    expect(replayed.history.diagnostics).toEqual(eager.history.diagnostics)
  })

  describe('on both backends', () => {
    afterAll(() => init())

    it.each(ways)('$order with $family learns the same numbers', async (way) => {
      for (const bank of ['learned', 'image']) {
        await init({ backend: 'reference' })
        const reference = await trained(way, bank)
        await init()
        const wasm = await trained(way, bank)
        wasm.weights.forEach((values, i) => {
          expect(relativeError(values, reference.weights[i])).toBeLessThan(dtype === 'float32' ? 1e-3 : 1e-10)
        })
      }
    })
  })
})

it('the mixing is all that training changes of generators', async () => {
  const seen: unknown[] = []
  const { objectives } = await fit(model(), data(), {
    epochs: 3,
    batchSize: 8,
    optimizer: adam(),
    objective: [reconstruction(), lieGroupFirstOrder({ weight: 1, generators: fromBank(banks.learned()) })],
    onEpoch: (_record, _progress, [, run]) => void seen.push(run.parameters[0].value.toArray()),
  })
  const [mixing, ...others] = objectives[1].parameters
  expect([mixing.name, mixing.value.shape, others]).toEqual([
    'lieGroupFirstOrder.generators.mixing',
    [2, 6],
    [],
  ])
  expect(new Set(seen.map((values) => JSON.stringify(values))).size).toBe(3)
})

it('ε of single pairs has a coordinate for each generator, or for each member', () => {
  for (const [generators, count] of [
    [fromBank(banks.learned(), 3), 3],
    [bankMembers(banks.learned()), 6],
  ] as const) {
    const run = startedOn(lieGroupFirstOrder({ generators }), model(), data())
    const { epsilon, norms } = run.epsilonOfPairs(data(), key(1), 5)
    expect([epsilon.shape, norms.shape]).toEqual([[5, count], [count]])
    expect(run.diagnostics(data(), key(1)).epsilonTimesNorm).toHaveLength(count)
  }
})

it('what tells a run from another is the bank', () => {
  const bank = learnedBank(warpedSeries(9, dimension, 0.1), { zNormalised: false })
  expect(lieGroupFirstOrder({ generators: fromBank(bank) }).settings).toMatchObject({
    generators: 'fromBank',
    'generators.bank': 'learned pca',
    'generators.bank.checksum': bank.settings.checksum,
  })
})

describe('is refused', () => {
  const start = (bank: GeneratorBank, changes: Partial<GeneratorRequest> = {}) =>
    Object.values(families).map((family) => () => family(bank).create(request(changes)))

  it.each([
    ['a series that keeps its moments', () => seriesBank({ length: dimension })],
    ['a learned bank that keeps moments', () => learnedBank(warpedSeries(9, dimension, 0.1))],
    ['trends', () => seriesBank({ length: dimension, parts: 'WT', zNormalised: false })],
    [
      'squares',
      () => ({
        ...fixedBank([identity]),
        tangents: (x: Tensor) => fixedBank([identity]).tangents(mul(x, x)),
      }),
    ],
    [
      'a constant',
      () => ({
        ...fixedBank([identity]),
        tangents: (x: Tensor) => add(fixedBank([identity]).tangents(x), 1),
      }),
    ],
  ])('what is not linear in x: %s', (_, make) => {
    for (const dtype of ['float32', 'float64'] as const)
      for (const create of start(make(), { dtype }))
        expect(create).toThrow(
          /^(fromBank|bankMembers): bank: expected tangents G_b x that are linear in x, /,
        )
  })

  it('no bank, a count that is none, another dimension, tangents of another shape', () => {
    expect(() => fromBank(identity as never)).toThrow('fromBank: bank: expected seriesBank(), imageBank(), …')
    expect(() => bankMembers(undefined as never)).toThrow('bankMembers: bank: expected seriesBank()')
    expect(() => fromBank(banks.image(), 0)).toThrow(
      'fromBank: count: expected an integer of at least 1, got 0',
    )
    for (const create of start(turningBank()))
      expect(create).toThrow(/bank: expected one of the data's dimension d = 12, got 'turning' of d = 3$/)
    for (const create of start({ ...banks.fixed(), tangents: (x: Tensor) => x }))
      expect(create).toThrow('fixed: tangents: expected float64 [4, 3, 12], got ')
  })
})

import { init, key, max, min, standardDeviation, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { seriesBank } from '../banks/series-bank.ts'
import { flat, float64, largest, relativeError } from '../testing/golden.ts'
import { transposed } from '../testing/transposed.ts'
import { bankMembers } from './bank-members.ts'
import { basis } from './basis.ts'
import { fixed } from './fixed.ts'
import { fromBank } from './from-bank.ts'
import { full, fullFrom } from './full.ts'
import type { GeneratorParametrisation, GeneratorRequest } from './generator-model.ts'
import { lowRank } from './low-rank.ts'
import { skewSymmetric } from './skew-symmetric.ts'

beforeAll(() => init())

const request = (changes: Partial<GeneratorRequest> = {}): GeneratorRequest => ({
  name: 'term',
  bottleneck: 2,
  dimension: 4,
  key: key(0),
  dtype: 'float64',
  initialScale: 0.01,
  ...changes,
})

const known = [0, 1, 2].map((k) => Array.from({ length: 4 }, (_, i) => [k + i, 1, -i, 2 * k]))

const bank = seriesBank({ length: 4, bumps: 2, zNormalised: false })

const parametrisations: Record<string, () => GeneratorParametrisation> = {
  full: () => full(),
  fullFrom: () => fullFrom(known),
  lowRank: () => lowRank(2),
  skewSymmetric: () => skewSymmetric(),
  fixed: () => fixed(known),
  basis: () => basis(known),
  fromBank: () => fromBank(bank),
  bankMembers: () => bankMembers(bank),
}

describe.each(Object.keys(parametrisations))('%s', (name) => {
  it('applies to rows what its matrices are', () => {
    const model = parametrisations[name]().create(request())
    const matrices = model.matrices().toArray() as number[][][]
    expect(matrices).toHaveLength(model.count)
    const rows = key(1).normal([3, 4], 'float64')
    const expected = (rows.toArray() as number[][]).map((row) =>
      matrices.map((G) => G.map((line) => line.reduce((total, value, j) => total + value * row[j], 0))),
    )
    expect(relativeError(model.apply(rows).toArray(), expected)).toBeLessThan(1e-13)
  })

  it('passes its own learning rate to everything that it learns', () => {
    const rates = (learningRate?: number) =>
      parametrisations[name]()
        .create(request({ learningRate }))
        .parameters.map((p) => p.learningRate)
    expect(rates(0.03).every((rate) => rate === 0.03)).toBe(true)
    expect(rates().every((rate) => rate === undefined)).toBe(true)
  })

  it('starts from the same numbers for the same key', () => {
    const start = () => parametrisations[name]().create(request()).matrices().toArray()
    expect(start()).toEqual(start())
  })
})

it.each(['full', 'lowRank', 'skewSymmetric', 'basis', 'fromBank'])(
  '%s starts elsewhere for another key',
  (name) => {
    const start = (seed: number) =>
      parametrisations[name]()
        .create(request({ key: key(seed) }))
        .matrices()
        .toArray()
    expect(start(0)).not.toEqual(start(1))
  },
)

const spread = (t: Tensor) => standardDeviation(t).item()

it('full and lowRank start with entries of the initial scale, skewSymmetric with that over √2', () => {
  const start = (of: GeneratorParametrisation) =>
    spread(of.create(request({ bottleneck: 6, dimension: 100, initialScale: 0.3 })).matrices())
  expect(start(full()) / 0.3).toBeCloseTo(1, 1)
  expect(start(lowRank(3)) / 0.3).toBeCloseTo(1, 1)
  expect((start(skewSymmetric()) / 0.3) * Math.SQRT2).toBeCloseTo(1, 1)
})

it('counts generators by the bottleneck unless told otherwise', () => {
  for (const make of [
    full,
    skewSymmetric,
    (count?: number) => lowRank(2, count),
    (count?: number) => basis(known, count),
    (count?: number) => fromBank(bank, count),
  ]) {
    expect(make().create(request()).matrices().shape).toEqual([2, 4, 4])
    expect(make(5).create(request()).matrices().shape).toEqual([5, 4, 4])
  }
})

it('skewSymmetric is skew whatever it learns', () => {
  const model = skewSymmetric().create(request())
  model.parameters[0].value = key(3).normal([2, 4, 4], 'float64')
  const matrices = model.matrices()
  const negative = flat(transposed(matrices).toArray()).map((value) => -value)
  expect(flat(matrices.toArray())).toEqual(negative.map((value) => value + 0))
  expect(largest(matrices.toArray())).toBeGreaterThan(0.1)
})

it('lowRank learns 2·count·d·rank numbers, basis and fromBank count·B, fixed and bankMembers none', () => {
  const learned = (of: GeneratorParametrisation) =>
    of.create(request()).parameters.reduce((total, parameter) => total + parameter.value.size, 0)
  expect(learned(lowRank(2))).toBe(2 * 2 * 4 * 2)
  expect(learned(basis(known))).toBe(2 * 3)
  expect(learned(fromBank(bank))).toBe(2 * 4)
  expect(learned(fixed(known))).toBe(0)
  expect(learned(bankMembers(bank))).toBe(0)
  expect(learned(full())).toBe(2 * 4 * 4)
})

it('basis mixes its bank', () => {
  const model = basis(known).create(request())
  model.parameters[0].value = float64([
    [1, 0, 2],
    [0, -1, 0],
  ])
  const mixed = [
    known[0].map((row, i) => row.map((v, j) => v + 2 * known[2][i][j])),
    known[1].map((row) => row.map((v) => -v)),
  ]
  expect(relativeError(model.matrices().toArray(), mixed)).toBeLessThan(1e-14)
})

it('fixed and fullFrom take tensors of any floating dtype, in the dtype of the model', () => {
  const given = tensor(known)
  for (const model of [fixed(given).create(request()), fullFrom(given).create(request())]) {
    expect(model.matrices().dtype).toBe('float64')
    expect(model.matrices().toArray()).toEqual(known)
  }
})

it('fullFrom learns a copy', () => {
  const given = float64(known)
  const [parameter] = fullFrom(given).create(request()).parameters
  parameter.value.dispose()
  expect([max(given).item(), min(given).item()]).toEqual([5, -3])
})

it('errors name the option, or the shape that does not fit the data', () => {
  expect(() => lowRank(0)).toThrow('lowRank: rank: expected an integer of at least 1, got 0')
  expect(() => lowRank(5).create(request())).toThrow(
    'lowRank: expected a rank of at most the data dimension 4, got 5',
  )
  expect(() => full(1.5)).toThrow('full: count: expected an integer of at least 1, got 1.5')
  expect(() => fixed([[[1, 2]]]).create(request())).toThrow(
    'fixed: expected matrices [count, 4, 4] for data of dimension 4, got [1, 1, 2]',
  )
  expect(() => basis([[[1]]]).create(request())).toThrow('basis: expected matrices [count, 4, 4]')
})

import { init, key, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AutoencoderOptions, autoencoder } from '../build/autoencoder.ts'
import { explain } from './explain.ts'
import { sharesByColumn } from './shares-by-column.ts'

beforeAll(() => init())

const options = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  bottleneck: fc.integer({ min: 1, max: 3 }),
  activation: fc.constantFrom('relu', 'abs', 'leakyRelu'),
  bottleneckActivation: fc.constantFrom('relu', 'identity'),
}) as fc.Arbitrary<Partial<AutoencoderOptions>>

const modelOf = (given: Partial<AutoencoderOptions>) =>
  autoencoder({
    input: 5,
    bottleneck: 2,
    encoderHidden: [7],
    decoderHidden: [6],
    dtype: 'float64',
    ...given,
  })

/** Squared errors of single columns of one row. */
const squares = (model: ReturnType<typeof modelOf>, row: readonly number[]): number[] => {
  const x = tensor([[...row]], { dtype: 'float64' })
  const [made] = model.reconstruct(x).toArray() as number[][]
  return row.map((value, j) => (value - made[j]) ** 2)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('an explanation', () => {
  test('shares out the squared error exactly', () => {
    fc.assert(
      fc.property(options, (given) => {
        const model = modelOf(given)
        const x = key(given.seed ?? 0).normal([4, 5], { dtype: 'float64' })
        const { shares } = explain(model, x)
        ;(x.toArray() as number[][]).forEach((row, i) => {
          const each = squares(model, row)
          each.forEach((square, j) => {
            expect(shares[i * 5 + j]).toBeCloseTo(square / sum(each), 12)
          })
        })
      }),
      { numRuns: 30 },
    )
  })

  test('names a change that takes away its share wherever the region stays, to the lowest error', () => {
    let staying = 0
    fc.assert(
      fc.property(options, (given) => {
        const model = modelOf(given)
        const x = key(given.seed ?? 0).normal([6, 5], { dtype: 'float64' })
        const { cause, causeShare, expected, stays } = explain(model, x)
        ;(x.toArray() as number[][]).forEach((row, i) => {
          if (stays[i] === 0) return
          staying++
          const before = sum(squares(model, row))
          const best = row.with(cause[i], expected[i])
          expect(sum(squares(model, best))).toBeCloseTo(before * (1 - causeShare[i]), 10)
          expect(sum(squares(model, best.with(cause[i], expected[i] + 1e-4)))).toBeGreaterThanOrEqual(
            sum(squares(model, best)) - 1e-12,
          )
        })
      }),
      { numRuns: 60 },
    )
    expect(staying).toBeGreaterThan(20)
  })

  test('takes away more than a change of any other input, by numeric differentiation', () => {
    fc.assert(
      fc.property(options, (given) => {
        const model = modelOf(given)
        const x = key(given.seed ?? 0).normal([4, 5], { dtype: 'float64' })
        const { cause, causeShare } = explain(model, x)
        const residual = (row: readonly number[]) => {
          const [made] = model.reconstruct(tensor([[...row]], { dtype: 'float64' })).toArray() as number[][]
          return row.map((value, j) => value - made[j])
        }
        ;(x.toArray() as number[][]).forEach((row, i) => {
          const r = residual(row)
          const shares = row.map((value, j) => {
            const slope = residual(row.with(j, value + 1e-7)).map((moved, k) => (moved - r[k]) / 1e-7)
            const along = sum(slope.map((s, k) => s * r[k]))
            return along ** 2 / (sum(slope.map((s) => s * s)) * sum(r.map((s) => s * s)))
          })
          expect(causeShare[i]).toBeCloseTo(Math.max(...shares), 5)
          expect(shares[cause[i]]).toBeCloseTo(Math.max(...shares), 5)
        })
      }),
      { numRuns: 30 },
    )
  })

  test('finds the input that was spoiled, where the largest share may lie elsewhere', () => {
    // Four inputs that are always equal, of which the code is a weighted sum: the first one rules it.
    const model = autoencoder({
      input: 4,
      bottleneck: 1,
      encoderHidden: [],
      decoderHidden: [],
      bottleneckActivation: 'identity',
      bias: false,
    })
    const weights = model.parameters.filter(({ name }) => name.endsWith('weight'))
    weights[0].value = tensor([[0.7, 0.1, 0.1, 0.1]])
    weights[1].value = tensor([[1], [1], [1], [1]])
    const found = explain(model, tensor([[6, 1, 1, 1]]))
    expect(found.shares[0]).toBeLessThan(0.1)
    expect(found.cause[0]).toBe(0)
    expect(found.causeShare[0]).toBeCloseTo(1, 5)
    expect(found.expected[0]).toBeCloseTo(1, 5)
    expect(found.stays[0]).toBe(1)
  })

  test('says nothing of a row without an error, and is the same row by row', () => {
    const model = autoencoder({
      input: 2,
      bottleneck: 2,
      encoderHidden: [],
      decoderHidden: [],
      bottleneckActivation: 'identity',
      bias: false,
    })
    for (const parameter of model.parameters)
      if (parameter.name.endsWith('weight'))
        parameter.value = tensor([
          [1, 0],
          [0, 1],
        ])
    expect(explain(model, tensor([[3, 4]]))).toEqual({
      shares: Float64Array.of(0, 0),
      cause: Int32Array.of(-1),
      causeShare: Float64Array.of(0),
      expected: Float64Array.of(Number.NaN),
      stays: Uint8Array.of(0),
    })
    const other = modelOf({ dtype: 'float32', seed: 3 })
    const x = key(4).normal([300, 5])
    const all = explain(other, x)
    const last = explain(other, tensor([(x.toArray() as number[][])[299]]))
    expect(all.cause[299]).toBe(last.cause[0])
    expect(all.shares.subarray(299 * 5)).toEqual(last.shares)
  })

  test('refuses what is no model and no rows', () => {
    expect(() => explain({} as never, tensor([[1]]))).toThrow('explain: model: expected an Autoencoder, got')
    expect(() => explain(modelOf({}), tensor([[1, 2]], { dtype: 'float64' }))).toThrow(/^explain: /)
  })
})

test('shares of windows are added up over time, and each row of them still sums to 1', () => {
  const model = autoencoder({ input: 6, bottleneck: 2, seed: 2 })
  const { shares } = explain(model, key(5).normal([3, 6]))
  const sums = sharesByColumn(shares, 3, 2, 3)
  expect(sums[4]).toBeCloseTo(shares[6 + 1] + shares[6 + 4], 15)
  for (let i = 0; i < 3; i++) expect(sum([...sums.subarray(3 * i, 3 * i + 3)])).toBeCloseTo(1, 12)
  expect(() => sharesByColumn(shares, 3, 2, 2)).toThrow(
    'sharesByColumn: shares: expected 3 · 2 · 2 numbers, got 18',
  )
})

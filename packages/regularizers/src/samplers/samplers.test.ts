import { init, key, type Tensor, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { flat, float64 } from '../testing/golden.ts'
import { aroundCodes } from './around-codes.ts'
import { codeBox } from './code-box.ts'
import { fixedPairs } from './fixed-pairs.ts'
import { interpolate } from './interpolate.ts'
import { namedSampler, type SamplerName } from './named.ts'
import { normal } from './normal.ts'
import type { Sampler, SamplerContext } from './sampler.ts'

beforeAll(() => init())

const someCodes = () =>
  float64([
    [0, 1],
    [2, 5],
    [1, 3],
    [0.5, 1],
  ])

const context = (changes: Partial<SamplerContext> = {}): SamplerContext => ({
  pairs: 200,
  bottleneck: 2,
  dtype: 'float64',
  nonNegative: false,
  codes: someCodes,
  key: key(0),
  ...changes,
})

const columns = (t: Tensor) => {
  const rows = t.toArray() as number[][]
  return [0, 1].map((i) => rows.map((row) => row[i]))
}

function sampled(sampler: Sampler, changes: Partial<SamplerContext> = {}) {
  const { theta, thetaPrime } = sampler.sample(context(changes))
  return { theta: columns(theta), thetaPrime: columns(thetaPrime) }
}

const names: SamplerName[] = ['normal', 'codeBox', 'aroundCodes', 'interpolate']

describe.each(names)('%s', (name) => {
  const draw = (changes: Partial<SamplerContext>) => {
    const { theta, thetaPrime } = namedSampler('test', name).sample(context(changes))
    return [theta, thetaPrime]
  }

  it('draws as many pairs as asked for, of the dtype asked for', () => {
    for (const pairs of [1, 7]) {
      for (const dtype of ['float32', 'float64'] as const) {
        const codes = () =>
          tensor(
            [
              [0, 1],
              [2, 5],
            ],
            { dtype },
          )
        for (const points of draw({ pairs, dtype, codes })) {
          expect(points.shape).toEqual([pairs, 2])
          expect(points.dtype).toBe(dtype)
        }
      }
    }
  })

  it("draws the same for the same key, and θ and θ' apart for another", () => {
    const numbers = (seed: number) => draw({ key: key(seed) }).map((points) => flat(points.toArray()))
    expect(numbers(1)).toEqual(numbers(1))
    const [one, other] = [numbers(1), numbers(2)]
    expect(one[0]).not.toEqual(other[0])
    expect(one[1].map((v, i) => v - one[0][i])).not.toEqual(other[1].map((v, i) => v - other[0][i]))
  })

  it('stays finite for one sample, and where all codes are equal', () => {
    for (const codes of [
      () => float64([[1, 2]]),
      () =>
        float64([
          [1, 2],
          [1, 2],
        ]),
    ]) {
      for (const points of draw({ codes })) expect(flat(points.toArray()).every(Number.isFinite)).toBe(true)
    }
  })
})

/** Every number is in [low, high], and they come within a tenth of its length to both ends. */
function expectFills(values: readonly number[], low: number, high: number): void {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  expect(least).toBeGreaterThanOrEqual(low)
  expect(most).toBeLessThanOrEqual(high)
  expect(least).toBeLessThan(low + (high - low) / 10)
  expect(most).toBeGreaterThan(high - (high - low) / 10)
}

describe('codeBox', () => {
  it('fills the box of the codes and 10 % of its span on each side', () => {
    const { theta } = sampled(codeBox())
    expectFills(theta[0], -0.2, 2.2)
    expectFills(theta[1], 0.6, 5.4)
  })

  it("moves θ' by up to 10 % of the span", () => {
    const { theta, thetaPrime } = sampled(codeBox())
    expectFills(
      thetaPrime[0].map((value, n) => value - theta[0][n]),
      -0.2,
      0.2,
    )
    expectFills(
      thetaPrime[1].map((value, n) => value - theta[1][n]),
      -0.4,
      0.4,
    )
  })

  it('takes margin and noise in spans', () => {
    const { theta, thetaPrime } = sampled(codeBox({ margin: 0.05, noise: 0.15 }))
    expectFills(theta[1], 0.8, 5.2)
    expectFills(
      thetaPrime[1].map((value, n) => value - theta[1][n]),
      -0.6,
      0.6,
    )
  })

  it('stays in its box for any codes', () => {
    const code = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 997)
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code), { minLength: 1, maxLength: 6 }), fc.nat(), (rows, seed) => {
        const { theta } = sampled(codeBox(), { codes: () => float64(rows), key: key(seed), pairs: 20 })
        for (const i of [0, 1]) {
          const own = rows.map((row) => row[i])
          const [low, high] = [Math.min(...own), Math.max(...own)]
          const reach = 0.1 * (high - low) + 1e-12 * Math.max(Math.abs(low), Math.abs(high))
          expect(Math.min(...theta[i])).toBeGreaterThanOrEqual(low - reach)
          expect(Math.max(...theta[i])).toBeLessThanOrEqual(high + reach)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('aroundCodes', () => {
  it('stays within 10 % of the span of a code', () => {
    const { theta } = sampled(aroundCodes())
    const codes = someCodes().toArray() as number[][]
    theta[0].forEach((value, n) => {
      const near = codes.some(([a, b]) => Math.abs(value - a) <= 0.2 && Math.abs(theta[1][n] - b) <= 0.4)
      expect(near).toBe(true)
    })
  })

  it('comes to every code', () => {
    const { theta } = sampled(aroundCodes({ noise: 0 }))
    expect([...new Set(theta[0])].sort()).toEqual([0, 0.5, 1, 2])
  })
})

describe('interpolate', () => {
  it('lies on the segment between two codes', () => {
    const { theta } = sampled(interpolate(), {
      codes: () =>
        float64([
          [0, 1],
          [2, 5],
        ]),
    })
    expectFills(theta[0], 0, 2)
    theta[0].forEach((value, n) => {
      expect(theta[1][n]).toBeCloseTo(1 + 2 * value, 12)
    })
  })
})

describe('normal', () => {
  it("is N(0, I), and θ' 0.1 · N(0, I) from it", () => {
    const { theta, thetaPrime } = sampled(normal(), { pairs: 4000 })
    const deviation = (values: number[]) =>
      Math.sqrt(values.reduce((total, v) => total + v * v, 0) / values.length)
    expect(deviation(theta[0])).toBeCloseTo(1, 1)
    expect(deviation(thetaPrime[1].map((value, n) => value - theta[1][n]))).toBeCloseTo(0.1, 2)
  })

  it('looks at no data', () => {
    const codes = () => {
      throw new Error('codes were asked for')
    }
    expect(() => sampled(normal(), { codes })).not.toThrow()
  })
})

it('all but normal stay at 0 or above where the bottleneck is ReLU', () => {
  const least = (name: SamplerName) => {
    const { theta, thetaPrime } = sampled(namedSampler('test', name), { nonNegative: true })
    return Math.min(...theta[0], ...thetaPrime[0])
  }
  expect(least('codeBox')).toBe(0)
  expect(least('aroundCodes')).toBe(0)
  expect(least('interpolate')).toBe(0)
  expect(least('normal')).toBeLessThan(-1)
})

it('fixedPairs gives its pairs, and only to their bottleneck', () => {
  const pairs = fixedPairs(float64([[1, 2]]), float64([[3, 4]]))
  expect(pairs.sample(context()).theta.toArray()).toEqual([[1, 2]])
  expect(pairs.sample(context()).thetaPrime.toArray()).toEqual([[3, 4]])
  expect(() => pairs.sample(context({ bottleneck: 3 }))).toThrow(
    'fixedPairs: expected pairs [P, 3] for this bottleneck, got [1, 2]',
  )
  expect(() => fixedPairs(float64([[1, 2]]), float64([[1]]))).toThrow(
    'fixedPairs: expected theta and thetaPrime [P, h]',
  )
})

it('options are checked by name and range', () => {
  expect(() => codeBox({ margins: 1 } as object)).toThrow(
    "codeBox: unknown option 'margins'; did you mean 'margin'? Known: margin, noise",
  )
  expect(() => codeBox({ margin: -1 })).toThrow(
    'codeBox: margin: expected a finite number of at least 0, got -1',
  )
  expect(() => normal({ noise: Number.NaN })).toThrow(
    'normal: noise: expected a finite number of at least 0, got NaN',
  )
  expect(() => namedSampler('test', 'uniform' as SamplerName)).toThrow(
    "test: sampler: expected one of normal, codeBox, aroundCodes, interpolate, got 'uniform'",
  )
})

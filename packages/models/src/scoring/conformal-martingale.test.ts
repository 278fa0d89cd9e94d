import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { saidOf } from '../testing/streams.ts'
import { calibrate } from './calibration.ts'
import { conformalMartingale } from './conformal-martingale.ts'
import { onlinePValues } from './online-p-values.ts'
import { pValues } from './p-values.ts'

beforeAll(() => init())

/** The capital after these p-values, by its definition: five bets, of which a share is spread over all before each row. */
function capitalOf(pValues: ArrayLike<number>): number {
  const slopes = [-2, -1, 0, 1, 2]
  let capitals = slopes.map(() => 1 / 5)
  let sum = 1
  for (let i = 0; i < pValues.length; i++) {
    const jump = 1 / (2 * (i + 2))
    const spread: number = (jump * sum) / 5
    capitals = capitals.map((c, k) => ((1 - jump) * c + spread) * (1 + slopes[k] * (pValues[i] - 0.5)))
    sum = capitals.reduce((a, b) => a + b)
  }
  return sum
}

describe('a conformal martingale', () => {
  test('is the capital of the Simple Jumper', () => {
    const p = key(3)
      .uniformArray(200)
      .map((u) => 1 - u ** 0.8)
    const martingale = conformalMartingale()
    martingale.update(p)
    expect(martingale.log10).toBeCloseTo(Math.log10(capitalOf(p)), 10)
    expect(martingale.rows).toBe(200)
  })

  test('is 1 on average over all p-values of the next row', () => {
    const before = key(4)
      .uniformArray(50)
      .map((u) => 1 - u)
    const now = conformalMartingale()
    now.update(before)
    const state = now.toJSON()
    // Bets are linear in p: the mean of the values at the middles of cells is the integral.
    const cells = 8
    const means = Array.from({ length: cells }, (_, i) => {
      const next = conformalMartingale({ state })
      next.update([(i + 0.5) / cells])
      return 10 ** (next.log10 - now.log10)
    })
    expect(means.reduce((a, b) => a + b) / cells).toBeCloseTo(1, 12)
  })

  test('says changed once it has been at least 1 / level, and goes on saying so', () => {
    const martingale = conformalMartingale({ level: 0.05 })
    while (!martingale.changed) {
      expect(martingale.highest).toBeLessThan(Math.log10(20))
      martingale.update([0.01])
    }
    expect(martingale.highest).toBe(martingale.log10)
    expect(martingale.highest).toBeGreaterThanOrEqual(Math.log10(20))
    martingale.update(
      key(5)
        .uniformArray(400)
        .map((u) => 1 - u),
    )
    expect(martingale.log10).toBeLessThan(martingale.highest)
    expect(martingale.changed).toBe(true)
  })

  test('notices rows that are too good as well', () => {
    const martingale = conformalMartingale()
    martingale.update(new Float64Array(20).fill(0.95))
    expect(martingale.changed).toBe(true)
  })

  test('is finite after a million of the smallest and the largest p-values', () => {
    for (const p of [Number.MIN_VALUE, 1]) {
      const martingale = conformalMartingale()
      martingale.update(new Float64Array(1e6).fill(p))
      expect(martingale.log10).toBeGreaterThan(2e5)
      expect(martingale.log10).toBeLessThan(1e6 * Math.log10(2))
      martingale.update([p === 1 ? Number.MIN_VALUE : 1, 0.5])
      expect(Number.isFinite(martingale.log10)).toBe(true)
    }
  })

  test('goes on bit for bit from what JSON says of it, at another level if that is wanted', () => {
    const p = key(6)
      .uniformArray(300)
      .map((u) => 1 - u)
    const whole = conformalMartingale()
    whole.update(p)
    const first = conformalMartingale()
    first.update(p.subarray(0, 123))
    const state = JSON.parse(JSON.stringify(first))
    const second = conformalMartingale({ state })
    second.update(p.subarray(123))
    expect(second.toJSON()).toEqual(whole.toJSON())
    const strict = conformalMartingale({ state: { ...state, highest: 1.5 }, level: 0.01 })
    const easy = conformalMartingale({ state: { ...state, highest: 1.5 }, level: 0.05 })
    expect([strict.changed, easy.changed]).toEqual([false, true])
  })

  test('leaves out NaN, and refuses what is no p-value before it bets on any', () => {
    const martingale = conformalMartingale()
    martingale.update([Number.NaN])
    expect(martingale.toJSON()).toEqual(conformalMartingale().toJSON())
    for (const wrong of [0, -0.1, 1.01, Infinity, '0.5', null]) {
      expect(() => martingale.update([0.5, wrong as number])).toThrow(
        'conformalMartingale: pValues: expected numbers above 0 and at most 1, got',
      )
    }
    expect(martingale.rows).toBe(0)
    expect(() => martingale.update(3 as never)).toThrow(
      'conformalMartingale: pValues: expected a list of numbers, got 3',
    )
  })

  test('refuses levels that are no shares and states that it did not write', () => {
    for (const level of [0, 1, -1, Number.NaN, '0.1']) {
      expect(() => conformalMartingale({ level: level as number })).toThrow(
        'conformalMartingale: level: expected a number above 0 and below 1, got',
      )
    }
    const good = conformalMartingale().toJSON()
    const made = (change: object) => () => conformalMartingale({ state: { ...good, ...change } })
    expect(made({ shares: [0.5, 0.5] })).toThrow(
      'conformalMartingale: state: expected 5 shares of at least 0 with sum 1',
    )
    expect(made({ shares: [1, 1, 0, 0, -1] })).toThrow('expected 5 shares of at least 0 with sum 1')
    expect(made({ log10: Number.NaN })).toThrow('expected finite logarithms')
    expect(made({ highest: -1 })).toThrow('the highest at least 0 and the one now, found -1 and 0')
    expect(made({ rows: -1 })).toThrow('state.rows: expected a whole number of at least 0, found -1')
    expect(made({ more: 1 })).toThrow('expected fields among rows, log10, highest, shares')
  })

  test('says changed in no more than 1 % of streams where nothing changed, and 50 rows after errors grow by half', () => {
    // Of 100 streams with a probability of 1 % five say so once in 300 times; the slow test has 2,000.
    const stream = { calibrating: 200, rows: 1000, factor: 1.5, deviation: 0.4 }
    expect(saidOf(100, { ...stream, change: 1000 }).early).toBeLessThan(0.05)
    const { said, rows } = saidOf(100, { ...stream, change: 500 })
    expect(said).toBeGreaterThan(0.95)
    expect(rows).toBeLessThan(50)
  })

  test('with p-values that share their calibrating errors it would find these, and so they are not for it', () => {
    const says = { shared: 0, online: 0 }
    for (let seed = 0; seed < 40; seed++) {
      const errors = key(seed).uniformArray(40 + 4000)
      const calibration = calibrate(errors.subarray(0, 40))
      const [shared, online] = [conformalMartingale(), conformalMartingale()]
      shared.update(pValues(calibration, errors.subarray(40)))
      online.update(onlinePValues(calibration, { seed }).next(errors.subarray(40)))
      says.shared += Number(shared.changed)
      says.online += Number(online.changed)
    }
    expect(says.shared).toBeGreaterThan(10)
    // Three of 40 at 1 % happen once in 130 times.
    expect(says.online).toBeLessThan(3)
  })

  test('does not take for a change that calibrating rows are few, or that both parts have odd rows', () => {
    const errors = key(8)
      .uniformArray(10_400)
      .map((u, i) => (1 + u) * (i % 50 === 7 ? 1e6 : 1))
    for (const n of [10, 400]) {
      const martingale = conformalMartingale()
      martingale.update(onlinePValues(calibrate(errors.subarray(0, n))).next(errors.subarray(n)))
      expect(martingale.changed).toBe(false)
    }
  })
})

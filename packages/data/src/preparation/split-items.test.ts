import { init, key, zeros } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { split } from '../split.ts'
import { groupsOf, parsedSamples, timesOf } from '../testing/parsed-samples.ts'
import { itemsOf } from './items.ts'
import { splitItems } from './split-items.ts'

beforeAll(() => init())

const series = (n: number, facts = {}) =>
  parsedSamples(
    Array.from({ length: n }, (_, i) => [i]),
    facts,
  )

describe('splitItems', () => {
  it('holds out at random the samples that split does, so that trainings repeat', () => {
    const parts = split(zeros([37, 2]), { validation: 0.3, key: key(5).child('split') })
    const items = splitItems(itemsOf(series(37), null), {
      validation: 0.3,
      key: key(5).child('split'),
      by: 'random',
    })
    expect(items).toEqual({ train: parts.trainIndices, validation: parts.validationIndices, between: 0 })
  })

  it('holds out the last rows in time, in whatever order the file has them', () => {
    const items = itemsOf(series(5, { time: timesOf([40, 10, 50, 20, 30]) }), null)
    expect(splitItems(items, { validation: 0.4, key: key(0), by: 'time' })).toEqual({
      train: Int32Array.of(1, 3, 4),
      validation: Int32Array.of(0, 2),
      between: 0,
    })
  })

  it('puts windows over the boundary in neither part', () => {
    const items = itemsOf(series(12), { length: 4, stride: 2 }) // begin at 0, 2, 4, 6, 8
    expect(splitItems(items, { validation: 0.2, key: key(0), by: 'time' })).toEqual({
      train: Int32Array.of(0, 1, 2),
      validation: Int32Array.of(4),
      between: 1,
    })
  })

  it('puts rows without a time in neither part', () => {
    const items = itemsOf(series(5, { time: timesOf([4, Number.NaN, 1, 2, 3]) }), null)
    expect(splitItems(items, { validation: 0.2, key: key(0), by: 'time' })).toEqual({
      train: Int32Array.of(2, 3, 4),
      validation: Int32Array.of(0),
      between: 1,
    })
  })

  it('parts all groups at one moment', () => {
    const time = timesOf([0, 1, 2, 3, 0, 1, 2, 3])
    const group = groupsOf(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'])
    const items = itemsOf(series(8, { time, group }), null)
    const { train, validation } = splitItems(items, { validation: 0.25, key: key(0), by: 'time' })
    expect([...validation]).toEqual([3, 7])
    expect([...train]).toEqual([0, 1, 2, 4, 5, 6])
  })

  it('holds nothing out for a share of 0', () => {
    const items = itemsOf(series(3), null)
    expect(splitItems(items, { validation: 0, key: key(0), by: 'time' })).toEqual({
      train: Int32Array.of(0, 1, 2),
      validation: new Int32Array(0),
      between: 0,
    })
  })

  it('makes parts that share no item, and by time no row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 60 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        fc.constantFrom('random' as const, 'time' as const),
        (n, length, stride, validation, by) => {
          const items = itemsOf(series(n), { length, stride })
          fc.pre(items.rows.count >= 6)
          let parts: ReturnType<typeof splitItems>
          try {
            parts = splitItems(items, { validation, key: key(n), by })
          } catch (error) {
            expect((error as Error).message).toMatch('expected items that end before')
            return
          }
          const { train, validation: held, between } = parts
          expect(new Set([...train, ...held]).size).toBe(train.length + held.length)
          expect(train.length + held.length + between).toBe(items.rows.count)
          expect(held.length).toBeGreaterThan(0)
          if (by === 'time') {
            const lastTrained = Math.max(...train.map((i) => items.starts[i])) + length - 1
            expect(lastTrained).toBeLessThan(Math.min(...held.map((i) => items.starts[i])))
          }
        },
      ),
    )
  })

  it('says what it cannot split', () => {
    const items = itemsOf(series(3), null)
    const options = { validation: 0.3, key: key(0), by: 'time' as const }
    expect(() => splitItems(items, { ...options, validation: 1 })).toThrow(
      'splitItems: validation: expected a share of at least 0 and below 1, got 1',
    )
    expect(() => splitItems(items, { ...options, by: 'order' as 'time' })).toThrow(
      "splitItems: by: expected one of random, time, got 'order'",
    )
    expect(() => splitItems(itemsOf(series(1), null), options)).toThrow('expected at least 2 items')
    expect(() => splitItems(itemsOf(series(4), { length: 3, stride: 1 }), options)).toThrow(
      'splitItems: by time: expected items that end before the last 1 of 2 begin, got none',
    )
    const at = itemsOf(series(3, { time: timesOf([1, 1, 1]) }), null)
    expect(() => splitItems(at, options)).toThrow('expected items that end before')
  })
})

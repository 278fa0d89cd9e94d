import { key } from '@facet/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitCount } from './bit-count.ts'
import type { Layout } from './joint-words.ts'
import { startPlainKernel, startWasmKernel } from './kernels.ts'
import { leafOrder, PART } from './leaves.ts'
import { SUMS } from './places.ts'
import { RegionSearch } from './region-search.ts'
import { Sketches } from './sketches.ts'

/** Groups of units of one bit, and of several. */
function layout(single: readonly number[], several: readonly (readonly [number, number])[]): Layout {
  let width = 0
  const groups = [...single.map((units) => [units, 1] as const), ...several].map(([units, bits]) => {
    const words = Math.ceil(units / 32)
    const from = width
    width += words * bits
    return { units, from, words, bits }
  })
  const singleWords = groups.slice(0, single.length).reduce((sum, { words }) => sum + words, 0)
  return { width, single: singleWords, groups }
}

/** Rows of `count` × width words, ones where `isOne` says so, padding left 0. */
function rowsOf({ width, groups }: Layout, count: number, isOne: (row: number, bit: number) => boolean) {
  const words = new Uint32Array(count * width)
  for (let r = 0; r < count; r++) {
    let bit = 0
    for (const { units, from, words: own, bits } of groups)
      for (let p = 0; p < bits; p++)
        for (let u = 0; u < units; u++)
          if (isOne(r, bit++)) words[r * width + from + p * own + (u >> 5)] |= 1 << (u & 31)
  }
  return words
}

/** Units in another state, counted one by one. */
function differingUnits({ width, groups }: Layout, a: Uint32Array, i: number, b: Uint32Array, j: number) {
  let count = 0
  for (const { units, from, words: own, bits } of groups)
    for (let u = 0; u < units; u++) {
      let other = 0
      for (let p = 0; p < bits; p++) {
        const at = from + p * own + (u >> 5)
        other |= ((a[i * width + at] ^ b[j * width + at]) >>> (u & 31)) & 1
      }
      count += other
    }
  return count
}

const aLayout = fc
  .record({
    single: fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 4 }),
    several: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 2, max: 4 })) as fc.Arbitrary<
        [number, number]
      >,
      { maxLength: 2 },
    ),
  })
  .filter(({ single, several }) => single.length + several.length > 0)
  .map(({ single, several }) => layout(single, several))

/** Bits that a few hidden numbers decide, as units of a network are, and the share of them that is noise. */
function correlatedRows(of: Layout, count: number, name: string, noise: number): Uint32Array {
  const bits = of.groups.reduce((sum, { units, bits }) => sum + units * bits, 0)
  const hidden = key(`${name} hidden`).normalArray(count * 3)
  const planes = key('planes').normalArray(bits * 4)
  const coins = key(`${name} coins`).uniformArray(2 * count * bits)
  return rowsOf(of, count, (r, bit) => {
    const coin = coins[2 * (r * bits + bit)]
    if (coin < noise) return coins[2 * (r * bits + bit) + 1] < 0.5
    let value = planes[bit * 4 + 3]
    for (let k = 0; k < 3; k++) value += planes[bit * 4 + k] * hidden[r * 3 + k]
    return value > 0
  })
}

describe.each([
  ['WebAssembly', startWasmKernel],
  ['plain JavaScript', startPlainKernel],
])('the search for the nearest region in %s', (_, start) => {
  /** Compares with all regions for every row asked for. */
  function expectSame(of: Layout, seen: Uint32Array, count: number, asked: Uint32Array): void {
    const search = new RegionSearch(seen, count, of, start)
    for (let n = 0; n * of.width < asked.length; n++) {
      const all = Array.from({ length: count }, (_, r) => differingUnits(of, asked, n, seen, r))
      const differing = Math.min(...all)
      search.look(asked, n * of.width)
      expect([search.differing, search.region]).toEqual([differing, all.indexOf(differing)])
    }
  }

  it('finds what counting every region finds, the first on ties, near and far away', () => {
    fc.assert(
      fc.property(
        aLayout,
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(0, 0.1, 1),
        fc.nat(),
        (of, count, noise, seed) => {
          const seen = correlatedRows(of, count, `seen ${seed}`, noise)
          expectSame(of, seen, count, correlatedRows(of, 3, `asked ${seed}`, noise))
          // Every bit the other way than where the first regions are.
          const all = rowsOf(of, 1, () => true)
          const turned = seen.subarray(0, 2 * of.width).map((word, i) => word ^ all[i % of.width])
          expectSame(of, seen, count, turned)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('finds it among regions of more units than sums of bytes hold, which are cut off', () => {
    const of = layout([6000, 3000], [[100, 3]])
    const seen = correlatedRows(of, 60, 'wide', 0.02)
    expectSame(of, seen, 60, correlatedRows(of, 3, 'asked of wide', 0.02))
    expectSame(
      of,
      seen,
      60,
      rowsOf(of, 2, (row) => row === 1),
    )
  })

  it('finds it where all regions are one, and where no unit varies', () => {
    const of = layout([40], [])
    const one = rowsOf(of, 1, (_, bit) => bit % 3 === 0)
    const same = rowsOf(of, 20, (_, bit) => bit % 3 === 0)
    const asked = rowsOf(of, 2, (row, bit) => bit % 3 === 0 || row === 1)
    expectSame(of, one, 1, asked)
    expectSame(of, same, 20, asked)
  })
})

describe('sketches', () => {
  it('are never further apart than the units that differ', () => {
    fc.assert(
      fc.property(
        fc.oneof(aLayout, fc.constant(layout([9000], []))),
        fc.constantFrom(0, 0.3, 1),
        fc.nat(),
        (of, noise, seed) => {
          const rows = correlatedRows(of, 12, `rows ${seed}`, noise)
          const sketches = new Sketches(rows, 12, of).of(rows, 12)
          for (let i = 0; i < 12; i++)
            for (let j = 0; j < i; j++) {
              let apart = 0
              for (let s = 0; s < SUMS; s++)
                apart += Math.abs(sketches[i * SUMS + s] - sketches[j * SUMS + s])
              expect(apart).toBeLessThanOrEqual(differingUnits(of, rows, i, rows, j))
            }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('put units that go together, or against each other, into one sum', () => {
    // Sixteen coins, and of each four units that follow it and four that are its opposite.
    const of = layout([16 * 8], [])
    const coins = key('coins').uniformArray(400 * 16)
    const rows = rowsOf(of, 400, (r, bit) => coins[r * 16 + (bit >> 3)] < 0.5 === bit % 8 < 4)
    const sketches = new Sketches(rows, 400, of).of(rows, 400)
    for (let r = 1; r < 400; r++) {
      let apart = 0
      for (let s = 0; s < SUMS; s++) apart += Math.abs(sketches[s] - sketches[r * SUMS + s])
      expect(apart).toBe(differingUnits(of, rows, 0, rows, r))
    }
  })
})

describe('the order of leaves', () => {
  it('has every region once, and then the last one until a part is full', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 1, max: 256 }),
        fc.nat(),
        (count, values, seed) => {
          const sketches = Uint8Array.from(key(`${seed}`).uniformArray(count * SUMS), (u) => u * values)
          const order = leafOrder(sketches, count)
          expect(order.length).toBe(Math.ceil(count / PART) * PART)
          expect([...order.subarray(0, count)].sort((a, b) => a - b)).toEqual([...Array(count).keys()])
          expect(order.subarray(count).every((region) => region === order[count - 1])).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
  })
})

it('counts the ones of a word', () => {
  fc.assert(
    fc.property(fc.integer(), (word) => {
      expect(bitCount(word)).toBe([...(word >>> 0).toString(2)].filter((bit) => bit === '1').length)
    }),
  )
})

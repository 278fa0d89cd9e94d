import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Key, key } from './key.ts'
import { purpose } from './purpose.ts'
import { threefry } from './threefry.ts'

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, v) => sum + v, 0) / values.length

function correlation(a: Float64Array, b: Float64Array): number {
  const product = a.map((v, i) => v * b[i])
  return mean(product) / Math.sqrt(mean(a.map((v) => v * v)) * mean(b.map((v) => v * v)))
}

/** Φ by the series of erf, good to 1e-12 for |z| < 6. */
function normalCdf(z: number): number {
  let term = z
  let sum = z
  for (let k = 1; k < 120; k++) {
    term *= (-z * z) / (2 * k)
    sum += term / (2 * k + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

const name = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary' }))

describe('key', () => {
  it('keeps the numbers it has always given', () => {
    expect(Array.from(key(0).uniformArray(3))).toEqual([
      0.02600861004250632, 0.9245345249307857, 0.9751200436551263,
    ])
    expect(Array.from(key(0).normalArray(3))).toEqual([
      -0.3904891162185131, -0.3567906227225586, -0.7068794606305066,
    ])
    expect(Array.from(key(0).integers(8, 0, 10))).toEqual([6, 0, 2, 5, 7, 2, 4, 6])
    expect(Array.from(key(0).permutation(8))).toEqual([7, 4, 1, 0, 5, 3, 6, 2])
    expect(key('weights').uniformArray(1)[0]).toBe(0.9361767894043745)
    expect(key(0).child('layer', 2, 'a name of more than eight bytes').uniformArray(1)[0]).toBe(
      0.02583614661178324,
    )
  })

  it('takes any whole number or text as its seed, and nothing else', () => {
    expect(() => key(1.5)).toThrow('key: expected a string or a whole number of at most 53 bits, got 1.5')
    expect(() => key(Number.NaN)).toThrow('got NaN')
    expect(() => key(2 ** 53)).toThrow('got 9007199254740992')
    expect(() => key(null as unknown as string)).toThrow('key: expected a string or a whole number, got null')
    expect(() => key(7n as unknown as number)).toThrow('a whole number, got 7')
    for (const wrong of [-(2 ** 53), 1e300, Number.POSITIVE_INFINITY])
      expect(() => key(wrong)).toThrow(`of at most 53 bits, got ${wrong}`)
    expect(() => key(0).child('a', 0.5)).toThrow('got 0.5')
  })
})

describe('Key.child', () => {
  it('walks a path one name at a time', () => {
    const path = key(3).child('a', 1, 'b').uniformArray(2)
    expect(key(3).child('a').child(1).child('b').uniformArray(2)).toEqual(path)
    expect(key(3).child().uniformArray(2)).toEqual(key(3).uniformArray(2))
  })

  it('gives different names different streams', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const same = Object.is(a === 0 ? 0 : a, b === 0 ? 0 : b)
        const [first, second] = [a, b].map((n) => key(0).child(n).uniformArray(1)[0])
        expect(first === second).toBe(same)
      }),
    )
  })

  it('tells apart names that only look alike', () => {
    const alike = [
      key(0).child(1),
      key(0).child('1'),
      key(0).child(-1),
      key(0).child(1 + 2 ** 32),
      key(0).child(''),
      key(0).child('\0'),
      key(0).child('ab'),
      key(0).child('a', 'b'),
      key(0).child('abcdefgh'),
      key(0).child('abcdefgh\0'),
      key(0).child('abcdefghijklmnop'),
      key(0).child('abcdefgh', 'ijklmnop'),
      key(0),
    ]
    const firsts = new Set(alike.map((k) => k.uniformArray(1)[0]))
    expect(firsts.size).toBe(alike.length)
  })

  it('takes −0 for 0, and the largest whole numbers for what they are', () => {
    expect(key(0).child(-0).uniformArray(2)).toEqual(key(0).child(0).uniformArray(2))
    const names = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, -Number.MAX_SAFE_INTEGER, -1]
    const firsts = new Set(names.map((large) => key(0).child(large).uniformArray(1)[0]))
    expect(firsts.size).toBe(names.length)
  })

  it('refuses halves of characters, which would all name the same stream', () => {
    for (const half of ['\ud800', 'a\udfff', '\udc00\ud800'])
      expect(() => key(0).child(half)).toThrow('key: expected whole characters, got half a surrogate pair in')
    expect(key(0).child('\u{1f600}').uniformArray(1)).not.toEqual(key(0).child('\ufffd').uniformArray(1))
  })

  it('is uncorrelated with its parent, its siblings and its own draws of other kinds', () => {
    const count = 20000
    const draws = [key(1), key(1).child(0), key(1).child(1), key(1).child('0'), key(2)].map((k) =>
      k.normalArray(count),
    )
    draws.push(
      key(1)
        .uniformArray(count)
        .map((u) => u - 0.5),
    )
    for (let i = 0; i < draws.length; i++) {
      for (let j = 0; j < i; j++) {
        // Five standard deviations of the correlation of independent draws.
        expect(Math.abs(correlation(draws[i], draws[j]))).toBeLessThan(5 / Math.sqrt(count))
      }
    }
  })
})

describe('Key.uniformArray', () => {
  it('gives the same key the same numbers, and a longer draw begins with the shorter', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(300), fc.nat(300), (seed, a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)]
        const whole = key(seed).uniformArray(long)
        expect(key(seed).uniformArray(short)).toEqual(whole.slice(0, short))
        expect(key(seed).normalArray(short)).toEqual(key(seed).normalArray(long).slice(0, short))
        expect(key(seed).integers(short, -5, 5)).toEqual(key(seed).integers(long, -5, 5).slice(0, short))
      }),
    )
  })

  it('has the moments of the uniform distribution on [0, 1)', () => {
    const count = 100000
    const values = key('moments').uniformArray(count)
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true)
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / count))
    expect(Math.abs(mean(values.map((u) => (u - 0.5) ** 2)) - 1 / 12)).toBeLessThan(
      4 * Math.sqrt(1 / 180 / count),
    )
  })

  it('fills 64 bins evenly (chi squared)', () => {
    const count = 64000
    const bins = new Float64Array(64)
    for (const u of key('bins').uniformArray(count)) bins[Math.floor(64 * u)]++
    const chiSquared = bins.reduce((sum, found) => sum + (found - 1000) ** 2 / 1000, 0)
    // 63 degrees of freedom: 1 in 1000 lies above 103.4, 1 in 1000 below 32.5.
    expect(chiSquared).toBeLessThan(103.4)
    expect(chiSquared).toBeGreaterThan(32.5)
  })

  it('uses all 53 bits', () => {
    const scaled = Array.from(key(0).uniformArray(64), (u) => u * 2 ** 53)
    expect(scaled.every(Number.isInteger)).toBe(true)
    expect(scaled.some((k) => k % 2 === 1)).toBe(true)
  })

  it('refuses a count that is none', () => {
    expect(() => key(0).uniformArray(-1)).toThrow('uniformArray: expected a whole number ≥ 0, got -1')
    expect(() => key(0).normalArray(2.5)).toThrow('normalArray: expected a whole number ≥ 0, got 2.5')
  })
})

describe('a draw of more than one chunk', () => {
  it('goes on where the chunk before ended', () => {
    // Chunks of 2048 draws are 1024 blocks.
    const k = new Key(Uint32Array.of(5, 6, 7, 8))
    const block = new Uint32Array(4)
    const [uniforms, integers] = [k.uniformArray(5000), k.integers(5000, 0, 2 ** 20)]
    for (const i of [0, 2046, 2048, 4094, 4096, 4998]) {
      threefry(Uint32Array.of(5, 6, 7, 8), i / 2, 0, purpose.uniform, 0, block)
      const unit = (high: number, low: number): number => ((high >>> 5) * 2 ** 26 + (low >>> 6)) * 2 ** -53
      expect([uniforms[i], uniforms[i + 1]]).toEqual([unit(block[0], block[1]), unit(block[2], block[3])])
      threefry(Uint32Array.of(5, 6, 7, 8), i / 2, 0, purpose.integers, 0, block)
      expect(integers[i + 1]).toBe(Math.floor(unit(block[2], block[3]) * 2 ** 20))
    }
  })
})

describe('Key.normalArray', () => {
  const count = 100000
  const values = key('normal').normalArray(count)

  it('has the first four moments of N(0, 1)', () => {
    const moment = (power: number): number => mean(values.map((z) => z ** power))
    const within = (value: number, expected: number, variance: number): void =>
      expect(Math.abs(value - expected)).toBeLessThan(4 * Math.sqrt(variance / count))
    within(moment(1), 0, 1)
    within(moment(2), 1, 2)
    within(moment(3), 0, 15)
    within(moment(4), 3, 96)
  })

  it('passes the Kolmogorov–Smirnov test', () => {
    const sorted = values.slice(0, 20000).sort()
    let distance = 0
    sorted.forEach((z, i) => {
      const cdf = normalCdf(z)
      distance = Math.max(distance, Math.abs(cdf - i / 20000), Math.abs(cdf - (i + 1) / 20000))
    })
    // Exceeded by 1 in 1000 samples.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(20000))
  })

  it('has no memory from one draw to the next', () => {
    expect(Math.abs(correlation(values.slice(0, -1), values.slice(1)))).toBeLessThan(4 / Math.sqrt(count))
    expect(Math.abs(correlation(values.slice(0, -2), values.slice(2)))).toBeLessThan(4 / Math.sqrt(count))
  })
})

describe('Key.integers', () => {
  it('stays in its range and reaches both ends', () => {
    const values = key(0).integers(2000, -3, 4)
    expect(new Set(values)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]))
  })

  it('draws each value equally often', () => {
    const counts = new Float64Array(7)
    for (const v of key('dice').integers(70000, 0, 7)) counts[v]++
    const chiSquared = counts.reduce((sum, found) => sum + (found - 10000) ** 2 / 10000, 0)
    expect(chiSquared).toBeLessThan(22.5)
  })

  it('covers all of int32', () => {
    const values = key(0).integers(1000, -(2 ** 31), 2 ** 31)
    expect(Math.min(...values)).toBeLessThan(-2.1e9)
    expect(Math.max(...values)).toBeGreaterThan(2.1e9)
  })

  it('refuses an empty range and bounds outside int32', () => {
    for (const [low, high] of [
      [2, 2],
      [3, 2],
      [0.5, 2],
      [0, 2 ** 31 + 1],
      [-(2 ** 31) - 1, 0],
      [0, Number.NaN],
      [Number.NEGATIVE_INFINITY, 0],
      ['0' as unknown as number, 2],
    ]) {
      expect(() => key(0).integers(1, low, high)).toThrow(`low < high ≤ 2147483648, got ${low}, ${high}`)
    }
  })
})

describe('Key.permutation', () => {
  it('holds every number once', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(200), (seed, n) => {
        const order = key(seed).permutation(n)
        expect(Array.from(order.slice().sort())).toEqual(Array.from({ length: n }, (_, i) => i))
      }),
    )
  })

  it('makes all orders of four equally likely', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 12000; seed++) {
      const order = key(seed).permutation(4).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    const chiSquared = [...counts.values()].reduce((sum, found) => sum + (found - 500) ** 2 / 500, 0)
    // 23 degrees of freedom: 1 in 1000 lies above 49.7.
    expect(chiSquared).toBeLessThan(49.7)
  })

  it('refuses a length that is none', () => {
    expect(() => key(0).permutation(-2)).toThrow('permutation: expected a whole number ≥ 0, got -2')
    expect(() => key(0).permutation(2 ** 31 + 1)).toThrow(
      'permutation: expected at most 2147483648 numbers, got 2147483649',
    )
  })
})

describe('Key', () => {
  it('does not move when it is drawn from', () => {
    const k = new Key(Uint32Array.from([1, 2, 3, 4]))
    const first = k.normalArray(5)
    k.permutation(10)
    expect(k.normalArray(5)).toEqual(first)
  })
})

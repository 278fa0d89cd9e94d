import { beforeAll, describe, expect, it } from 'vitest'
import { init } from '../init.ts'
import { scope } from '../scope.ts'
import type { Tensor } from '../tensor.ts'
import { key } from './key.ts'

beforeAll(() => init())

describe('Key.normal', () => {
  it('makes a tensor of the shape asked for, float32 unless told otherwise', () => {
    const t = key(0).normal([2, 3])
    expect([t.shape, t.dtype]).toEqual([[2, 3], 'float32'])
    expect(key(0).normal([], 'float64').shape).toEqual([])
    expect(key(0).normal([0, 4]).size).toBe(0)
  })

  it('gives the plain numbers in float64 and the same rounded in float32', () => {
    const plain = key(5).normalArray(100)
    expect(key(5).normal([10, 10], 'float64').dataSync()).toEqual(plain)
    expect(key(5).normal([10, 10]).dataSync()).toEqual(Float32Array.from(plain))
  })

  it('has the deviation asked for: the standard numbers multiplied in float64, then rounded', () => {
    const scaled = key(5)
      .normalArray(100)
      .map((z) => z * 0.1)
    expect(key(5).normal([100], { deviation: 0.1, dtype: 'float64' }).dataSync()).toEqual(scaled)
    expect(key(5).normal([100], { deviation: 0.1 }).dataSync()).toEqual(Float32Array.from(scaled))
    expect(key(5).normal([4], {}).dataSync()).toEqual(key(5).normal([4]).dataSync())
    const none = key(5).normal([100], { deviation: 0 }).dataSync()
    expect(none.every((z) => z === 0)).toBe(true)
  })

  it('refuses a deviation that is none, or whose products could be infinite', () => {
    for (const deviation of [-1, Number.NaN, 4.2e37, Infinity, '1' as unknown as number])
      expect(() => key(0).normal([1], { deviation })).toThrow(
        'normal: deviation: expected a number in [0, 4.12',
      )
    const large = key(0).normal([1000], { deviation: 2e307, dtype: 'float64' }).dataSync()
    expect(large.every(Number.isFinite)).toBe(true)
    expect(() => key(0).normal([1], { sigma: 1 } as object)).toThrow("normal: unknown option 'sigma'")
  })

  it('belongs to the scope it is drawn in', () => {
    let inner: Tensor | undefined
    const kept = scope(() => {
      inner = key(1).normal([3])
      return key(1).normal([3], 'float64')
    })
    expect(() => inner?.dataSync()).toThrow('was used after its release')
    expect(kept.dataSync()).toEqual(key(1).normalArray(3))
  })

  it('names what there is no room for', () => {
    expect(() => key(0).normal([2 ** 31, 4])).toThrow('normal: no room for [2147483648, 4] float32')
    expect(() => key(0).uniform([2 ** 31, 2 ** 20])).toThrow(
      'uniform: no room for [2147483648, 1048576] float32',
    )
  })

  it('refuses shapes and dtypes that are none', () => {
    expect(() => key(0).normal([2, -1])).toThrow('normal: expected lengths')
    expect(() => key(0).normal([2], 'int32' as 'float32')).toThrow(
      "normal: dtype: expected one of float32, float64, got 'int32'",
    )
  })
})

describe('Key.uniform', () => {
  it('gives the plain numbers in float64 and their upper 24 bits in float32', () => {
    const plain = key(5).uniformArray(1000)
    expect(key(5).uniform([1000], { dtype: 'float64' }).dataSync()).toEqual(plain)
    const single = plain.map((u) => Math.floor(u * 2 ** 24) / 2 ** 24)
    expect(Array.from(key(5).uniform([1000]).dataSync())).toEqual(Array.from(single))
  })

  it('stays in [low, high) even where float32 has few numbers between', () => {
    const [low, high] = [1, 1 + 4 * 2 ** -23]
    const found = new Map<number, number>()
    for (const v of key(0).uniform([40000], { low, high }).dataSync()) found.set(v, (found.get(v) ?? 0) + 1)
    expect([...found.keys()].sort()).toEqual([0, 1, 2, 3].map((k) => 1 + k * 2 ** -23))
    for (const count of found.values()) expect(Math.abs(count - 10000)).toBeLessThan(5 * Math.sqrt(7500))
  })

  it('refuses an empty or infinite range', () => {
    expect(() => key(0).uniform([1], { low: 1, high: 1 })).toThrow(
      'uniform: expected finite low < high in float32, got low 1, high 1',
    )
    expect(() => key(0).uniform([1], { low: 1, high: 1 + 1e-9 })).toThrow('in float32')
    expect(() => key(0).uniform([1], { high: Number.POSITIVE_INFINITY })).toThrow('finite')
    expect(() => key(0).uniform([1], { low: Number.NaN })).toThrow('got low NaN')
    expect(() => key(0).uniform([1], { low: 2, high: 1 })).toThrow('got low 2, high 1')
    expect(() => key(0).uniform([1], { low: -1e39, high: 1 })).toThrow('in float32')
  })

  it('refuses bounds that are no numbers, which would be added as text', () => {
    for (const low of ['0', null, true, [0]] as unknown as number[]) {
      for (const dtype of ['float32', 'float64'] as const)
        expect(() => key(0).uniform([1], { low, dtype })).toThrow(`low < high in ${dtype}, got low`)
    }
    expect(() => key(0).uniform([1], { low: '0' as unknown as number })).toThrow("got low '0', high 1")
  })

  it('takes any bounds whose distance is finite, and says so of others', () => {
    const most = 2 ** 1023
    const wide = key(0)
      .uniform([1000], { low: -most, high: most * 0.75, dtype: 'float64' })
      .dataSync()
    expect(wide.every((u) => u >= -most && u < most * 0.75)).toBe(true)
    expect(Math.min(...wide)).toBeLessThan(-0.9 * most)
    expect(() => key(0).uniform([1], { low: -most, high: most, dtype: 'float64' })).toThrow(
      'uniform: expected a finite high − low, got low -8.98846567431158e+307, high 8.98846567431158e+307',
    )
    const single = key(0).uniform([1000], { low: -3.4e38, high: 3.4e38 }).dataSync()
    expect(single.every(Number.isFinite)).toBe(true)
    expect(Math.max(...single)).toBeGreaterThan(3e38)
  })

  it('gives the lower of two neighbours, subnormal ones too', () => {
    const neighbours = [
      [0, 2 ** -149, 'float32'],
      [0, 2 ** -1074, 'float64'],
      [-(2 ** -149), 0, 'float32'],
      [1, 1 + 2 ** -23, 'float32'],
      [1, 1 + 2 ** -52, 'float64'],
    ] as const
    for (const [low, high, dtype] of neighbours)
      expect(new Set(key(0).uniform([500], { low, high, dtype }).dataSync())).toEqual(new Set([low]))
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { init } from '../engine.ts'
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
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import {
  arange,
  clone,
  eye,
  full,
  init,
  linspace,
  ones,
  onesLike,
  tensor,
  updateInPlace,
  zeros,
  zerosLike,
} from './index.ts'

beforeAll(() => init())

describe('a tensor of a typed array', () => {
  const small = [Uint8Array, Uint8ClampedArray, Int8Array, Int16Array, Uint16Array]

  it.each(small)('of 8 or 16 bits is numbers, float32: %o', (type) => {
    const t = tensor(new type([7, 100, -1]))
    expect(t.dtype).toBe('float32')
    expect(t.toArray()).toEqual([...new type([7, 100, -1])])
    expect(tensor(new type([7, 100]), { dtype: 'int32' }).toArray()).toEqual([7, 100])
  })

  it('takes a Buffer for what it is', () => {
    expect(tensor(Buffer.from([7, 255])).toArray()).toEqual([7, 255])
  })

  it('of big integers is int32 or uint32, each of them checked', () => {
    expect(tensor(new BigInt64Array([-7n, 2n])).toArray()).toEqual([-7, 2])
    expect(tensor(new BigInt64Array([-7n])).dtype).toBe('int32')
    expect(tensor(new BigUint64Array([2n ** 32n - 1n])).toArray()).toEqual([2 ** 32 - 1])
    expect(tensor(new BigUint64Array([1n])).dtype).toBe('uint32')
    expect(tensor(new BigInt64Array([2n ** 53n]), { dtype: 'float64' }).item()).toBe(2 ** 53)
    expect(() => tensor(new BigInt64Array([2n ** 31n]))).toThrow('tensor: expected an int32, got 2147483648n')
    expect(() => tensor(new BigUint64Array([2n ** 32n]))).toThrow('got 4294967296n')
    expect(() => tensor(new BigInt64Array([2n ** 24n + 1n]), { dtype: 'float32' })).toThrow('got 16777217n')
    expect(() => tensor(new BigInt64Array([2n ** 53n + 1n]), { dtype: 'float64' })).toThrow(
      'got 9007199254740993n',
    )
  })

  it('holds only what its dtype can', () => {
    expect(() => tensor(new Int8Array([-1]), { dtype: 'uint32' })).toThrow(
      'tensor: expected a uint32, got -1',
    )
    expect(() => tensor(new Float32Array([0.5]), { dtype: 'int32' })).toThrow(
      'tensor: expected an int32, got 0.5',
    )
    expect(() => tensor(new Uint32Array([2 ** 31]), { dtype: 'int32' })).toThrow('got 2147483648')
    expect(() => tensor(new DataView(new ArrayBuffer(4)) as never)).toThrow(
      'tensor: expected an array of numbers',
    )
  })

  it('is bool where that is asked for: 1 for what is not 0', () => {
    const mask = tensor(new Uint8Array([0, 7, 1]), { dtype: 'bool' })
    expect(mask.dtype).toBe('bool')
    expect(mask.toArray()).toEqual([0, 1, 1])
    expect(tensor(new BigInt64Array([0n, 3n]), { dtype: 'bool' }).toArray()).toEqual([0, 1])
  })

  it('takes bools back as they are read', async () => {
    const mask = tensor([true, false, true])
    expect(tensor(await mask.data(), { dtype: 'bool' }).toArray()).toEqual([1, 0, 1])
    expect(clone(mask).dtype).toBe('bool')
    expect(clone(mask).toArray()).toEqual([1, 0, 1])
  })
})

describe('creation', () => {
  it('takes numbers, nested arrays, booleans and typed arrays', () => {
    expect(tensor(3).shape).toEqual([])
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ]).dtype,
    ).toBe('float32')
    expect(tensor([true, false]).dtype).toBe('bool')
    expect(tensor(new Float64Array(4), { shape: [2, 2] }).dtype).toBe('float64')
    expect(tensor([[], []]).shape).toEqual([2, 0])
    expect(tensor([0, 2, -1], { dtype: 'bool' }).toArray()).toEqual([0, 1, 1])
  })

  it('copies a typed array, so that later writes do not show', () => {
    const source = new Float32Array([1, 2])
    const t = tensor(source)
    source[0] = 9
    expect(t.toArray()).toEqual([1, 2])
    t.dataSync()[0] = 7
    expect(t.toArray()).toEqual([1, 2])
  })

  it('fills shapes', () => {
    expect(zeros([2]).toArray()).toEqual([0, 0])
    expect(ones([2], 'int32').toArray()).toEqual([1, 1])
    expect(full([], 4).item()).toBe(4)
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(zerosLike(ones([1, 2], 'float64')).dtype).toBe('float64')
    expect(onesLike(zeros([2])).toArray()).toEqual([1, 1])
  })

  it('counts and spaces', () => {
    expect(arange(0, 5, 2).toArray()).toEqual([0, 2, 4])
    expect(arange(3, 0, -1, 'int32').toArray()).toEqual([3, 2, 1])
    expect(arange(3, 0).toArray()).toEqual([])
    expect(() => arange(0, 1, 0)).toThrow('arange: expected a step other than 0, got 0')
    expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1])
    expect(linspace(2, 3, 1).toArray()).toEqual([2])
  })

  it('arange leaves stop out, however it is rounded', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      expect(arange(1, 1.3, 0.1, dtype).size).toBe(3)
      expect(arange(0, 0.3, 0.1, dtype).size).toBe(3)
      expect(arange(1.3, 1, -0.1, dtype).size).toBe(3)
      for (let n = 1; n <= 300; n++) {
        for (const [start, step] of [
          [0, 0.1],
          [1, 0.1],
          [-3, 0.7],
          [0.1, 0.01],
          [2, -0.3],
        ]) {
          const stop = Number((start + n * step).toPrecision(12))
          const values = [...arange(start, stop, step, dtype).dataSync()]
          expect(values.length).toBe(n)
          expect(values.every((x) => (step > 0 ? x < stop : x > stop))).toBe(true)
        }
      }
    }
    expect(arange(0, 1, 0.3).size).toBe(4)
    expect(arange(0, 1.0001, 0.25).size).toBe(5)
    // The last ones below 1 are 1 in float32.
    expect(Math.max(...arange(1 - 1e-6, 1, 1e-9).dataSync())).toBeLessThan(1)
    expect(arange(1e9, 1e9 + 10, 1).size).toBe(10)
    expect(arange(-1.7e308, 1.7e308, 1.7e308, 'float64').toArray()).toEqual([-1.7e308, 0])
    expect(arange(5, 5).size).toBe(0)
    expect(() => arange(0, 1e300)).toThrow('arange: no room for 1e+300 numbers in float32')
    expect(() => arange(0, 1, 0.5, 'int32')).toThrow('arange: expected an int32, got 0.5')
  })

  it('linspace begins and ends where it is told to', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (let count = 2; count < 200; count++) {
        const values = linspace(0.1, 0.7, count, dtype).dataSync()
        const [first, last] = dtype === 'float32' ? [0.1, 0.7].map(Math.fround) : [0.1, 0.7]
        expect([values[0], values[count - 1]]).toEqual([first, last])
        expect(values.every((x, i) => i === 0 || x > values[i - 1])).toBe(true)
      }
      expect(linspace(0, 1, 50, dtype).dataSync()[49]).toBe(1)
    }
    expect(linspace(-1.7e308, 1.7e308, 3, 'float64').toArray()).toEqual([-1.7e308, 0, 1.7e308])
    expect([...linspace(-1.7e308, 1.7e308, 1001, 'float64').dataSync()].every(Number.isFinite)).toBe(true)
    expect(linspace(2, 2, 3).toArray()).toEqual([2, 2, 2])
    expect(linspace(3, 1, 3).toArray()).toEqual([3, 2, 1])
    expect(linspace(0, 1, 0).toArray()).toEqual([])
    expect(linspace(5, 1, 1).toArray()).toEqual([5])
    expect(linspace(0, 4, 3, 'int32').toArray()).toEqual([0, 2, 4])
    expect(() => linspace(0, 1, 3, 'int32')).toThrow('linspace: expected an int32, got 0.5')
    expect(() => linspace(0, Number.NaN, 3)).toThrow(
      'linspace: expected finite start and stop, got 0 and NaN',
    )
    expect(() => linspace(0, 1, 2.5)).toThrow(
      'linspace: expected lengths that are whole numbers ≥ 0, got [2.5]',
    )
  })

  it('clone shares nothing', () => {
    const t = tensor([1, 2])
    const copy = clone(t)
    const sgd = { learningRate: 1, momentum: 0, weightDecay: 0 }
    updateInPlace('sgd', { parameter: t, velocity: zeros([2]) }, [ones([2])], sgd)
    expect(copy.toArray()).toEqual([1, 2])
    expect(t.toArray()).toEqual([0, 1])
  })

  it('reads asynchronously as well', async () => {
    expect([...(await tensor([1, 2]).data())]).toEqual([1, 2])
  })
})

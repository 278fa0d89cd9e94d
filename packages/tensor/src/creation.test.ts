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

import { init, key, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromOrder, toOrder } from './to-order.ts'

beforeAll(() => init())

describe('toOrder and fromOrder', () => {
  it('puts column order[k] at place k, and back', () => {
    const data = tensor([
      [10, 11, 12],
      [20, 21, 22],
    ])
    const order = Int32Array.of(2, 0, 1)
    expect(toOrder(data, order).toArray()).toEqual([
      [12, 10, 11],
      [22, 20, 21],
    ])
    expect(fromOrder(data, order).toArray()).toEqual([
      [11, 12, 10],
      [21, 22, 20],
    ])
  })

  it('undo each other, in every dtype', () => {
    const order = key(1).permutation(20)
    for (const dtype of ['float32', 'float64'] as const) {
      const data = key(2).normal([5, 20], dtype)
      expect(fromOrder(toOrder(data, order), order).toArray()).toEqual(data.toArray())
      expect(toOrder(fromOrder(data, order), order).dtype).toBe(dtype)
    }
  })

  it('refuse what is no matrix and what is no order', () => {
    for (const [name, f] of Object.entries({ toOrder, fromOrder })) {
      expect(() => f(zeros([3]), Int32Array.of(0))).toThrow(`${name}: data: expected rows [n, d], got`)
      expect(() => f(zeros([2, 3]), [0, 1, 2] as never)).toThrow(`${name}: order: expected an Int32Array`)
      for (const wrong of [
        [0, 1],
        [0, 1, 1],
        [0, 1, 3],
        [-1, 0, 1],
        [0, 1, 2, 0],
      ])
        expect(() => f(zeros([2, 3]), Int32Array.from(wrong))).toThrow(
          `${name}: order: expected each of 0 … 2 once, got ${wrong.length} numbers [${wrong.join(', ')}]`,
        )
    }
  })
})

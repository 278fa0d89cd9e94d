import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const { stridedSlice } = ops
const x23 = (): ops.Tensor =>
  ops.tensor([
    [0, 1, 2],
    [3, 4, 5],
  ])

describe('stridedSlice', () => {
  // [start, stop, step, list(range(5))[start:stop:step] in Python 3.11]
  it.each<[number | undefined, number | undefined, number | undefined, number[]]>([
    [undefined, undefined, 2, [0, 2, 4]],
    [1, undefined, 2, [1, 3]],
    [undefined, undefined, -1, [4, 3, 2, 1, 0]],
    [undefined, undefined, -2, [4, 2, 0]],
    [-2, undefined, undefined, [3, 4]],
    [undefined, -2, undefined, [0, 1, 2]],
    [3, 0, -1, [3, 2, 1]],
    [3, undefined, -2, [3, 1]],
    [-100, 100, 3, [0, 3]],
    [100, -100, -3, [4, 1]],
    [4, 1, 1, []],
    [1, 4, -1, []],
    [5, undefined, 1, []],
    [5, undefined, -1, [4, 3, 2, 1, 0]],
    [-6, undefined, -1, []],
    [undefined, -6, -1, [4, 3, 2, 1, 0]],
    [2, 2, 1, []],
    [0, undefined, 100, [0]],
    [-1, undefined, -100, [4]],
  ])('of five at %s:%s:%s gives what Python gives', (start, stop, step, want) => {
    expect(stridedSlice(ops.tensor([0, 1, 2, 3, 4]), [{ start, stop, step }]).toArray()).toEqual(want)
  })

  it('walks from start to before stop for any three numbers', () => {
    const position = fc.integer({ min: -8, max: 8 })
    const steps = fc.integer({ min: -4, max: 4 }).filter(Boolean)
    fc.assert(
      fc.property(fc.nat(6), position, position, steps, (n, start, stop, step) => {
        const fromFront = (p: number): number => (p < 0 ? p + n : p)
        const want: number[] = []
        // Before the first step into the axis there is nothing to take, but it is where a walk starts that begins outside.
        const first = fromFront(start)
        const begin = step > 0 ? Math.max(0, first) : Math.min(n - 1, first)
        for (let p = begin; p >= 0 && p < n; p += step) {
          if (step > 0 ? p >= fromFront(stop) : p <= fromFront(stop)) break
          want.push(p)
        }
        const x = ops.tensor(Int32Array.from({ length: n }, (_, i) => i))
        expect(stridedSlice(x, [{ start, stop, step }]).toArray()).toEqual(want)
      }),
    )
  })

  it('takes each axis by its own range, null and what is not named whole, and drops an axis by a number', () => {
    const x = x23()
    expect(stridedSlice(x, [null, { start: 2, step: -2 }]).toArray()).toEqual([
      [2, 0],
      [5, 3],
    ])
    expect(stridedSlice(x, [{}, 1]).toArray()).toEqual([1, 4])
    expect(stridedSlice(x, [-1]).toArray()).toEqual([3, 4, 5])
    expect(stridedSlice(x, [1, -3]).item()).toBe(3)
    expect(stridedSlice(x, [-2, { stop: 0 }]).shape).toEqual([0])
    expect(stridedSlice(x, []).toArray()).toEqual(x.toArray())
    expect(stridedSlice(ops.tensor(7), []).item()).toBe(7)
  })

  it('of whole rows is a view, by a number too', () => {
    const x = ops.zeros([3, 2])
    const views = [stridedSlice(x, [{ start: 1 }]), stridedSlice(x, [-1]), stridedSlice(x, [])]
    ops.updateInPlace('sgd', { parameter: x, velocity: ops.zeros([3, 2]) }, [ops.ones([3, 2])], {
      learningRate: 1,
      momentum: 0,
      weightDecay: 0,
    })
    for (const view of views) expect(new Set(view.dataSync())).toEqual(new Set([-1]))
  })

  it('is a tensor of its own', () => {
    const x = x23()
    const y = stridedSlice(x, [])
    x.dispose()
    expect(y.toArray()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ])
  })

  it.each<[string, () => unknown, string]>([
    [
      'a position outside',
      () => stridedSlice(x23(), [null, 3]),
      'stridedSlice: 3 is outside axis 1 of [2, 3]',
    ],
    ['one before', () => stridedSlice(x23(), [-3]), 'stridedSlice: -3 is outside axis 0 of [2, 3]'],
    ['half a position', () => stridedSlice(x23(), [0.5]), 'stridedSlice: 0.5 is outside axis 0 of [2, 3]'],
    [
      'one of an empty axis',
      () => stridedSlice(ops.zeros([0]), [0]),
      'stridedSlice: 0 is outside axis 0 of [0]',
    ],
    [
      'more ranges than axes',
      () => stridedSlice(x23(), [null, null, {}]),
      'stridedSlice: expected at most 2 ranges, got 3',
    ],
    [
      'a step of 0',
      () => stridedSlice(x23(), [null, { step: 0 }]),
      'stridedSlice: axis 1: step: expected a whole number ≠ 0, got 0',
    ],
    [
      'half a start',
      () => stridedSlice(x23(), [{ start: 0.5 }]),
      'stridedSlice: axis 0: start: expected a whole number, got 0.5',
    ],
    [
      'infinity',
      () => stridedSlice(x23(), [{ stop: Number.POSITIVE_INFINITY }]),
      'stridedSlice: axis 0: stop: expected a whole number, got Infinity',
    ],
    [
      'another key',
      () => stridedSlice(x23(), [{ end: 1 } as never]),
      "stridedSlice: axis 0: unknown option 'end'",
    ],
    [
      'a text',
      () => stridedSlice(x23(), ['::2' as never]),
      "stridedSlice: axis 0: expected options { start, stop, step }, got '::2'",
    ],
    [
      'a range alone',
      () => stridedSlice(x23(), { step: 2 } as never),
      'stridedSlice: expected a list of ranges',
    ],
    [
      'no tensor',
      () => stridedSlice([1, 2] as never, [1]),
      'stridedSlice: expected a tensor, got an array of 2',
    ],
  ])('refuses %s', (_, f, message) => {
    expect(f).toThrow(message)
  })
})

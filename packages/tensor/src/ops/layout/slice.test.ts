import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, at, build, indicesOf, plain, shapes } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const x23 = (): ops.Tensor =>
  ops.tensor([
    [0, 1, 2],
    [3, 4, 5],
  ])

/** Start, size and step of elements that all lie in an axis of length `n`. */
const spanOf = (n: number): fc.Arbitrary<readonly [number, number, number]> =>
  fc.tuple(fc.nat(n), fc.integer({ min: -3, max: 3 }).filter(Boolean)).chain(([start, step]) =>
    fc
      .nat(n)
      .filter(
        (size) =>
          size === 0 || (start < n && start + (size - 1) * step < n && start + (size - 1) * step >= 0),
      )
      .map((size) => [start, size, step] as const),
  )

const sliced = plain(shapes).chain((x) => fc.tuple(fc.constant(x), fc.tuple(...x.shape.map(spanOf))))

describe('slice with steps', () => {
  it('takes element starts + j · steps, in any direction, and pad with what lies between puts it back', () => {
    fc.assert(
      fc.property(sliced, ([x, spans]) => {
        const [starts, sizes, steps] = [0, 1, 2].map((k) => spans.map((span) => span[k]))
        const y = ops.slice(asTensor(x), starts, sizes, steps)
        const source = (i: number[]): number[] => i.map((j, axis) => starts[axis] + j * steps[axis])
        expect(y.shape).toEqual(sizes)
        expect([...y.dataSync()]).toEqual(build(sizes, (i) => at(x, source(i))))

        const forwards = steps.every((step) => step > 0)
        if (!forwards) return
        const reach = sizes.map((size, i) => (size === 0 ? 0 : (size - 1) * steps[i] + 1))
        const around = x.shape.map((n, i) => [starts[i], n - starts[i] - reach[i]] as const)
        const back = ops.pad(y, around, { value: 7, interior: steps.map((step) => step - 1) })
        const taken = new Set(Array.from(indicesOf(sizes), (i) => source(i).join()))
        expect([...back.dataSync()]).toEqual(build(x.shape, (i) => (taken.has(i.join()) ? at(x, i) : 7)))
      }),
    )
  })

  it('of any dtype keeps it', () => {
    for (const dtype of ['float32', 'float64', 'int32', 'uint32', 'bool'] as const) {
      const y = ops.slice(ops.tensor([1, 0, 1, 1], { dtype }), [3], [2], [-2])
      expect([y.dtype, y.toArray()]).toEqual([dtype, [1, 0]])
    }
  })

  it('may end at either end of an axis, start behind it where nothing is taken, and leap any distance to one element', () => {
    const x = ops.tensor([0, 1, 2, 3, 4])
    expect(ops.slice(x, [0], [3], [2]).toArray()).toEqual([0, 2, 4])
    expect(ops.slice(x, [4], [3], [-2]).toArray()).toEqual([4, 2, 0])
    expect(ops.slice(x, [5], [0], [-3]).toArray()).toEqual([])
    expect(ops.slice(x, [2], [1], [Number.MAX_SAFE_INTEGER]).toArray()).toEqual([2])
    expect(ops.slice(ops.zeros([]), [], [], []).shape).toEqual([])
  })

  it('is a view where whole rows follow each other, else a copy', () => {
    const x = ops.zeros([4, 3])
    const views = [
      ops.slice(x, [1, 0], [2, 3]),
      ops.slice(x, [1, 0], [2, 3], [1, 1]),
      ops.slice(x, [3, 0], [1, 3], [-2, 1]),
    ]
    const copies = [ops.slice(x, [0, 0], [2, 3], [2, 1]), ops.slice(x, [3, 2], [4, 3], [-1, -1])]
    const ones = ops.ones([4, 3])
    ops.updateInPlace('sgd', { parameter: x, velocity: ops.zeros([4, 3]) }, [ones], {
      learningRate: 1,
      momentum: 0,
      weightDecay: 0,
    })
    for (const view of views) expect(new Set(view.dataSync())).toEqual(new Set([-1]))
    for (const copy of copies) expect(new Set(copy.dataSync())).toEqual(new Set([0]))
  })

  it.each<[string, () => unknown, string]>([
    [
      'elements behind an axis',
      () => ops.slice(x23(), [0, 0], [2, 2], [1, 3]),
      'slice: 0 … 3 in steps of 3 is outside axis 1 of [2, 3]',
    ],
    [
      'elements before an axis',
      () => ops.slice(x23(), [1, 2], [2, 3], [-1, -2]),
      'slice: 2 … -2 in steps of -2 is outside axis 1 of [2, 3]',
    ],
    [
      'a start behind an axis',
      () => ops.slice(x23(), [2, 0], [2, 3], [-1, 1]),
      'slice: 2 … 1 in steps of -1 is outside axis 0 of [2, 3]',
    ],
    [
      'one element behind an axis',
      () => ops.slice(x23(), [2, 0], [1, 3], [-1, 1]),
      'slice: [2, 3) is outside axis 0 of [2, 3]',
    ],
    [
      'a step of 0',
      () => ops.slice(x23(), [0, 0], [1, 1], [1, 0]),
      'slice: expected steps that are whole numbers ≠ 0, got [1, 0]',
    ],
    [
      'half a step',
      () => ops.slice(x23(), [0, 0], [1, 1], [0.5, 1]),
      'slice: expected steps that are whole numbers ≠ 0, got [0.5, 1]',
    ],
    [
      'a text',
      () => ops.slice(x23(), [0, 0], [1, 1], ['1', 1] as never),
      "slice: expected steps that are whole numbers ≠ 0, got ['1', 1]",
    ],
    ['too few steps', () => ops.slice(x23(), [0, 0], [1, 1], [1]), 'slice: expected 2 steps, got [1]'],
    [
      'a number for steps',
      () => ops.slice(x23(), [0, 0], [1, 1], 2 as never),
      'slice: expected 2 steps, an array of whole numbers, got 2',
    ],
  ])('refuses %s', (_, f, message) => {
    expect(f).toThrow(message)
  })
})

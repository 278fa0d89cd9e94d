import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { cumprod, full, init, keep, key, linearRecurrence, type Tensor, tensor, zeros } from '../../index.ts'
import { record } from '../../record.ts'
import { asTensor, at, build, entries, type Plain, plain, shapesOfRank } from '../../testing/arrays.ts'

const numbersOf = (t: Tensor): number[] => [...t.dataSync()]

const cases = fc.tuple(shapesOfRank(1), fc.nat(3), fc.boolean()).chain(([s, anyAxis, reverse]) =>
  fc.record({
    a: plain(fc.constant(s), fc.oneof(entries, fc.constant(0))),
    b: plain(fc.constant(s)),
    axis: fc.constant(anyAxis % s.length),
    reverse: fc.constant(reverse),
  }),
)

/** One element by the recurrence, from the start of its line. */
function recurrenceAt(a: Plain, b: Plain, index: readonly number[], axis: number, reverse: boolean): number {
  const [place, last] = [index[axis], a.shape[axis] - 1]
  const steps = reverse ? last - place : place
  let h = 0
  for (let t = 0; t <= steps; t++) {
    const i = index.with(axis, reverse ? last - t : t)
    h = (t === 0 ? 0 : at(a, i) * h) + at(b, i)
  }
  return h
}

describe.each(['wasm', 'reference'] as const)('on %s', (backend) => {
  beforeEach(() => init({ backend }))

  it('linearRecurrence runs along any axis, in both directions', () => {
    fc.assert(
      fc.property(cases, ({ a, b, axis, reverse }) => {
        const h = linearRecurrence(asTensor(a), asTensor(b), axis, reverse)
        expect(h.shape).toEqual(a.shape)
        const want = build(a.shape, (i) => recurrenceAt(a, b, i, axis, reverse))
        expect(numbersOf(h).map((x) => x + 0)).toEqual(want.map((x) => x + 0))
      }),
    )
  })

  it('cumprod multiplies along any axis, in both directions, −0 and all', () => {
    fc.assert(
      fc.property(cases, ({ a, axis, reverse }) => {
        const y = cumprod(asTensor(a), axis, reverse)
        expect(y.shape).toEqual(a.shape)
        const want = build(a.shape, (i) => {
          const length = reverse ? a.shape[axis] - i[axis] : i[axis] + 1
          return Array.from({ length }, (_, t) =>
            at(a, i.with(axis, reverse ? a.shape[axis] - 1 - t : t)),
          ).reduce((p, x) => p * x)
        })
        expect(numbersOf(y)).toEqual(want)
      }),
    )
  })

  it('the first factor is not looked at', () => {
    const h = linearRecurrence(tensor([Number.NaN, 2]), tensor([3, 4]), 0)
    expect(h.toArray()).toEqual([3, 10])
    expect(linearRecurrence(tensor([2, Infinity]), tensor([3, 4]), 0, true).toArray()).toEqual([11, 4])
  })

  it('factors and terms stretch, a number is a factor for all', () => {
    expect(linearRecurrence(tensor([[2], [3]]), tensor([1, 1, 1]), 1).toArray()).toEqual([
      [1, 3, 7],
      [1, 4, 13],
    ])
    expect(linearRecurrence(0.5, tensor([8, 0, 0]), -1).toArray()).toEqual([8, 4, 2])
    expect(linearRecurrence(tensor([1, 2, 3]), 1, 0).toArray()).toEqual([1, 3, 10])
  })

  it('float32 runs in float64: a million terms of 0.1 lose no digit', () => {
    const n = 1_000_000
    const h = linearRecurrence(1, full([n], 0.1), 0)
    expect(h.dataSync()[n - 1]).toBe(Math.fround(n * Math.fround(0.1)))
  })

  it('integers wrap around', () => {
    const x = tensor(new Int32Array([65536, 65537, -3]))
    expect(cumprod(x, 0).toArray()).toEqual([65536, 65536, -196608])
    const u = tensor(new Uint32Array([2 ** 32 - 1, 2, 2]))
    expect(cumprod(u, 0).toArray()).toEqual([2 ** 32 - 1, 2 ** 32 - 2, 2 ** 32 - 4])
    expect(linearRecurrence(u, u, 0).toArray()).toEqual([2 ** 32 - 1, 0, 2])
    expect(linearRecurrence(x, x, 0).dtype).toBe('int32')
  })

  it('an empty axis stays empty', () => {
    expect(cumprod(zeros([2, 0]), 1).shape).toEqual([2, 0])
    expect(linearRecurrence(zeros([0, 3]), zeros([0, 3]), 0).shape).toEqual([0, 3])
  })

  it('what is refused is named', () => {
    const x = zeros([2, 3])
    expect(() => cumprod(x, 2)).toThrow(new RangeError('cumprod: axis 2 is not in a tensor of rank 2'))
    expect(() => cumprod(zeros([2], 'bool'), 0)).toThrow(
      new TypeError('cumprod: expected numbers, got bool; cast first'),
    )
    expect(() => cumprod(2 as never, 0)).toThrow('cumprod: expected a tensor, got 2')
    expect(() => linearRecurrence(x, zeros([2]), 0)).toThrow(
      'linearRecurrence: shapes do not broadcast: [2, 3] and [2]',
    )
    expect(() => linearRecurrence(x, zeros([2, 3], 'float64'), 0)).toThrow(
      'linearRecurrence: dtypes differ: float32 and float64; cast one',
    )
    expect(() => linearRecurrence(1, 2, 0)).toThrow(
      'linearRecurrence: expected at least one tensor, got 1 and 2',
    )
    expect(() => linearRecurrence(x, x, 2)).toThrow('linearRecurrence: axis 2 is not in a tensor of rank 2')
    expect(() => linearRecurrence(zeros([2], 'bool'), zeros([2], 'bool'), 0)).toThrow(
      'linearRecurrence: expected numbers, got bool',
    )
  })
})

it('recurrences are replayed without a look at the numbers', async () => {
  await init({ backend: 'wasm' })
  const step = key('step')
  const run = (from: ReturnType<typeof key>): Tensor[] => {
    const x = from.normal([4, 3])
    return [cumprod(x, 0), linearRecurrence(0.9, x, 1, true)]
  }
  const { recording, obstacle } = record(step, () => run(step).map(keep))
  expect(obstacle).toBeNull()
  recording!.replay(key('a'))
  expect(recording!.result.map(numbersOf)).toEqual(run(key('a')).map(numbersOf))
  recording!.dispose()
})

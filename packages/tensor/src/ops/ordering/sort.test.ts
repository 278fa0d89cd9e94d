import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  argsort,
  type DType,
  init,
  keep,
  key,
  sort,
  type Tensor,
  takeAlongAxis,
  tensor,
  topK,
  zeros,
} from '../../index.ts'
import { record } from '../../record.ts'
import { asTensor, at, indicesOf, plain, shapesOfRank } from '../../testing/arrays.ts'

const backends = ['wasm', 'reference'] as const

/** Places in ascending or descending order, NaN as the largest, ties as they stand: by the comparison sort of JavaScript, which is stable. */
function placesOf(row: readonly number[], descending: boolean): number[] {
  const isLess = (a: number, b: number): boolean => (Number.isNaN(b) ? !Number.isNaN(a) : a < b)
  const compare = (a: number, b: number): number => Number(isLess(b, a)) - Number(isLess(a, b))
  const places = row.map((_, i) => i)
  return places.sort((p, q) => (descending ? compare(row[q], row[p]) : compare(row[p], row[q])))
}

const numbersOf = (t: Tensor): number[] => [...t.dataSync()]

/** Few values, so that there are ties. */
const entries: Readonly<Record<DType, readonly number[]>> = {
  float32: [1, -1, 0, -0, Number.NaN, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 1 + 2 ** -23],
  float64: [1, -1, 0, -0, Number.NaN, Infinity, -Infinity, 2 ** -1074, -(2 ** -1074), 1 + 2 ** -52],
  int32: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 256, 255],
  uint32: [0, 1, 2 ** 32 - 1, 2 ** 31, 256, 255],
  bool: [0, 1],
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => init({ backend }))

  it.each(Object.keys(entries) as DType[])(
    'rows of %s, short and long, are sorted in both directions: stable, NaN the largest, ±0 equal',
    (dtype) => {
      const rows = fc.array(fc.constantFrom(...entries[dtype]), { minLength: 1, maxLength: 150 })
      fc.assert(
        fc.property(
          rows,
          fc.boolean(),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (row, descending, part) => {
            const x = tensor(row, { dtype })
            const places = placesOf(row, descending)
            expect(numbersOf(argsort(x, 0, { descending }))).toEqual(places)
            expect(numbersOf(sort(x, 0, { descending }))).toEqual(places.map((p) => row[p]))
            expect(sort(x).dtype).toBe(dtype)
            const k = Math.round(part * row.length)
            const { values, indices } = topK(x, k, 0, { smallest: !descending })
            expect(indices.dtype).toBe('int32')
            expect(numbersOf(indices)).toEqual(places.slice(0, k))
            expect(numbersOf(values)).toEqual(places.slice(0, k).map((p) => row[p]))
          },
        ),
        { numRuns: 50 },
      )
    },
  )

  it('any axis is sorted, of tensors with empty axes too', () => {
    const withAxis = plain(shapesOfRank(1)).chain((x) => fc.tuple(fc.constant(x), fc.nat(x.shape.length - 1)))
    fc.assert(
      fc.property(withAxis, fc.boolean(), ([x, axis], fromEnd) => {
        const given = fromEnd ? axis - x.shape.length : axis
        const [y, places] = [sort(asTensor(x), given), argsort(asTensor(x), given)]
        expect([y.shape, places.shape]).toEqual([x.shape, x.shape])
        const [values, taken] = [numbersOf(y), numbersOf(places)]
        let flat = 0
        for (const index of indicesOf(x.shape)) {
          const row = Array.from({ length: x.shape[axis] }, (_, i) => at(x, index.with(axis, i)))
          const place = placesOf(row, false)[index[axis]]
          expect([values[flat], taken[flat]]).toEqual([row[place], place])
          flat++
        }
      }),
    )
  })

  it('long rows are sorted, of numbers that differ in their last bits alone and of numbers of all sizes', () => {
    const close = Float64Array.from({ length: 5000 }, (_, i) => 1 + (((i * 7919) % 5000) - 2500) * 2 ** -52)
    expect(sort(tensor(close)).dataSync()).toEqual(close.toSorted())
    const wide = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 10 ** ((i % 70) - 35))
    expect(sort(tensor(wide)).dataSync()).toEqual(wide.toSorted())
  })

  it('a NaN with a sign is as large as one without', () => {
    const negative = new Float32Array(new Uint32Array([0xffc00000]).buffer)[0]
    const x = tensor(new Float32Array([negative, 1, Number.NaN, -Infinity]))
    expect(numbersOf(argsort(x))).toEqual([3, 1, 0, 2])
    expect(numbersOf(argsort(x, 0, { descending: true }))).toEqual([0, 2, 1, 3])
  })

  it('topK of 0 is empty, along an axis before the last as well', () => {
    const { values, indices } = topK(zeros([2, 3]), 0, 0)
    expect([values.shape, indices.shape]).toEqual([
      [0, 3],
      [0, 3],
    ])
    expect(
      topK(
        tensor([
          [1, 5],
          [4, 2],
          [3, 3],
        ]),
        2,
        0,
      ).values.toArray(),
    ).toEqual([
      [4, 5],
      [3, 3],
    ])
  })

  it('what is refused is named', () => {
    const x = zeros([2, 3])
    expect(() => topK(x, 4)).toThrow(new RangeError('topK: expected k in 0 … 3, got 4'))
    expect(() => topK(x, 3, 0)).toThrow('topK: expected k in 0 … 2, got 3')
    expect(() => topK(x, 1.5)).toThrow('topK: expected k in 0 … 3, got 1.5')
    expect(() => topK(x, -1)).toThrow('topK: expected k in 0 … 3, got -1')
    expect(() => topK(x, '1' as never)).toThrow("topK: expected k in 0 … 3, got '1'")
    expect(() => topK(x, 1, 2)).toThrow('topK: axis 2 is not in a tensor of rank 2')
    expect(() => sort(x, 2)).toThrow(new RangeError('sort: axis 2 is not in a tensor of rank 2'))
    expect(() => argsort(x, -3)).toThrow('argsort: axis -3 is not in a tensor of rank 2')
    expect(() => sort(tensor(1))).toThrow('sort: axis -1 is not in a tensor of rank 0')
    expect(() => sort([1] as never)).toThrow(new TypeError('sort: expected a tensor, got an array of 1'))
    expect(() => sort(x, 0, true as never)).toThrow('sort: expected options { descending }, got true')
    expect(() => argsort(x, 0, { descending: 1 as never })).toThrow(
      'argsort: descending: expected true or false, got 1',
    )
    expect(() => topK(x, 1, 0, { largest: true } as never)).toThrow("topK: unknown option 'largest'")
  })
})

describe('in a recorded step', () => {
  beforeEach(() => init({ backend: 'wasm' }))

  it('sorting is replayed without a look at the numbers', () => {
    const step = key('step')
    const run = (from: ReturnType<typeof key>): Tensor[] => {
      const x = from.normal([3, 100])
      const { values, indices } = topK(x, 70)
      return [sort(x, 0), argsort(x, 1, { descending: true }), values, indices, takeAlongAxis(x, indices)]
    }
    const { recording, obstacle } = record(step, () => run(step).map(keep))
    expect(obstacle).toBeNull()
    for (const name of ['a', 'b']) {
      recording!.replay(key(name))
      expect(recording!.result.map(numbersOf)).toEqual(run(key(name)).map(numbersOf))
    }
    recording!.dispose()
  })
})

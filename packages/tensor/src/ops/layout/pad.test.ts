import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const row = (): ops.Tensor => ops.tensor([1, 2, 3])

describe('pad with a mode', () => {
  it.each<[ops.PadOptions['mode'], number[]]>([
    ['edge', [1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3]],
    ['reflect', [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]],
    ['symmetric', [3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2]],
    ['wrap', [3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]],
    ['constant', [7, 7, 7, 7, 1, 2, 3, 7, 7, 7, 7, 7]],
  ])("'%s' gives what NumPy 1.24 gives", (mode, want) => {
    expect(ops.pad(row(), [[4, 5]], { mode, value: 7 }).toArray()).toEqual(want)
  })

  it('continues corners both ways', () => {
    const x = ops.tensor([
      [1, 2],
      [3, 4],
    ])
    expect(
      ops
        .pad(
          x,
          [
            [1, 0],
            [0, 1],
          ],
          { mode: 'reflect' },
        )
        .toArray(),
    ).toEqual([
      [3, 4, 3],
      [1, 2, 1],
      [3, 4, 3],
    ])
    expect(
      ops
        .pad(
          x,
          [
            [0, 1],
            [1, 0],
          ],
          { mode: 'edge' },
        )
        .toArray(),
    ).toEqual([
      [1, 1, 2],
      [3, 3, 4],
      [3, 3, 4],
    ])
  })

  it('of one element repeats it', () => {
    for (const mode of ['edge', 'reflect', 'symmetric', 'wrap'] as const)
      expect(ops.pad(ops.tensor([5]), [[2, 1]], { mode }).toArray()).toEqual([5, 5, 5, 5])
  })

  it('leaves the middle as it is, whatever the dtype', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 5 }),
        fc.nat(7),
        fc.nat(7),
        (values, before, behind) => {
          for (const dtype of ['float64', 'int32', 'bool'] as const) {
            for (const mode of ['edge', 'reflect', 'symmetric', 'wrap'] as const) {
              const padded = ops.pad(ops.tensor(values, { dtype }), [[before, behind]], { mode })
              expect(padded.dtype).toBe(dtype)
              expect(ops.rows(padded, before, before + values.length).toArray()).toEqual(values)
              expect(padded.size).toBe(before + values.length + behind)
            }
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('by nothing is a tensor of its own', () => {
    const x = row()
    const y = ops.pad(x, [[0, 0]], { mode: 'edge' })
    x.dispose()
    expect(y.toArray()).toEqual([1, 2, 3])
  })

  it('refuses an empty axis, another mode, other options and pairs that do not fit', () => {
    expect(() =>
      ops.pad(
        ops.zeros([2, 0]),
        [
          [0, 0],
          [1, 0],
        ],
        { mode: 'edge' },
      ),
    ).toThrow('pad: axis 1 of [2, 0] is empty: there is nothing to continue')
    expect(() => ops.pad(row(), [[1, 1]], { mode: 'mirror' } as never)).toThrow(
      "pad: mode: expected one of constant, edge, reflect, symmetric, wrap, got 'mirror'",
    )
    expect(() => ops.pad(row(), [[1, 1]], { fill: 1 } as never)).toThrow("pad: unknown option 'fill'")
    expect(() =>
      ops.pad(
        row(),
        [
          [1, 1],
          [0, 0],
        ],
        { mode: 'wrap' },
      ),
    ).toThrow('pad: expected 1 pairs of whole numbers ≥ 0, got [[1, 1], [0, 0]]')
  })
})

describe('pad with an interior', () => {
  it('puts the constant between neighbours too, along each axis as often as asked', () => {
    const x = ops.tensor([
      [1, 2],
      [3, 4],
    ])
    const padded = ops.pad(
      x,
      [
        [0, 1],
        [1, 0],
      ],
      { value: 9, interior: [1, 2] },
    )
    expect(padded.toArray()).toEqual([
      [9, 1, 9, 9, 2],
      [9, 9, 9, 9, 9],
      [9, 3, 9, 9, 4],
      [9, 9, 9, 9, 9],
    ])
  })

  it('of one element, none, and a scalar has nothing between', () => {
    expect(ops.pad(ops.tensor([5]), [[1, 1]], { interior: [3] }).toArray()).toEqual([0, 5, 0])
    expect(ops.pad(ops.zeros([0]), [[1, 1]], { interior: [3], value: 2 }).toArray()).toEqual([2, 2])
    expect(ops.pad(ops.tensor(5), [], { interior: [] }).item()).toBe(5)
  })

  it('of any dtype keeps it', () => {
    for (const dtype of ['float32', 'float64', 'int32', 'uint32', 'bool'] as const) {
      const y = ops.pad(ops.tensor([1, 1], { dtype }), [[0, 0]], { interior: [1] })
      expect([y.dtype, y.toArray()]).toEqual([dtype, [1, 0, 1]])
    }
  })

  it.each<[string, () => unknown, string]>([
    [
      'a mode that continues, even by none',
      () => ops.pad(row(), [[1, 1]], { mode: 'edge', interior: [0] }),
      "pad: interior: expected mode 'constant' with it, got 'edge'",
    ],
    [
      'too few counts',
      () => ops.pad(row(), [[1, 1]], { interior: [] }),
      'pad: expected 1 interior counts, got []',
    ],
    [
      'a negative count',
      () => ops.pad(row(), [[1, 1]], { interior: [-1] }),
      'pad: expected interior counts that are whole numbers ≥ 0, got [-1]',
    ],
    [
      'a fraction',
      () => ops.pad(row(), [[1, 1]], { interior: [0.5] }),
      'pad: expected interior counts that are whole numbers ≥ 0, got [0.5]',
    ],
    [
      'a number for the list',
      () => ops.pad(row(), [[1, 1]], { interior: 1 as never }),
      'pad: expected 1 interior counts, an array of whole numbers, got 1',
    ],
  ])('refuses %s', (_, f, message) => {
    expect(f).toThrow(message)
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, at, build, plain, shapes, shapesOfRank } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const values = (t: ops.Tensor): number[] => [...t.dataSync()]

describe('layout ops', () => {
  it('transpose moves every element, in any order of axes', () => {
    const ordered = plain(shapes).chain((x) =>
      fc.tuple(
        fc.constant(x),
        fc.shuffledSubarray(
          x.shape.map((_, i) => i),
          { minLength: x.shape.length },
        ),
      ),
    )
    fc.assert(
      fc.property(ordered, ([x, axes]) => {
        const y = ops.transpose(asTensor(x), axes)
        const shape = axes.map((axis) => x.shape[axis])
        expect(y.shape).toEqual(shape)
        const source = (i: number[]): number[] => x.shape.map((_, axis) => i[axes.indexOf(axis)])
        expect(values(y)).toEqual(build(shape, (i) => at(x, source(i))))
      }),
    )
  })

  it('slice takes a block and pad undoes it around zeros', () => {
    const blocks = plain(shapes).chain((x) =>
      fc.tuple(
        fc.constant(x),
        fc.tuple(...x.shape.map((length) => fc.tuple(fc.nat(length), fc.nat(length)))),
      ),
    )
    fc.assert(
      fc.property(blocks, ([x, bounds]) => {
        const starts = bounds.map(([p, q]) => Math.min(p, q))
        const sizes = bounds.map(([p, q]) => Math.abs(p - q))
        const y = ops.slice(asTensor(x), starts, sizes)
        expect(y.shape).toEqual(sizes)
        expect(values(y)).toEqual(
          build(sizes, (i) =>
            at(
              x,
              i.map((v, axis) => v + starts[axis]),
            ),
          ),
        )
        const around = x.shape.map((length, i) => [starts[i], length - starts[i] - sizes[i]] as const)
        const inside = (i: number[]): boolean =>
          i.every((v, axis) => v >= starts[axis] && v < starts[axis] + sizes[axis])
        expect(values(ops.pad(y, around, 7))).toEqual(build(x.shape, (i) => (inside(i) ? at(x, i) : 7)))
      }),
    )
  })

  it('concat joins along any axis and slices take it apart again', () => {
    const pieces = shapesOfRank(1).chain((shape) =>
      fc.nat(shape.length - 1).chain((axis) =>
        fc.tuple(
          fc.constant(axis),
          fc
            .array(fc.nat(3), { minLength: 1, maxLength: 3 })
            .chain((lengths) =>
              fc.tuple(
                ...lengths.map((length) =>
                  plain(fc.constant(shape.map((l, i) => (i === axis ? length : l)))),
                ),
              ),
            ),
        ),
      ),
    )
    fc.assert(
      fc.property(pieces, ([axis, parts]) => {
        const y = ops.concat(
          parts.map((part) => asTensor(part)),
          axis,
        )
        let from = 0
        for (const part of parts) {
          const starts = y.shape.map((_, i) => (i === axis ? from : 0))
          expect(values(ops.slice(y, starts, part.shape))).toEqual(part.values)
          from += part.shape[axis]
        }
        expect(y.shape[axis]).toBe(from)
      }),
    )
  })

  it('gather picks along an axis and scatterAdd is its transpose', () => {
    const picks = plain(shapesOfRank(1, 1)).chain((x) =>
      fc.nat(x.shape.length - 1).chain((axis) =>
        fc.tuple(
          fc.constant(x),
          fc.constant(axis),
          plain(
            shapesOfRank(0).map((s) => s.slice(0, 2)),
            fc.nat(x.shape[axis] - 1),
          ),
        ),
      ),
    )
    fc.assert(
      fc.property(picks, ([x, axis, indices]) => {
        const index = asTensor(indices, 'int32')
        const y = ops.gather(asTensor(x), index, axis)
        const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)]
        expect(y.shape).toEqual(shape)
        const rank = indices.shape.length
        const source = (i: number[]): number[] => [
          ...i.slice(0, axis),
          at(indices, i.slice(axis, axis + rank)),
          ...i.slice(axis + rank),
        ]
        expect(values(y)).toEqual(build(shape, (i) => at(x, source(i))))
        // ⟨gather(x), g⟩ = ⟨x, scatterAdd(g)⟩
        const g = ops.add(ops.mul(y, 0.5), 1)
        const left = ops.sum(ops.mul(y, g)).item()
        const right = ops.sum(ops.mul(asTensor(x), ops.scatterAdd(g, index, x.shape[axis], axis))).item()
        expect(left).toBeCloseTo(right, 9)
      }),
    )
  })

  it('flip reverses the named axes', () => {
    expect(
      ops
        .flip(
          ops.tensor([
            [1, 2],
            [3, 4],
          ]),
          1,
        )
        .toArray(),
    ).toEqual([
      [2, 1],
      [4, 3],
    ])
    expect(
      ops
        .flip(
          ops.tensor([
            [1, 2],
            [3, 4],
          ]),
        )
        .toArray(),
    ).toEqual([
      [4, 3],
      [2, 1],
    ])
  })

  it('reshape and leading-axis slices share memory, so that an update shows through', () => {
    const x = ops.tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    const view = ops.reshape(ops.rows(x, 1, 3), [4])
    ops.updateInPlace('sgd', { parameter: x, velocity: ops.zeros([3, 2]) }, [ops.ones([3, 2])], {
      learningRate: 1,
      momentum: 0,
      weightDecay: 0,
    })
    expect(view.toArray()).toEqual([2, 3, 4, 5])
  })

  it('reshape works out one open length', () => {
    expect(ops.reshape(ops.zeros([4, 6]), [-1, 3]).shape).toEqual([8, 3])
    expect(ops.reshape(ops.zeros([0, 6]), [-1, 6]).shape).toEqual([0, 6])
  })

  it('broadcastTo, tile, stack, expandDims, squeeze, oneHot and diagonal do what their names say', () => {
    expect(ops.broadcastTo(ops.tensor([[1], [2]]), [2, 2]).toArray()).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(ops.tile(ops.tensor([[1, 2]]), [2, 2]).toArray()).toEqual([
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ])
    expect(ops.stack([ops.tensor([1, 2]), ops.tensor([3, 4])], 1).toArray()).toEqual([
      [1, 3],
      [2, 4],
    ])
    expect(ops.expandDims(ops.zeros([2, 3]), -1).shape).toEqual([2, 3, 1])
    expect(ops.squeeze(ops.zeros([1, 2, 1]), 0).shape).toEqual([2, 1])
    expect(ops.oneHot(ops.tensor(new Int32Array([2, 0, 5])), 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
    ])
    expect(
      ops
        .diagonal(
          ops.tensor([
            [1, 2],
            [3, 4],
          ]),
        )
        .toArray(),
    ).toEqual([1, 4])
  })

  it('topKMask marks the k largest magnitudes of the last axis, the first on ties', () => {
    expect(
      ops
        .topKMask(
          ops.tensor([
            [1, -3, 2],
            [2, 2, 2],
          ]),
          2,
        )
        .toArray(),
    ).toEqual([
      [0, 1, 1],
      [1, 1, 0],
    ])
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const largest = (t: ops.Tensor): number => [...t.dataSync()].reduce((m, x) => Math.max(m, Math.abs(x)), 0)

const batches = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 5 }))

describe('batched linear algebra', () => {
  it('choleskySolve solves every system of a batch', () => {
    const systems = batches.chain(([b, n]) =>
      fc.tuple(plain(fc.constant([b, n, n])), plain(fc.constant([b, n, 2]))),
    )
    fc.assert(
      fc.property(systems, ([m, rhs]) => {
        const root = asTensor(m)
        const a = ops.add(ops.matmul(root, root, { transposeB: true }), ops.eye(m.shape[1], 'float64'))
        const x = ops.choleskySolve(a, asTensor(rhs))
        expect(largest(ops.sub(ops.matmul(a, x), asTensor(rhs)))).toBeLessThan(1e-9)
      }),
    )
  })

  it('choleskySolve of a singular consistent system gives a solution, in float32 too', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const a = ops.tensor(
        [
          [4, 4],
          [4, 4],
        ],
        { dtype },
      )
      const x = ops.choleskySolve(a, ops.tensor([[8], [8]], { dtype }))
      expect(ops.matmul(a, x).toArray()).toEqual([[8], [8]])
      expect(ops.choleskySolve(ops.zeros([2, 2], dtype), ops.ones([2, 1], dtype)).toArray()).toEqual([
        [0],
        [0],
      ])
    }
  })

  it('choleskySolve keeps a ridge of 1e-6 of the largest eigenvalue, in float32 too', () => {
    const ridge = 1e-6
    const a = ops.add(ops.ones([10, 10]), ops.mul(ops.eye(10), ridge))
    const x = ops.choleskySolve(a, ops.ones([10, 1])).dataSync()
    for (const value of x) expect(value).toBeCloseTo(0.1, 3)
  })

  it('eigh takes every matrix of a batch apart', () => {
    fc.assert(
      fc.property(
        batches.chain(([b, n]) => plain(fc.constant([b, n, n]))),
        (m) => {
          const t = asTensor(m)
          const a = ops.add(t, ops.transpose(t, [0, 2, 1]))
          const { values, vectors } = ops.eigh(a)
          const scaled = ops.mul(vectors, ops.expandDims(values, 1))
          expect(largest(ops.sub(ops.matmul(scaled, vectors, { transposeB: true }), a))).toBeLessThan(1e-10)
        },
      ),
    )
  })

  it('expm of a skew matrix is the rotation by its angle, in a batch', () => {
    const angles = [0.3, 2.5]
    const g = ops.tensor(
      angles.map((t) => [
        [0, -t],
        [t, 0],
      ]),
      { dtype: 'float64' },
    )
    const want = ops.tensor(
      angles.map((t) => [
        [Math.cos(t), -Math.sin(t)],
        [Math.sin(t), Math.cos(t)],
      ]),
      { dtype: 'float64' },
    )
    expect(largest(ops.sub(ops.expm(g), want))).toBeLessThan(1e-14)
  })

  it('trace sums the diagonal of each matrix', () => {
    expect(
      ops
        .trace(
          ops.tensor([
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 8],
            ],
          ]),
        )
        .toArray(),
    ).toEqual([5, 13])
  })
})

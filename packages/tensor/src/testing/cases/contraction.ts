import fc from 'fast-check'
import type { DType } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Case, CaseTable } from '../case.ts'
import { broadcastable, length, ordinary, shape, tensorOf } from '../draw.ts'
import { inTerms } from '../tolerance.ts'
import { draws, plain, sparse } from '../values.ts'

const few = [1, 2, 3, 5, 9, 17]
/** Around the tiles of the products: 2 × 16 and 2 × 8, 4 columns, blocks of 32, 64, 128 rows and of 256 steps. */
const edges = [1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 34, 63, 64, 65, 66, 127, 128, 129, 130]
const depths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 258, 512, 513]

function* productSizes(): Iterable<readonly [number, number, number]> {
  yield [3, 4, 5]
  for (const m of few) for (const n of few) for (const k of [0, 1, 3, 4, 8]) yield [m, n, k]
  for (const edge of edges) {
    yield [edge, 17, 9]
    yield [edge, 3, 5]
    yield [3, edge, 9]
    yield [35, edge, 6]
  }
  for (const k of depths) {
    yield [3, 18, k]
    yield [66, 5, k]
  }
  const draw = draws(11)
  const any = (list: readonly number[]): number => list[Math.floor(draw() * list.length)]
  for (let trial = 0; trial < 16; trial++) yield [any(edges), any(edges), any(edges)]
  for (const [m, n, k] of [
    [0, 3, 4],
    [3, 0, 4],
    [0, 0, 0],
    [0, 3, 0],
    [3, 0, 0],
  ])
    yield [m, n, k]
  yield [300, 257, 129]
  // Around the blocks in which long sums are added up, and the parts of products whose sums are longer.
  for (const k of [1023, 1024, 1025, 1026, 16384, 16387, 32769]) yield [3, 5, k]
}

/** Leading axes of both sides. */
const batches: readonly (readonly [Shape, Shape])[] = [
  [[2], [2]],
  [[5], []],
  [[], [5]],
  [[5], [1]],
  [[1], [5]],
  [[2, 3], [3]],
  [[2, 1], [3]],
  [
    [1, 2, 1],
    [3, 1, 2],
  ],
  [[0], [1]],
  [
    [2, 1, 3],
    [1, 4, 1],
  ],
]

function* products(
  dtype: DType,
  lead: readonly [Shape, Shape],
  [m, n, k]: readonly number[],
  fill: typeof plain,
): Iterable<Case<'matmul'>> {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      yield {
        inputs: [
          fill(dtype, [...lead[0], ...(transposeA ? [k, m] : [m, k])], 1),
          fill(dtype, [...lead[1], ...(transposeB ? [n, k] : [k, n])], 2),
        ],
        params: { transposeA, transposeB },
      }
    }
  }
}

export const contractionCases = {
  matmul: {
    *calls(dtype) {
      for (const mnk of productSizes()) yield* products(dtype, [[], []], mnk, plain)
      for (const mnk of [
        [5, 7, 9],
        [35, 33, 17],
        [70, 6, 3],
      ])
        yield* products(dtype, [[], []], mnk, sparse)
      for (const lead of batches) {
        for (const mnk of [
          [3, 4, 5],
          [1, 1, 1],
          [4, 17, 8],
          [35, 5, 6],
          [2, 3, 0],
          [0, 3, 2],
          [3, 0, 2],
        ])
          yield* products(dtype, lead, mnk, plain)
      }
    },
    tolerance: inTerms,
    terms: ({ inputs: [a], params: { transposeA } }) => a.shape[a.shape.length - (transposeA ? 2 : 1)],
    smooth: fc
      .record({
        batch: shape(0, 2),
        m: length,
        k: length,
        n: length,
        transposeA: fc.boolean(),
        transposeB: fc.boolean(),
      })
      .chain(({ batch, m, k, n, transposeA, transposeB }) =>
        fc.tuple(broadcastable(batch), broadcastable(batch)).chain(([leadA, leadB]) =>
          fc.record({
            inputs: fc.tuple(
              tensorOf([...leadA, ...(transposeA ? [k, m] : [m, k])], ordinary),
              tensorOf([...leadB, ...(transposeB ? [n, k] : [k, n])], ordinary),
            ),
            params: fc.constant({ transposeA, transposeB }),
          }),
        ),
      )
      .filter(({ inputs: [a, b] }) => a.size + b.size <= 24),
  },
} satisfies Partial<CaseTable>

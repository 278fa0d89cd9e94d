import { absActivation, identityActivation, leakyReluActivation, reluActivation } from '../../activation.ts'
import { codeWords } from '../../code-words.ts'
import type { DType } from '../../dtype.ts'
import type { None } from '../../op-params.ts'
import type { Shape } from '../../shape.ts'
import type { Case, CaseTable, Values } from './case.ts'
import { sizes } from './shapes.ts'
import { draws, filled, plain, sparse, special } from './values.ts'

const NONE: None = {}
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

function* products(dtype: DType): Iterable<Case<'matmul'>> {
  const both = [false, true]
  const product = (lead: readonly [Shape, Shape], [m, n, k]: readonly number[], fill: typeof plain) =>
    both.flatMap((transposeA) =>
      both.map((transposeB) => ({
        inputs: [
          fill(dtype, [...lead[0], ...(transposeA ? [k, m] : [m, k])], 1),
          fill(dtype, [...lead[1], ...(transposeB ? [n, k] : [k, n])], 2),
        ],
        params: { transposeA, transposeB },
      })),
    )
  for (const mnk of productSizes()) yield* product([[], []], mnk, plain)
  for (const mnk of [
    [5, 7, 9],
    [35, 33, 17],
    [70, 6, 3],
  ])
    yield* product([[], []], mnk, sparse)
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
      yield* product(lead, mnk, plain)
  }
}

export const activations = [
  reluActivation,
  identityActivation,
  leakyReluActivation(0.2),
  leakyReluActivation(0),
  leakyReluActivation(1.5),
  leakyReluActivation(-0.5),
  absActivation,
]

const unitCounts = [...sizes.filter((n) => n <= 65), 32, 130]

function* affines(dtype: DType): Iterable<Case<'affine'>> {
  const layer = (
    lead: Shape,
    units: number,
    width: number,
    hasBias: boolean,
    fill: typeof plain,
  ): Values[] => [
    fill(dtype, [...lead, width], 1),
    fill(dtype, [units, width], 2),
    ...(hasBias ? [fill(dtype, [units], 3)] : []),
  ]
  for (const activation of activations) {
    for (const units of unitCounts) {
      yield { inputs: layer([5], units, 9, units % 3 !== 0, plain), params: activation }
      yield { inputs: layer([2, 3], units, 4, units % 3 === 0, sparse), params: activation }
    }
    for (const lead of [[], [0], [1], [64], [65], [130], [2, 0, 3], [2, 3, 4]]) {
      for (const width of [0, 1, 17, 33]) {
        yield { inputs: layer(lead, 37, width, true, plain), params: activation }
        yield { inputs: layer(lead, 6, width, false, sparse), params: activation }
      }
    }
    yield { inputs: layer([16], 65, 300, true, plain), params: activation }
  }
}

const randomWords = (shape: Shape): Values => {
  const draw = draws(17)
  return filled('uint32', shape, () => Math.floor(draw() * 2 ** 32))
}

function* slopes(dtype: DType): Iterable<Case<'applySlopes'>> {
  for (const activation of activations) {
    for (const units of unitCounts) {
      for (const [lead, repeats] of [
        [[3], []],
        [[], []],
        [[2, 2], [3]],
        [[], [2]],
        [[0], [2]],
      ]) {
        const code = randomWords([...lead, codeWords(units, activation)])
        yield { inputs: [code, special(dtype, [...lead, ...repeats, units])], params: activation }
      }
    }
  }
}

const leads: readonly Shape[] = [[3], [], [0], [2, 3]]

export const contractionCases = {
  matmul: products,
  affine: affines,
  applySlopes: slopes,
  packStates: function* (dtype) {
    for (const units of [...sizes, 32, 96]) {
      for (const lead of leads) yield { inputs: [plain(dtype, [...lead, units])], params: NONE }
    }
  },
  unpackStates: function* (dtype) {
    for (const units of [...sizes, 32, 96]) {
      for (const lead of leads) {
        const { values, shape } = randomWords([...lead, Math.ceil(units / 32)])
        yield { inputs: [filled(dtype, shape, (i) => values[i])], params: { units } }
      }
    }
  },
  countDifferingStates: function* (dtype) {
    for (const words of [1, 0, 2, 3, 17]) {
      for (const lead of leads)
        yield {
          inputs: [special(dtype, [...lead, words]), special(dtype, [...lead, words], 4)],
          params: NONE,
        }
    }
  },
} satisfies Partial<CaseTable>

import type { Shape } from '../shape.ts'

const upTo = (n: number): number[] => Array.from({ length: n + 1 }, (_, i) => i)

/** Around the lanes of a vector, the units of a word and the ends of loops. */
export const sizes = [...upTo(17), 31, 33, 63, 64, 65, 257, 1000]

/** One tensor: scalars, empty axes, every size, ranks up to 5. */
export const shapes: readonly Shape[] = [
  ...[[3], []],
  ...sizes.map((n) => [n]),
  ...[
    [1, 1],
    [3, 0, 2],
    [0, 4],
    [2, 3],
    [7, 17],
    [5, 1, 3],
    [2, 3, 4, 5],
    [1, 7, 1, 9],
    [2, 1, 3, 1, 4],
  ],
]

const numbersOf = (text: string): number[] => text.split(' ').map(Number)

/** Two tensors that broadcast: equal, one or both stretched, ranks 0 to 5, empty. */
export const broadcastPairs: readonly (readonly [Shape, Shape])[] = [
  ...sizes.map((n) => [[n], [n]] as const),
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 65, 257].flatMap((n) => [
    ...([[[n], []] as const, [[], [n]] as const] as const),
    ...([[[n], [1]] as const, [[1, 1], [n]] as const] as const),
  ]),
  ...(
    [
      [2, 3],
      [1, 1],
      [3, 4],
      [4, 17],
      [5, 8],
      [7, 1],
      [17, 5],
      [33, 65],
      [0, 4],
      [4, 0],
    ] as const
  ).flatMap(([m, n]): [Shape, Shape][] => [
    [[m, n], [n]],
    [[n], [m, n]],
    [
      [m, n],
      [m, 1],
    ],
    [
      [m, 1],
      [m, n],
    ],
    [
      [m, 1],
      [1, n],
    ],
    [[n], [m, 1]],
  ]),
  ...(
    [
      ['2 3 4', '3 1'],
      ['2 1 4', '1 3 1'],
      ['2 3 1 5', '3 4 1'],
      ['1 1 1', '2 3 4'],
      ['2 3 4 5', '2 1 4 5'],
      ['2 3 4 5 6', '4 1 6'],
      ['2 3 4 5 6', '2 1 4 1 6'],
      ['2 1 3 1 5', '1 4 1 6 1'],
      ['5 1', '2 1 1 5 9'],
      ['2 0 3', '1 1 1'],
      ['1 3', '0 1'],
    ] as const
  ).map(([a, b]) => [numbersOf(a), numbersOf(b)] as const),
]

/** Every subset of the axes of a tensor, none and all among them. */
export const axisSubsets = (rank: number): number[][] =>
  upTo(2 ** rank - 1).map((bits) => upTo(rank - 1).filter((axis) => (bits >> axis) & 1))

import type { Key } from '@facet/tensor'

/**
 * Places within which the nearby shuffle stays. Groups of like columns, and columns that hang on one factor in varying degree, have an
 * order too, but none neighbour by neighbour. Of 200 draws of 24 rows and 60 columns in two groups 0, 1.5, 5 and 12.5 % were taken for a grid with
 * stretches of 4, 8, 16 and 32 places, of one factor 2, 2, 14 and 28 %; the noisiest series that we have, 22 of CBF, have p = 0.08, 0.02, 0.01
 * and 0.01.
 */
const WINDOW = 8

export const shuffleNames = ['nearby', 'random'] as const

/** What an order is held against. */
export type ShuffleName = (typeof shuffleNames)[number]

/** Paths over the same points, shuffled within stretches of a few places or throughout. */
export const orderShuffles: Readonly<Record<ShuffleName, (path: Int32Array, key: Key) => Int32Array>> = {
  nearby(path, key) {
    const shuffled = path.slice()
    const first = key.child('first').integers(1, 1, WINDOW + 1)[0]
    for (let from = 0, to = first; from < path.length; from = to, to += WINDOW) {
      const window = path.subarray(from, to)
      key
        .child(from)
        .permutation(window.length)
        .forEach((at, k) => {
          shuffled[from + k] = window[at]
        })
    }
    return shuffled
  },
  random: (path, key) => key.permutation(path.length).map((at) => path[at]),
}

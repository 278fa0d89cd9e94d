import { init, key } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { faultsAgainstOracle } from '../testing/plane-checks.ts'
import { planePartitioner } from '../testing/plane-partitioner.ts'
import type { PlaneScene } from '../testing/plane-scenes.ts'

beforeAll(() => init())

/** One unit that is the largest of affine functions of two inputs: regions of some of them lie within those of others that come before. */
function maxoutScene(pieces: number, seed: number): PlaneScene {
  const numbers = key(seed)
    .child('maxout')
    .normalArray(3 * pieces)
  const weight = Array.from({ length: pieces }, (_, k) => [numbers[3 * k], numbers[3 * k + 1]])
  const bias = Array.from({ length: pieces }, (_, k) => numbers[3 * k + 2] / 2)
  return {
    name: `maxout of ${pieces} pieces, seed ${seed}`,
    layers: [{ kind: 'maxout', weight: [weight], bias: [bias] }],
    plane: { origin: [0.125, 0.0625], u: [1, 0], v: [0, 1] },
    window: [-1, 1],
  }
}

// Eight seeds of 9 pieces hold two where pieces of one candidate touch twice, or lie around others.
test.each([3, 5, 8, 9, 16, 33, 40])(
  'the largest of %i candidates is cut as in exact arithmetic',
  (pieces) => {
    const seeds = Array.from({ length: 24 }, (_, seed) => seed)
    expect(seeds.flatMap((seed) => faultsAgainstOracle(maxoutScene(pieces, seed), planePartitioner))).toEqual(
      [],
    )
  },
)

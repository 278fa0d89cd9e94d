import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { depthIn, findRegion } from './find-region.ts'
import { type MadePicture, madePicture } from './testing/made-picture.ts'

beforeAll(() => init())

/** Numbers in [−1, 1], the same in every run. */
function* numbers(): Generator<number> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    yield state / 2 ** 31
  }
}

describe.each([[[]], [[3]], [[16]], [[24, 24]], [[32, 32, 32]]])(
  'in the picture of hidden layers %j',
  (hidden) => {
    let made: MadePicture
    beforeAll(() => {
      made = madePicture({ hidden, seed: hidden.length })
    })

    it('finds the region that the partition names, away from walls', () => {
      const { partition, picture } = made
      const random = numbers()
      let compared = 0
      for (let i = 0; i < 2000; i++) {
        const [s, t] = [random.next().value, random.next().value]
        const wanted = partition.at(s, t)!.index
        const found = findRegion(picture, s, t)
        // Corners are rounded to 24 bits: at a wall either side may be found.
        if (depthIn(picture, wanted, s, t) < 1e-6) continue
        expect(found).toBe(wanted)
        compared++
      }
      expect(compared).toBeGreaterThan(1900)
    })

    it('finds a region at each corner of every polygon, which it touches', () => {
      const { picture } = made
      for (let k = 0; k < picture.corners.length; k += 2) {
        const [s, t] = [picture.corners[k], picture.corners[k + 1]]
        const found = findRegion(picture, s, t)
        expect(found).toBeGreaterThanOrEqual(0)
        expect(depthIn(picture, found, s, t)).toBeGreaterThan(-2e-6)
      }
    })

    it('finds none outside of the frame', () => {
      for (const [s, t] of [
        [1.001, 0],
        [0, -1.001],
        [-5, 7],
        [Number.NaN, 0],
      ])
        expect(findRegion(made.picture, s, t)).toBe(-1)
    })
  },
)

it('knows how deep a point lies', () => {
  const picture = { corners: Float32Array.of(0, 0, 2, 0, 2, 2, 0, 2), starts: Uint32Array.of(0, 4) }
  expect(depthIn(picture, 0, 1, 1)).toBe(1)
  expect(depthIn(picture, 0, 1.75, 1)).toBe(0.25)
  expect(depthIn(picture, 0, 3, 1)).toBe(-1)
  // Corner and corner again: an edge of no length says nothing.
  const twice = { corners: Float32Array.of(0, 0, 2, 0, 2, 0, 2, 2, 0, 2), starts: Uint32Array.of(0, 5) }
  expect(depthIn(twice, 0, 1, 1)).toBe(1)
})

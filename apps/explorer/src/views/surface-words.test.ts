import { expect, it } from 'vitest'
import { lineOf, wordsOf } from './surface-words.ts'

const surface = {
  dimension: 2,
  starts: new Uint32Array(1235),
  creases: new Float32Array(6 * 2000),
  samples: new Float32Array(3 * 40),
  isFlat: false,
  axes: ['PCA 1', 'PCA 2', 'PCA 3'],
} as const

it('says of how many pieces it is', () => {
  expect(lineOf(surface)).toBe('1,234 flat pieces')
  expect(lineOf({ ...surface, dimension: 1, starts: new Uint32Array(2) })).toBe('1 straight piece')
})

it('says what is seen, and from where', () => {
  const turn = { azimuth: 35.4, elevation: -20 }
  expect(wordsOf(surface, turn)).toBe(
    "The decoder's image over the latent window: a surface of 1,234 flat pieces that meet in 2,000 creases, along PCA 1, PCA 2 and PCA 3, seen from azimuth 35° and elevation -20°, with 40 training samples as dots.",
  )
  expect(
    wordsOf(
      { ...surface, dimension: 1, isFlat: true, axes: ['x', 'y', 'z'], starts: new Uint32Array(4) },
      turn,
    ),
  ).toBe(
    "The decoder's image over the latent window: a curve of 3 straight pieces, along x and y, with 40 training samples as dots.",
  )
  expect(wordsOf(null, turn)).toBe('There is no surface yet.')
})

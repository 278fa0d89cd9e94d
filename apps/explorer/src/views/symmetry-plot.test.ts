import { expect, it } from 'vitest'
import type { SymmetryFacts } from '../work/messages.ts'
import { errorSeries, isSame, reachOf, shareText, thetaText, wordsOf } from './symmetry-plot.ts'

const facts = (error = 0.012, theta = 0.5): SymmetryFacts => ({
  generators: ['rotation', 'learned'],
  theta,
  rows: [
    {
      name: 'rotation',
      moved: Float32Array.of(1, 2),
      reconstructed: Float32Array.of(1, 1),
      error,
      leaving: 0.174,
    },
    {
      name: 'random',
      moved: Float32Array.of(1, 2),
      reconstructed: Float32Array.of(1, 1),
      error: 3,
      leaving: Number.NaN,
    },
  ],
  along: {
    theta: Float32Array.of(-Math.PI, 0, Math.PI),
    errors: [Float32Array.of(0.5, 0, 1), Float32Array.of(2, Number.NaN, 1e9)],
    paths: [],
  },
})

it('keeps errors where they can be drawn: rounding and what grows without end do not set the scale', () => {
  const [chosen, random] = errorSeries(facts().along)
  const values = (series: typeof chosen) => Array.from({ length: series.length }, (_, i) => series.valueOf(i))
  expect(values(chosen)).toEqual([0.5, 1e-7, 1])
  expect(values(random)).toEqual([2, 100, 100])
  expect(chosen.stepOf(2)).toBeCloseTo(Math.PI, 6)
  expect(errorSeries({ theta: new Float32Array(), errors: [], paths: [] })).toEqual([])
})

it('says angles in degrees and other ways as numbers', () => {
  expect(reachOf(facts().along)).toBeCloseTo(Math.PI, 6)
  expect(thetaText(-Math.PI / 2, Math.PI)).toBe('−90°')
  expect(thetaText(-1.234, 6)).toBe('−1.2')
})

it('says shares in per cent, and none where nothing moves', () => {
  expect([0.174, 0.0123, 1, 0, Number.NaN].map(shareText)).toEqual(['17.4 %', '1.2 %', '100 %', '0 %', '–'])
})

it('is the same look where every number that is shown is', () => {
  expect(isSame(facts(), facts())).toBe(true)
  expect(isSame(facts(), facts(0.013))).toBe(false)
  expect(isSame(facts(), facts(0.012, 0.6))).toBe(false)
  expect(isSame(facts(), { ...facts(), generators: ['rotation'] })).toBe(false)
  expect(isSame(null, facts())).toBe(false)
  expect(isSame(null, null)).toBe(true)
})

it('says the facts in a sentence', () => {
  expect(wordsOf(facts(), 6)).toBe(
    'Sample 7 moved by 29°. rotation: error 0.012, 17.4 % of the tangent leaves the surface; random: error 3.',
  )
})

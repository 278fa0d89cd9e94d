import { expect, it } from 'vitest'
import { Recordings } from './recordings.ts'

function recorded(steps: number): Recordings {
  const recordings = new Recordings()
  for (let step = 0; step <= steps; step++)
    if (recordings.isDue(step)) recordings.keep(step, Float32Array.of(step))
  return recordings
}

it('keeps every one of the first steps, then ever fewer', () => {
  const { steps } = recorded(1000)
  expect(steps.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, i) => i))
  expect(steps.length).toBeLessThan(160)
  for (let i = 40; i < steps.length; i++) expect(steps[i] / steps[i - 1]).toBeLessThan(1.06)
})

it('never keeps more than 256, and always the first', () => {
  const recordings = recorded(200_000)
  expect(recordings.steps.length).toBeLessThanOrEqual(256)
  expect(recordings.steps[0]).toBe(0)
  expect(recordings.steps.at(-1)).toBeGreaterThan(190_000)
})

it('gives the weights nearest to a step', () => {
  const recordings = recorded(1000)
  for (const step of [0, 17, 333, 999, 5000]) {
    const { step: kept, weights } = recordings.nearest(step)!
    expect(weights[0]).toBe(kept)
    const distances = recordings.steps.map((other) => Math.abs(other - step))
    expect(Math.abs(kept - step)).toBe(Math.min(...distances))
  }
  expect(new Recordings().nearest(3)).toBeNull()
})

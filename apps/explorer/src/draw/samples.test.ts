import { expect, it } from 'vitest'
import { sampleGroups } from './sample-groups.ts'
import { samplesIn } from './sample-rows.ts'

const samples = Float32Array.of(0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 0.25, 0.75)

it('samples are grouped by label, those of validation hollow and first', () => {
  const facts = { train: new Float32Array(9), width: 3, labels: Int32Array.of(4, 7, 4) }
  const groups = sampleGroups(samples, facts, 'light')
  expect(groups.map(({ rows, isHollow }) => [[...rows], isHollow])).toEqual([
    [[3], true],
    [[0, 2], false],
    [[1], false],
  ])
  expect(new Set(groups.map(({ colour }) => colour)).size).toBe(3)
})

it('one label for all is none, and without facts all are alike', () => {
  const same = sampleGroups(
    samples,
    { train: new Float32Array(4), width: 2, labels: Int32Array.of(3, 3) },
    'dark',
  )
  expect(same.map(({ rows, isHollow }) => [[...rows], isHollow])).toEqual([
    [[2, 3], true],
    [[0, 1], false],
  ])
  expect(same[0].colour).toBe(same[1].colour)
  expect(sampleGroups(samples, null, 'dark').map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3]])
})

it('more training samples than a picture has are left out', () => {
  const facts = { train: new Float32Array(20), width: 2, labels: null }
  expect(sampleGroups(samples, facts, 'light').map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3]])
})

it('samples in polygons are those whose dots lie in one of them', () => {
  const square = (s: number, t: number) => [s, t, s + 1, t, s + 1, t + 1, s, t + 1]
  const picture = {
    corners: Float32Array.from([...square(0, 0), ...square(1, 0), ...square(0, 1)]),
    starts: Uint32Array.of(0, 4, 8, 12),
    samples,
  }
  expect(samplesIn(picture, [0])).toEqual([0, 3])
  expect(samplesIn(picture, [1, 2])).toEqual([1, 2])
  expect(samplesIn(picture, [])).toEqual([])
})

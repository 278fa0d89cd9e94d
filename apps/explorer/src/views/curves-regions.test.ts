import { expect, test } from 'vitest'
import type { FrameFacts, RegionsPicture } from '../work/messages.ts'
import { RegionCounts } from './curves-regions.ts'

const frame = (
  run: number,
  step: number,
  regions: number,
  side = 1,
): Pick<FrameFacts, 'run' | 'step' | 'input'> => ({
  run,
  step,
  input: { regions, frame: { s: [0, side], t: [0, side] } } as unknown as RegionsPicture,
})

const read = (counts: RegionCounts) =>
  Array.from({ length: counts.length }, (_, i) => [counts.step(i), counts.regions(i)])

test('counts are kept step by step, and a step that is shown again adds none', () => {
  const counts = new RegionCounts()
  counts.add(frame(1, 0, 10), 'whole')
  counts.add(frame(1, 5, 12), 'whole')
  counts.add(frame(1, 0, 10), 'whole')
  counts.add({ run: 1, step: 6, input: null }, 'whole')
  counts.add(frame(1, 7, 11), 'whole')
  expect(read(counts)).toEqual([
    [0, 10],
    [5, 12],
    [7, 11],
  ])
})

test('another run or window begins anew', () => {
  const counts = new RegionCounts()
  for (const next of [frame(1, 5, 10), frame(2, 3, 20), frame(2, 2, 30, 2)]) {
    counts.add(next, 'whole')
    expect(read(counts)).toEqual([[next.step, next.input!.regions]])
  }
})

test('a window that is a little wider goes on, one that is wider than that does not, however slowly it came', () => {
  const counts = new RegionCounts()
  for (const [step, side] of [1, 1.04, 1.08].entries()) counts.add(frame(1, step, 10 + step, side), 'whole')
  expect(read(counts)).toEqual([[2, 12]])
  counts.add(frame(1, 3, 13, 1.1), 'whole')
  expect(counts.length).toBe(2)
})

test('another part begins anew, and a picture of the part before that comes late is replaced by the next one', () => {
  const counts = new RegionCounts()
  counts.add(frame(1, 5, 10), 'whole')
  counts.add(frame(1, 6, 11), 'encoder')
  expect(read(counts)).toEqual([[6, 11]])
  counts.add(frame(1, 8, 3), 'encoder')
  counts.add(frame(1, 9, 4), 'encoder')
  expect(read(counts)).toEqual([
    [8, 3],
    [9, 4],
  ])
})

test('of two pictures of one step the later is right', () => {
  const counts = new RegionCounts()
  counts.add(frame(1, 5, 10), 'whole')
  counts.add(frame(1, 5, 12), 'whole')
  expect(read(counts)).toEqual([[5, 12]])
})

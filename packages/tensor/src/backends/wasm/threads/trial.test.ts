import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Trial } from './trial.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** How often each way was taken in so many calls that take so long. */
function counts(trial: Trial, calls: number, together: number, alone: number): [number, number] {
  const taken: [number, number] = [0, 0]
  for (let i = 0; i < calls; i++) {
    trial.run(
      () => {
        taken[0]++
        vi.advanceTimersByTime(together)
      },
      () => {
        taken[1]++
        vi.advanceTimersByTime(alone)
      },
    )
  }
  return taken
}

it('the first call is made on all threads', () => {
  expect(counts(new Trial(), 1, 5, 4)).toEqual([1, 0])
})

it('all but 4 calls in 256 go the quicker way', () => {
  expect(counts(new Trial(), 256, 5, 4)).toEqual([4, 252])
  expect(counts(new Trial(), 256, 4, 5)).toEqual([252, 4])
})

it('what is quicker is asked again: another program may have come or gone', () => {
  const trial = new Trial()
  expect(counts(trial, 256, 5, 4)).toEqual([4, 252])
  expect(counts(trial, 256, 3, 4)).toEqual([252, 4])
})

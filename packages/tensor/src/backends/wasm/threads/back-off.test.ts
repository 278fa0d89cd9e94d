import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BackOff } from './back-off.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** Lets a job take its time. */
function work(backOff: BackOff, milliseconds: number, alone: number): void {
  const begun = performance.now()
  vi.advanceTimersByTime(milliseconds)
  backOff.after(begun, alone)
}

/** Milliseconds until threads are used again. */
function lengthOf(backOff: BackOff): number {
  let length = 0
  for (; !backOff.isOver; length++) vi.advanceTimersByTime(1)
  return length
}

it('is not taken where threads gain', () => {
  const backOff = new BackOff()
  expect(backOff.isOver).toBe(true)
  work(backOff, 5, 9)
  work(backOff, 9, 9)
  expect(backOff.isOver).toBe(true)
})

it('is twenty times as long as what was lost', () => {
  const backOff = new BackOff()
  work(backOff, 12, 9)
  expect(lengthOf(backOff)).toBe(60)
})

it('doubles while it happens again, up to two seconds, and is short again after a while of work together', () => {
  const backOff = new BackOff()
  const lengths = Array.from({ length: 8 }, () => {
    work(backOff, 12, 9)
    return lengthOf(backOff)
  })
  expect(lengths).toEqual([60, 120, 240, 480, 960, 1920, 2000, 2000])
  vi.advanceTimersByTime(2001)
  work(backOff, 12, 9)
  expect(lengthOf(backOff)).toBe(60)
})

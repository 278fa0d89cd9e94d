import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Rest } from './rest.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** Lets a job take its time. */
function work(rest: Rest, milliseconds: number, alone: number): void {
  const begun = performance.now()
  vi.advanceTimersByTime(milliseconds)
  rest.after(begun, alone)
}

/** Milliseconds until threads are used again. */
function lengthOf(rest: Rest): number {
  let length = 0
  for (; !rest.isOver; length++) vi.advanceTimersByTime(1)
  return length
}

it('is not taken where threads gain', () => {
  const rest = new Rest()
  expect(rest.isOver).toBe(true)
  work(rest, 5, 9)
  work(rest, 9, 9)
  expect(rest.isOver).toBe(true)
})

it('is twenty times as long as what was lost', () => {
  const rest = new Rest()
  work(rest, 12, 9)
  expect(lengthOf(rest)).toBe(60)
})

it('doubles while it happens again, up to two seconds, and is short again after a while of work together', () => {
  const rest = new Rest()
  const lengths = Array.from({ length: 8 }, () => {
    work(rest, 12, 9)
    return lengthOf(rest)
  })
  expect(lengths).toEqual([60, 120, 240, 480, 960, 1920, 2000, 2000])
  vi.advanceTimersByTime(2001)
  work(rest, 12, 9)
  expect(lengthOf(rest)).toBe(60)
})

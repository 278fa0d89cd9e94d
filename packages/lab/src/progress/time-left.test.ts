import { describe, expect, it } from 'vitest'
import { type JobClock, jobTimeLeft, timeLeft } from './time-left.ts'

const waiting = (group: string, cost = 1): JobClock => ({
  group,
  cost,
  startedAt: null,
  endedAt: null,
  fraction: 0,
})
const done = (group: string, seconds: number, cost = 1): JobClock => ({
  group,
  cost,
  startedAt: 0,
  endedAt: 1000 * seconds,
  fraction: 1,
})

describe('time left', () => {
  it('cannot be told before anything has moved', () => {
    expect(timeLeft([waiting('a'), waiting('b')], 2, 0)).toBeNull()
    expect(jobTimeLeft(waiting('a'), 0)).toBeNull()
    expect(jobTimeLeft({ ...waiting('a'), startedAt: 0, fraction: 0.05 }, 1000)).toBeNull()
  })

  it("of a running job follows the job's own pace", () => {
    expect(jobTimeLeft({ ...waiting('a'), startedAt: 0, fraction: 0.25 }, 10_000)).toBe(30)
  })

  it('takes the pace of a group that has been seen, and the cost at the rate of the others for one that has not', () => {
    const jobs = [done('a', 4), waiting('a'), waiting('b', 3)]
    expect(timeLeft(jobs, 1, 4000)).toBe(4 + 12)
  })

  it('is shared by the threads, but never less than the longest job', () => {
    expect(timeLeft([done('a', 4), waiting('a'), waiting('a')], 2, 4000)).toBe(4)
    expect(timeLeft([done('a', 4), waiting('a')], 2, 4000)).toBe(4)
  })

  it('is nothing when all is done', () => {
    expect(timeLeft([done('a', 4)], 2, 9000)).toBe(0)
  })
})

import { expect, it } from 'vitest'
import { describePlan, estimateSeconds, timeSteps } from './cost.ts'

const jobs = (...costs: number[]) => costs.map((cost, i) => ({ label: `${i}`, group: '', cost }))
/** Beside the start of the processes. */
const seconds = (costs: number[], processes: number, scale = 1) =>
  estimateSeconds(jobs(...costs), processes, scale) - estimateSeconds(jobs(0), 1, 1)

it('estimates the time of all jobs as the processes serve them, the most expensive first', () => {
  expect(seconds([1, 2, 3], 1)).toBe(6)
  expect(seconds([1, 2, 3], 2)).toBe(3)
  expect(seconds([1, 1, 1, 4], 2)).toBe(4)
  expect(seconds([2, 2, 2], 2)).toBe(4)
  expect(seconds([1, 2, 3], 9, 2)).toBe(6)
})

it('says no more digits than an estimate has', () => {
  const said = (time: number, count = 30, processes = 2) =>
    describePlan(jobs(...Array(count).fill(1)), processes, time)
  expect(said(58.4)).toBe('30 runs, 2 at a time, about 58 s')
  expect(said(61)).toBe('30 runs, 2 at a time, about 1 min')
  expect(said(5000)).toBe('30 runs, 2 at a time, about 1 h 20 min')
  expect(said(0.2, 1, 8)).toBe('1 run, 1 at a time, about 1 s')
})

it('times six steps at least, however long they take', () => {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  let steps = 0
  const seconds = timeSteps(() => {
    steps++
    Atomics.wait(sleeper, 0, 0, 80)
  })
  expect(steps).toBe(6)
  expect(seconds).toBeGreaterThan(0.07)
})

import { median } from '../text/statistics.ts'

/** Long enough for the compiler to have seen a step, short enough that nobody notices. */
const budgetSeconds = 0.3

/** On a busy machine the first step alone, which compiles, may take the whole budget: it would be the estimate, 28 times too long once. */
const fewestSteps = 6

/** Seconds that a step takes: the median over the second half of as many as fit into {@link budgetSeconds}, of {@link fewestSteps} at least. */
export function timeSteps(step: () => void): number {
  const started = performance.now()
  const seconds: number[] = []
  let now = started
  while (seconds.length < fewestSteps || now - started < 1000 * budgetSeconds) {
    step()
    const then = now
    now = performance.now()
    seconds.push((now - then) / 1000)
  }
  return median(seconds.slice(Math.floor(seconds.length / 2)))
}

import type { NamedJob } from '../progress/progress.ts'
import { duration } from '../text/duration.ts'
import { counted } from '../text/number.ts'

/** Starting a worker, and its first steps before the compiler has seen them. */
const startSeconds = 1

/** How long jobs take on some threads, the most expensive first, as the pool serves them. */
export function estimateSeconds(jobs: readonly NamedJob[], threads: number, secondsPerCost: number): number {
  const busyUntil = new Array<number>(Math.max(1, Math.min(threads, jobs.length))).fill(startSeconds)
  for (const cost of jobs.map((job) => job.cost).sort((a, b) => b - a)) {
    const next = busyUntil.indexOf(Math.min(...busyUntil))
    busyUntil[next] += cost * secondsPerCost
  }
  return Math.max(...busyUntil)
}

/** `30 runs on 2 threads, about 1 min`. */
export const describePlan = (jobs: readonly NamedJob[], threads: number, seconds: number): string =>
  `${counted(jobs.length, 'run')} on ${counted(Math.min(threads, jobs.length), 'thread')}, about ${roughly(seconds)}`

/** An estimate has no seconds beside minutes, and no minutes beside many hours. */
function roughly(seconds: number): string {
  if (seconds < 60) return duration(Math.max(1, seconds))
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return duration(Math.round(seconds / 600) * 600)
}

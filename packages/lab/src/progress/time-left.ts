/** One job as the estimate sees it. */
export interface JobClock {
  /** Jobs of one group take about equally long (same model, same data set). */
  readonly group: string
  /** A guess at the relative work, used until a group has been seen. */
  readonly cost: number
  startedAt: number | null
  endedAt: number | null
  /** Share of the work done, 0 to 1. */
  fraction: number
}

/** Below this share a running job's own pace is mostly start-up. */
const tellingFraction = 0.1

/** How long a job takes in all, by its own pace; `null` before that can be told. */
function pace(job: JobClock, now: number): number | null {
  if (job.startedAt === null) return null
  if (job.endedAt !== null) return job.endedAt - job.startedAt
  return job.fraction >= tellingFraction ? (now - job.startedAt) / job.fraction : null
}

const average = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

/** Seconds that one job still needs, `null` before anything can be told. Times in milliseconds. */
export function jobTimeLeft(job: JobClock, now: number): number | null {
  const whole = pace(job, now)
  return whole === null || job.startedAt === null ? null : Math.max(0, whole - (now - job.startedAt)) / 1000
}

/**
 * Seconds until all jobs are done on `processes` processes: a group's own pace where it has been seen, else its cost
 * at the rate of the others. `null` before anything can be told.
 */
export function timeLeft(jobs: readonly JobClock[], processes: number, now: number): number | null {
  const paces = new Map<string, number[]>()
  let seenTime = 0
  let seenCost = 0
  for (const job of jobs) {
    const whole = pace(job, now)
    if (whole === null) continue
    paces.set(job.group, [...(paces.get(job.group) ?? []), whole])
    seenTime += whole
    seenCost += job.cost
  }
  if (seenCost === 0) return null
  const rate = seenTime / seenCost
  let work = 0
  let longest = 0
  for (const job of jobs) {
    if (job.endedAt !== null) continue
    const seen = paces.get(job.group)
    const whole = pace(job, now) ?? (seen ? average(seen) : rate * job.cost)
    const left = job.startedAt === null ? whole : Math.max(0, whole - (now - job.startedAt))
    work += left
    longest = Math.max(longest, left)
  }
  return Math.max(work / processes, longest) / 1000
}

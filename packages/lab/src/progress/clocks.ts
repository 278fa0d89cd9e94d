import type { NamedJob } from './progress.ts'
import { type JobClock, timeLeft } from './time-left.ts'

/** Start, end and share of every job; the arithmetic behind both kinds of progress. */
export class Clocks {
  readonly jobs: readonly JobClock[]
  readonly #processes: number

  constructor(jobs: readonly NamedJob[], processes: number) {
    this.jobs = jobs.map(({ group, cost }) => ({ group, cost, startedAt: null, endedAt: null, fraction: 0 }))
    this.#processes = processes
  }

  start(job: number): void {
    this.jobs[job].startedAt = performance.now()
    this.jobs[job].fraction = 0
  }

  advance(job: number, fraction: number): void {
    this.jobs[job].fraction = fraction
  }

  end(job: number): void {
    const clock = this.jobs[job]
    clock.endedAt = performance.now()
    clock.startedAt ??= clock.endedAt
    clock.fraction = 1
  }

  get done(): number {
    return this.jobs.filter((job) => job.endedAt !== null).length
  }

  get running(): number[] {
    return this.jobs.flatMap((job, i) => (job.startedAt !== null && job.endedAt === null ? [i] : []))
  }

  /** Share of the work of all jobs, by cost. */
  get fraction(): number {
    const total = this.jobs.reduce((sum, job) => sum + job.cost, 0)
    return this.jobs.reduce((sum, job) => sum + job.cost * job.fraction, 0) / total
  }

  seconds(job: number): number {
    const { startedAt, endedAt } = this.jobs[job]
    return startedAt === null || endedAt === null ? 0 : (endedAt - startedAt) / 1000
  }

  left(): number | null {
    return timeLeft(this.jobs, this.#processes, performance.now())
  }
}

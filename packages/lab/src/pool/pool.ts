import { Interrupted } from '../errors.ts'
import type { NamedJob, Progress } from '../progress/progress.ts'
import { versions } from '../version.ts'
import { type Answer, WorkerLost, WorkerProcess } from './worker-process.ts'

/** One thing to run in a worker. */
export interface Job<R = unknown> extends NamedJob {
  /** What the worker is told: plain data. */
  readonly request: R
}

export interface PoolOptions<O> {
  /** The module that a worker starts from, which calls `serveJobs`. */
  readonly worker: URL
  /** Jobs at a time, each in a process of its own. */
  readonly processes: number
  readonly signal: AbortSignal
  readonly progress: Progress
  /** What a finished job shows beside its name. */
  readonly note: (job: number, outcome: O) => string
  /** Called as each job ends. */
  readonly onEnded: (job: number, ended: Answer<O>) => void
}

/** How often a job is tried whose worker is killed: once by accident, and once more where memory was short for all. */
const attempts = 3

/**
 * Runs all jobs in worker processes, the most expensive first. What comes out depends on the jobs alone, not on how many
 * run at a time. A worker that is killed alone is replaced and its job repeated; after {@link attempts} the job has failed.
 *
 * @returns one entry per job, in the order given; a job that throws does not stop the others.
 * @throws Interrupted once the signal is aborted, with all workers gone.
 */
export async function runJobs<O>(
  jobs: readonly Job[],
  { worker: entry, processes, signal, progress, note, onEnded }: PoolOptions<O>,
): Promise<Answer<O>[]> {
  const workers = new Set<WorkerProcess>()
  let isOver = false
  const killAll = (): void => {
    for (const worker of workers) worker.kill()
  }

  const expectGoing = (): void => {
    if (isOver || signal.aborted) throw new Interrupted()
  }

  /** Draws jobs until none is left, with one worker after another. */
  async function serve(queue: Iterable<number>): Promise<void> {
    let worker: WorkerProcess | null = null
    for (const job of queue) {
      for (let attempt = 1; ended[job] === undefined; attempt++) {
        expectGoing()
        workers.add((worker ??= new WorkerProcess(entry)))
        try {
          ended[job] = await worker.run<O>(jobs[job].request, (fraction) =>
            fraction === 0 ? progress.started(job) : progress.advanced(job, fraction),
          )
        } catch (error) {
          if (!(error instanceof WorkerLost)) throw error
          workers.delete(worker)
          worker = null
          expectGoing()
          if (attempt < attempts) progress.repeated(job, error.message)
          else ended[job] = { error: `${error.message}, ${attempts} times in turn`, lost: true, versions }
        }
      }
      const { outcome, error } = ended[job]
      progress.ended(job, error === undefined ? note(job, outcome) : `failed: ${error}`)
      onEnded(job, ended[job])
    }
  }

  expectGoing()
  const lanes = Math.max(1, Math.min(processes, jobs.length))
  const ended = new Array<Answer<O>>(jobs.length)
  const order = jobs.map((_, i) => i).sort((a, b) => jobs[b].cost - jobs[a].cost)
  const queue = order.values()
  signal.addEventListener('abort', killAll)
  process.on('exit', killAll)
  try {
    await Promise.all(Array.from({ length: lanes }, () => serve(queue)))
    return ended
  } finally {
    isOver = true
    signal.removeEventListener('abort', killAll)
    progress.stop()
    await Promise.all([...workers].map((worker) => worker.stop()))
    process.off('exit', killAll)
  }
}

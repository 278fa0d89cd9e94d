import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { Interrupted } from '../errors.ts'
import type { NamedJob, Progress } from '../progress/progress.ts'
import type { ExperimentName, ExperimentOutcome, ExperimentTask, WorkerRequest } from '../worker.ts'

/** One experiment to run in a worker. */
export interface Job<E extends ExperimentName = ExperimentName> extends NamedJob {
  readonly experiment: E
  readonly task: ExperimentTask<E>
}

/** How a job ended: with its outcome, or with the message of what it threw. */
export type Ended<E extends ExperimentName> =
  | { readonly outcome: ExperimentOutcome<E>; readonly error?: undefined }
  | { readonly error: string; readonly outcome?: undefined }

export interface PoolOptions<E extends ExperimentName> {
  readonly threads: number
  readonly signal: AbortSignal
  readonly progress: Progress
  /** What a finished job shows beside its name. */
  readonly note: (job: number, outcome: ExperimentOutcome<E>) => string
  /** Called as each job ends. */
  readonly onEnded: (job: number, ended: Ended<E>) => void
}

/** TypeScript when run from source, JavaScript when built; both lie beside this file. */
const fromSource = import.meta.url.endsWith('.ts')
const workerFile = new URL(fromSource ? '../worker.ts' : './worker.js', import.meta.url)

/** Workers started from source need the loader and the condition that the main thread has. */
function nodeArguments(): string[] {
  if (!fromSource) return []
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--conditions=facet-source', '--import', loader]
}

/**
 * Runs all jobs on `threads` worker threads, the most expensive first. What comes out depends on the jobs alone, not
 * on how many run at a time.
 *
 * @returns one entry per job, in the order given; a job that throws does not stop the others.
 * @throws Interrupted once the signal is aborted, with all workers stopped.
 */
export async function runJobs<E extends ExperimentName>(
  jobs: readonly Job<E>[],
  { threads, signal, progress, note, onEnded }: PoolOptions<E>,
): Promise<Ended<E>[]> {
  if (signal.aborted) throw new Interrupted()
  const lanes = Math.max(1, Math.min(threads, jobs.length))
  const pool = new Piscina({
    filename: workerFile.href,
    execArgv: nodeArguments(),
    minThreads: 1,
    maxThreads: lanes,
  })
  const runOne = async (job: number): Promise<Ended<E>> => {
    const { port1, port2 } = new MessageChannel()
    port2.on('message', (fraction: number) =>
      fraction === 0 ? progress.started(job) : progress.advanced(job, fraction),
    )
    const { experiment, task } = jobs[job]
    const request: WorkerRequest = { experiment, task, port: port1 }
    try {
      const outcome = (await pool.run(request, { transferList: [port1] })) as ExperimentOutcome<E>
      progress.ended(job, note(job, outcome))
      return { outcome }
    } catch (error) {
      if (signal.aborted) throw new Interrupted()
      const { message } = error as Error
      progress.ended(job, `failed: ${message}`)
      return { error: message }
    } finally {
      port2.close()
    }
  }
  // Destroying the pool stops its threads and fails what runs or waits.
  const stop = (): void => void pool.destroy()
  signal.addEventListener('abort', stop)
  const order = jobs.map((_, i) => i).sort((a, b) => jobs[b].cost - jobs[a].cost)
  const ended = new Array<Ended<E>>(jobs.length)
  // The threads draw from one list themselves: piscina's own queue does not keep the order.
  const queue = order.values()
  const serve = async (): Promise<void> => {
    for (const job of queue) {
      ended[job] = await runOne(job)
      onEnded(job, ended[job])
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, serve))
    return ended
  } finally {
    signal.removeEventListener('abort', stop)
    progress.stop()
    await pool.destroy()
  }
}

import {
  aValue,
  describe,
  type OptionKind,
  type OptionsOf,
  optional,
  optionTable,
} from '@facet/tensor/checks'
import type { FittedModel } from '../fitted-model.ts'
import { load } from '../load.ts'
import { type FitOptions, fitOptions } from '../options.ts'
import { targetsOf, trainingTable } from '../prepare-training.ts'
import type { RowsInput } from '../rows/table.ts'
import { errorOf, type Hearers, type Job, PROTOCOL } from './messages.ts'
import { type AnyWorker, isWorker, type StartedWorker, startWorker, type WorkerFile } from './start-worker.ts'

/** Functions stay on their thread. */
const noFunction: OptionKind<never> = {
  check() {
    throw new TypeError(
      'trainInWorker: loss: a function cannot go to a worker; fit(rows, { loss }) trains on this thread and gives way to others every 12 ms, or call fit in a worker of ' +
        'your own, where the function is',
    )
  },
}

const workerRows = {
  /**
   * The worker's program, for pages whose security policy or bundler keeps them from the package's own file: the address of a copy of
   * `@facet/facet/train-worker.min.js`, or a worker that runs it, which is used for this training alone and ended. Default: the package's file.
   */
  worker: optional(
    aValue<WorkerFile | AnyWorker>(
      'the address of a file, a text or a URL, or a worker',
      (value) =>
        typeof value === 'string' || /URL\]$/.test(Object.prototype.toString.call(value)) || isWorker(value),
    ),
  ),
}

const workerOptions = optionTable('trainInWorker', {
  ...fitOptions.rows,
  ...workerRows,
  loss: optional(noFunction),
})

/** What {@link trainInWorker} may be told: all that `fit` may be, but for `loss`, a function. */
export type WorkerFitOptions = Omit<FitOptions, 'loss'> & OptionsOf<typeof workerRows>

/** Workers that have been used: they are ended, and would never answer. */
const used = new WeakSet<object>()

/**
 * Fits an autoencoder as `fit` does, in a worker of its own, so that the page's thread is free: the same rows, options, progress, errors and model, to the bit.
 * The worker ends with the training, however that ends. Rows are copied once and their memory goes to the worker; the model comes back as a file.
 *
 * @throws what `fit` throws; TypeError for a `loss`, which is a function, and for a worker that has been used; Error where no worker starts, saying what to allow
 * @example
 * import { trainInWorker } from '@facet/facet/worker'
 * const rows = Array.from({ length: 100 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(i) * Math.cos(i)])
 * const stop = new AbortController() // a button: stop.abort() gives the best weights so far
 * const model = await trainInWorker(rows, {
 *   bottleneck: 1,
 *   epochs: 5,
 *   signal: stop.signal,
 *   onProgress: ({ epoch, epochs, remaining }) => console.log(`${epoch} of ${epochs}, ${remaining.toFixed(0)} s left`),
 * })
 * model.isAnomaly([[1, 1, 1]])
 */
export async function trainInWorker(rows: RowsInput, options: WorkerFitOptions = {}): Promise<FittedModel> {
  const { worker, signal, onProgress, columns, target, ...settings } = workerOptions.resolve(options, 'fit')
  signal?.throwIfAborted()
  if (typeof worker === 'object' && isWorker(worker)) {
    if (used.has(worker))
      throw new TypeError(
        'trainInWorker: worker: expected one that has not been used: it ends with its training',
      )
    used.add(worker)
  }
  const table = trainingTable('fit', rows, columns ?? null)
  const targets = target === undefined ? undefined : targetsOf('fit', target, table)
  const job: Job = {
    protocol: PROTOCOL,
    values: table.values as Float64Array<ArrayBuffer>,
    target: targets?.values as Float64Array<ArrayBuffer> | undefined,
    columns: table.names ?? table.width,
    isWatched: onProgress !== undefined,
    settings,
  }
  return load(await fileOf(job, worker, signal, onProgress))
}

/** What to do where no worker starts. */
const advice =
  "let the page's security policy allow it (Content-Security-Policy: worker-src 'self') or serve a copy of @facet/facet/train-worker.min.js and give its address, " +
  'trainInWorker(rows, { worker }); fit(rows) trains on this thread'

const notOurs = (said: unknown): TypeError =>
  new TypeError(
    `trainInWorker: worker: expected one that runs @facet/facet/train-worker.min.js, got one that says ${describe(said)}`,
  )

/** The file of the model that a worker fits. However the promise is settled, the worker has been ended. */
function fileOf(
  job: Job,
  file: WorkerFile | AnyWorker | undefined,
  signal: AbortSignal | undefined,
  onProgress: FitOptions['onProgress'],
): Promise<Uint8Array> {
  let worker: StartedWorker | undefined
  let isReady = false
  const stop = (): void => worker?.send({ stop: true })
  const failure = (message: string): Error => {
    const told = message === '' ? '' : ` (${message})`
    if (isReady) return new Error(`trainInWorker: the worker ended before its training did${told}`)
    const from = file === undefined || isWorker(file) ? '' : ` from ${file}`
    return new Error(`trainInWorker: no worker starts${from}${told}; ${advice}`)
  }
  return new Promise<Uint8Array>((resolve, reject) => {
    const hearers: Hearers = {
      ready: () => {
        isReady = true
      },
      progress: (progress) => onProgress?.(progress),
      bytes: resolve,
      stopped: () => reject(signal?.reason),
      error: (told) => reject(errorOf(told)),
    }
    try {
      worker = startWorker(file, {
        hear(answer) {
          try {
            if (!Array.isArray(answer) || !Object.hasOwn(hearers, answer[0])) throw notOurs(answer)
            hearers[answer[0] as keyof Hearers](answer[1] as never)
          } catch (error) {
            // Of the caller's own onProgress.
            reject(error)
          }
        },
        fail: (message) => reject(failure(message)),
      })
    } catch (error) {
      throw failure((error as Error).message)
    }
    worker.send(
      { job },
      [job.values, job.target].flatMap((values) => (values ? [values.buffer] : [])),
    )
    signal?.addEventListener('abort', stop)
  }).finally(() => {
    signal?.removeEventListener('abort', stop)
    worker?.end()
  })
}

import { builtin } from './builtin.ts'
import { workerProgram } from './worker.generated.ts'

/** What a worker is sent. */
export interface WorkerStart {
  readonly memory: WebAssembly.Memory
  readonly modules: readonly WebAssembly.Module[]
  /** Functions by the number under which a job names them. */
  readonly names: readonly string[]
  /** Address of the control block. */
  readonly control: number
  /** Address of 512 KB in which this thread packs operands. */
  readonly scratch: number
  /** Of the program that is expected. */
  readonly version: string
}

/** What a worker says: that it looks for work, that it has left the memory alone, or that it is a program of another version. */
export type WorkerAnswer = 'ready' | 'ended' | { readonly version: string }

/** The address of a worker's program; a page may demand that it is a `TrustedScriptURL`, which TypeScript does not know. */
export type WorkerFile = string | URL

/** A thread that has begun to look for work. */
export interface StartedWorker {
  /** Resolves when the thread, told to end, has left the memory alone. */
  ended(): Promise<void>
}

type NodeThreads = typeof import('node:worker_threads')

/** Milliseconds until a program that says nothing is given up: a start takes some ten, and a hundred times as long on a machine with ten times the work it has cores for. */
const patience = 30_000

/** @throws Error where a program says nothing in time, which is stopped then, or stops by itself. */
async function inTime(
  answer: Promise<StartedWorker>,
  file: WorkerFile | undefined,
  stop: () => unknown,
): Promise<StartedWorker> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(file, `within ${patience / 1000} s`)), patience)
  })
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    stop()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** What went wrong where a program says nothing. */
const silent = (file: WorkerFile | undefined, when: string): Error =>
  new Error(
    `expected an answer of the program${file === undefined ? '' : ` at ${file}`} ${when}, got none; it must be @facet/tensor/kernels/thread.js`,
  )

/**
 * Starts a thread of the engine, which ends with the process or page.
 *
 * @param file where its program is, if it may not start from a text
 * @throws Error where it does not start, or says nothing for 30 s.
 */
export async function startWorker(data: WorkerStart, file?: WorkerFile): Promise<StartedWorker> {
  const threads = builtin<NodeThreads>('node:worker_threads')
  return threads === undefined ? inBrowser(data, file) : inNode(threads, data, file)
}

/** What went wrong where a file has another program than this engine's. */
const otherVersion = (file: WorkerFile | undefined, expected: string, answer: WorkerAnswer): Error =>
  new Error(
    `expected the program of version ${expected} at ${file}, got ${typeof answer === 'object' ? `version ${answer?.version}` : answer}`,
  )

function inNode(
  { Worker }: NodeThreads,
  data: WorkerStart,
  file: WorkerFile | undefined,
): Promise<StartedWorker> {
  // Not the flags of this process: loaders of TypeScript would be started for nothing.
  const options = { workerData: data, execArgv: [] }
  const worker =
    file === undefined
      ? new Worker(workerProgram, { ...options, eval: true })
      : new Worker(/^file:/.test(String(file)) ? new URL(file) : file, options)
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const answer = new Promise<StartedWorker>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(silent(file, 'before it ended')))
    worker.once('message', (answer: WorkerAnswer) => {
      // It sleeps when there is no work and must not keep the process alive.
      worker.unref()
      if (answer !== 'ready') return reject(otherVersion(file, data.version, answer))
      resolve({
        ended() {
          worker.ref()
          return ended
        },
      })
    })
  })
  return inTime(answer, file, () => worker.terminate())
}

const forbidden =
  "the page's security policy allows no workers from blob: addresses; let its server allow them (Content-Security-Policy: worker-src blob:), or " +
  'serve @facet/tensor/kernels/thread.js and give its address, init({ threads, worker })'

async function inBrowser(data: WorkerStart, file: WorkerFile | undefined): Promise<StartedWorker> {
  const address = file ?? URL.createObjectURL(new Blob([workerProgram], { type: 'text/javascript' }))
  try {
    return await startAt(address, data, file)
  } finally {
    if (file === undefined) URL.revokeObjectURL(address as string)
  }
}

function startAt(
  address: WorkerFile,
  data: WorkerStart,
  file: WorkerFile | undefined,
): Promise<StartedWorker> {
  // What is wrong where the browser does not say it.
  const obstacle = file === undefined ? forbidden : `no worker starts from ${file}`
  // Some engines throw where a policy forbids the address, others say so later.
  const start = (): Worker => {
    try {
      return new Worker(address)
    } catch (error) {
      throw new Error(`${obstacle} (${(error as Error).message})`)
    }
  }
  const worker = start()
  let end: () => void
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const answered = new Promise<StartedWorker>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message ? `${obstacle} (${message})` : obstacle))
    worker.onmessage = ({ data: answer }: MessageEvent<WorkerAnswer>) => {
      if (answer === 'ended') end()
      else if (answer === 'ready') resolve({ ended: () => ended })
      else reject(otherVersion(address, data.version, answer))
    }
    worker.postMessage(data)
  })
  return inTime(answered, file, () => worker.terminate())
}

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
}

/** A thread that has begun to look for work. */
export interface StartedWorker {
  /** Resolves when the thread, told to end, has left the memory alone. */
  ended(): Promise<void>
}

type NodeThreads = typeof import('node:worker_threads')
type NodeSystem = typeof import('node:os')

/** Processors that this process may use. */
export const processors = (): number =>
  builtin<NodeSystem>('node:os')?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1

/** Starts a thread of the engine, which ends with the process or page. @throws Error where it does not start. */
export function startWorker(data: WorkerStart): Promise<StartedWorker> {
  const threads = builtin<NodeThreads>('node:worker_threads')
  return threads === undefined ? inBrowser(data) : inNode(threads, data)
}

function inNode({ Worker }: NodeThreads, data: WorkerStart): Promise<StartedWorker> {
  // Not the flags of this process: loaders of TypeScript would be started for nothing.
  const worker = new Worker(workerProgram, { eval: true, workerData: data, execArgv: [] })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      // It sleeps when there is no work and must not keep the process alive.
      worker.unref()
      resolve({
        ended() {
          worker.ref()
          return ended
        },
      })
    })
  })
}

function inBrowser(data: WorkerStart): Promise<StartedWorker> {
  const address = URL.createObjectURL(new Blob([workerProgram], { type: 'text/javascript' }))
  const worker = new Worker(address)
  let end: () => void
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return new Promise<StartedWorker>((resolve, reject) => {
    worker.onerror = ({ message }) =>
      reject(new Error(message || "the page's security policy allows no workers from blob: addresses"))
    worker.onmessage = ({ data }) => (data === 'ended' ? end() : resolve({ ended: () => ended }))
    worker.postMessage(data)
  }).finally(() => URL.revokeObjectURL(address))
}

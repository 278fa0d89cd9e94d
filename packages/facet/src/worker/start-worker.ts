import { builtin } from '@facet/tensor/checks'
import { defaultAddress, startDefault } from './default-program.ts'
import type { Answer, Request } from './messages.ts'

/** The address of the worker's program; a page may demand that it is a `TrustedScriptURL`, which TypeScript does not know. */
export type WorkerFile = string | URL

/** What a thread tells the one that started it. */
export interface Listener {
  hear(answer: Answer): void
  /** The thread does not start, or has ended of itself. `message` is what its engine says of it, `''` where that is nothing. */
  fail(message: string): void
}

/** A thread that has been started. */
export interface StartedWorker {
  send(request: Request, transfer?: ArrayBuffer[]): void
  end(): void
}

type NodeThreads = typeof import('node:worker_threads')
type NodeWorker = InstanceType<NodeThreads['Worker']>

/** A worker of a browser, or of a runtime that has the same. */
export const isWebWorker = (value: unknown): value is Worker =>
  typeof (value as Worker)?.postMessage === 'function' &&
  typeof (value as Worker).addEventListener === 'function'

const isNodeWorker = (value: unknown): value is NodeWorker =>
  typeof (value as NodeWorker)?.postMessage === 'function' && typeof (value as NodeWorker).on === 'function'

/** A worker that somebody has started. */
export type AnyWorker = Worker | NodeWorker

export const isWorker = (value: unknown): value is AnyWorker => isWebWorker(value) || isNodeWorker(value)

/**
 * Starts the worker's program, or takes a worker that runs it.
 *
 * @throws Error where there are no workers, and what browsers throw for an address that they refuse at once
 */
export function startWorker(given: WorkerFile | AnyWorker | undefined, listener: Listener): StartedWorker {
  if (isWebWorker(given)) return inBrowser(given, listener)
  if (isNodeWorker(given)) return inNode(given, listener)
  if (typeof globalThis.Worker === 'function')
    return inBrowser(given === undefined ? startPackaged() : startAt(given), listener)
  const threads = builtin<NodeThreads>('node:worker_threads')
  if (threads === undefined) throw new Error('there are none here')
  const file = given ?? defaultAddress()
  // Not the flags of this process: loaders of TypeScript would be started for nothing.
  const worker = new threads.Worker(/^file:/.test(String(file)) ? new URL(file) : file, { execArgv: [] })
  return inNode(worker, listener)
}

/** Whether it is another server's than the page's: browsers start no worker from there. */
const isElsewhere = (address: WorkerFile): boolean => {
  const { location } = globalThis
  if (location === undefined) return false
  const { protocol, origin } = new URL(address, location.href)
  return /^https?:$/.test(protocol) && origin !== location.origin
}

const startPackaged = (): Worker =>
  isElsewhere(defaultAddress()) ? startElsewhere(defaultAddress()) : startDefault()

const startAt = (file: WorkerFile): Worker => (isElsewhere(file) ? startElsewhere(file) : new Worker(file))

/** A worker of the page's own origin that loads the program from elsewhere, where packages come from a server of packages. */
function startElsewhere(address: WorkerFile): Worker {
  const text = `importScripts(${JSON.stringify(address)})`
  const own = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  try {
    return new Worker(own)
  } finally {
    URL.revokeObjectURL(own)
  }
}

function inBrowser(worker: Worker, { hear, fail }: Listener): StartedWorker {
  worker.addEventListener('message', ({ data }) => hear(data))
  worker.addEventListener('error', (event) => {
    // Otherwise the page's console says it as well.
    event.preventDefault()
    fail(event.message ?? '')
  })
  worker.addEventListener('messageerror', () => fail('it sent what cannot be read'))
  return {
    send: (request, transfer = []) => worker.postMessage(request, transfer),
    end: () => worker.terminate(),
  }
}

function inNode(worker: NodeWorker, { hear, fail }: Listener): StartedWorker {
  worker.on('message', hear)
  worker.on('error', ({ message }) => fail(message))
  worker.on('messageerror', () => fail('it sent what cannot be read'))
  worker.on('exit', (code) => fail(`it exited with code ${code}`))
  return {
    send: (request, transfer = []) => worker.postMessage(request, transfer),
    end: () => void worker.terminate(),
  }
}

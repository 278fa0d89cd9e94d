import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Versions } from '../version.ts'

/** How a job ended, and what computed it. */
export type Answer<O> = {
  readonly versions: Versions
  /** Wall time of the job in its worker, to a millisecond. */
  readonly seconds?: number
} & (
  | { readonly outcome: O; readonly error?: undefined }
  | {
      readonly error: string
      readonly outcome?: undefined
      /** No worker lived to answer. */
      readonly lost?: true
    }
)

/** What a worker sends: the share of the work done, and at last its answer. */
export type FromWorker<O> = number | Answer<O>

/** A worker ended before it answered: killed, out of memory, or by its own `process.exit`. The message says how. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost'
}

/** Where memory runs out the system sends SIGKILL, and V8 ends itself with SIGABRT. */
const signalsOfMemory: readonly (string | null)[] = ['SIGKILL', 'SIGABRT']

function lost(code: number | null, signal: NodeJS.Signals | null): WorkerLost {
  const hint = signalsOfMemory.includes(signal) ? ' (out of memory? fewer --jobs need less)' : ''
  return new WorkerLost(
    signal === null ? `worker ended with exit code ${code}` : `worker killed by ${signal}${hint}`,
  )
}

/** What a worker started from source needs; limits of memory are those of this process. */
function nodeArguments(entry: URL): string[] {
  const limits = process.execArgv.filter((argument) => argument.startsWith('--max-'))
  if (!entry.pathname.endsWith('.ts')) return limits
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return [...limits, '--conditions=facet-source', '--import', loader]
}

/** A process that runs one job at a time, by `serveJobs` in its entry. */
export class WorkerProcess {
  readonly #child: ChildProcess
  /** How it ended. Resolved once there is no such process any more. */
  readonly #end: Promise<WorkerLost>

  constructor(entry: URL) {
    // 'advanced' is the algorithm of `structuredClone`: NaN, undefined and typed arrays come back as they were.
    this.#child = fork(fileURLToPath(entry), {
      execArgv: nodeArguments(entry),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#end = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(lost(code, signal)))
      this.#child.on('error', (error) => {
        // Without a process there is no 'exit': it could not be started.
        if (this.#child.pid === undefined) resolve(new WorkerLost(`worker not started: ${error.message}`))
      })
    })
  }

  /** @throws WorkerLost if the process ends before it has answered. */
  async run<O>(request: unknown, onProgress: (fraction: number) => void): Promise<Answer<O>> {
    const child = this.#child
    let listen = (_: unknown): void => {}
    const answer = new Promise<Answer<O>>((resolve) => {
      listen = (message) => {
        const sent = message as FromWorker<O>
        if (typeof sent === 'number') onProgress(sent)
        else resolve(sent)
      }
    })
    child.on('message', listen)
    try {
      // A request that cannot be sent is to a process that has ended, or is about to.
      if (child.connected) child.send({ request }, () => {})
      return await Promise.race([answer, this.#end.then((end) => Promise.reject(end))])
    } finally {
      child.off('message', listen)
    }
  }

  /** Ends it at once, whatever it is doing. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Ends it at once. @returns when it is gone. */
  async stop(): Promise<void> {
    this.kill()
    await this.#end
  }
}

import { existsSync, writeFileSync } from 'node:fs'
import { serveJobs } from '../serve-jobs.ts'

/** What the worker of the pool's tests can be asked for. */
export type OddRequest =
  | { readonly echo: unknown }
  | { readonly throws: string }
  | { readonly exits: number }
  | { readonly killedBy: NodeJS.Signals; readonly unless?: string }
  /** Computes that long in milliseconds, without a turn of the event loop where it `isDeaf`. */
  | { readonly busy: number; readonly isDeaf: boolean }

serveJobs(async (request: OddRequest, onProgress) => {
  if ('throws' in request) throw new Error(request.throws)
  if ('exits' in request) process.exit(request.exits)
  if ('killedBy' in request) {
    const { killedBy, unless } = request
    if (unless !== undefined && existsSync(unless)) return 'survived'
    if (unless !== undefined) writeFileSync(unless, '')
    process.kill(process.pid, killedBy)
    await new Promise(() => {})
  }
  if ('busy' in request) {
    const { busy, isDeaf } = request
    const started = performance.now()
    for (let done = 0; done < 1; ) {
      done = (performance.now() - started) / busy
      onProgress(Math.min(1, done))
      if (!isDeaf) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return process.pid
  }
  return 'echo' in request ? { pid: process.pid, echo: request.echo } : null
})

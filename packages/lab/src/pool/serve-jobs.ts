import { startEngine } from '../engine.ts'
import { type Versions, versions } from '../version.ts'
import { interruptions } from './interruptions.ts'
import type { Answer, FromWorker } from './worker-process.ts'

/** A message a step would cost more than many a step: the share is sent in hundredths. */
const progressSteps = 100

/** Milliseconds between two looks whether the pool's process still lives. */
const lookEvery = 200

/**
 * Makes this process a worker: runs what the pool asks for, one request after another on one thread, and ends when the pool's
 * process does. To be called by the entry of a worker, once.
 */
export function serveJobs<R>(run: (request: R, onProgress: (fraction: number) => void) => unknown): void {
  const pool = process.ppid
  // Ctrl-C, a closed terminal and a scheduler's end reach every process of the group; the pool decides what becomes of its workers.
  for (const signal of interruptions) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
  // Warnings to a pipe that nobody reads.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

  const send = (message: FromWorker<unknown>): void => {
    process.send!(message, undefined, undefined, () => {})
  }
  let lookedAt = 0
  /** Work that never lets the event loop turn does not see the connection close. */
  function endWithPool(): void {
    const now = performance.now()
    if (now - lookedAt < lookEvery) return
    lookedAt = now
    if (process.ppid !== pool) process.exit()
  }
  process.on('message', async ({ request }: { readonly request: R }) => {
    let sent = 0
    const onProgress = (fraction: number): void => {
      endWithPool()
      const step = Math.floor(fraction * progressSteps)
      if (step > sent) send((sent = step) / progressSteps)
    }
    send(0)
    let by: Versions = versions
    const answerOf = async (): Promise<Answer<unknown>> => {
      by = { ...versions, engine: await startEngine() }
      return { outcome: await run(request, onProgress), versions: by }
    }
    const began = performance.now()
    const answer = await answerOf().catch(
      (error): Answer<unknown> => ({
        error: error instanceof Error ? error.message : String(error),
        versions: by,
      }),
    )
    send({ ...answer, seconds: Math.round(performance.now() - began) / 1000 })
  })
}

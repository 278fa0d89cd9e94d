import type { MessagePort } from 'node:worker_threads'
import { startEngine } from './engine.ts'
import { runOrbitStudy } from './studies/orbit-benefit/run.ts'
import { runStudyYardsticks } from './studies/orbit-benefit/yardsticks.ts'
import { runOrbit } from './studies/orbit-gap/run.ts'
import { runReproduce } from './studies/paper-table/run.ts'
import { runYardsticks } from './studies/paper-table/yardsticks.ts'

/** What a worker can be asked to run, each from plain data to plain data. */
const experiments = {
  orbit: runOrbit,
  orbitStudy: runOrbitStudy,
  orbitStudyYardsticks: runStudyYardsticks,
  reproduce: runReproduce,
  yardsticks: runYardsticks,
}

export type ExperimentName = keyof typeof experiments
export type ExperimentTask<E extends ExperimentName> = Parameters<(typeof experiments)[E]>[0]
export type ExperimentOutcome<E extends ExperimentName> = Awaited<ReturnType<(typeof experiments)[E]>>

/** What the pool sends to a worker. */
export interface WorkerRequest {
  readonly experiment: ExperimentName
  readonly task: unknown
  /** Receives the share of the work done, 0 to 1; 0 is sent first, when work begins. */
  readonly port: MessagePort
}

/** A message a step would cost more than many a step: the share is sent in hundredths. */
const progressSteps = 100

/** Entry of a worker thread: runs one experiment on one thread. */
export default async function work({ experiment, task, port }: WorkerRequest): Promise<unknown> {
  let sent = 0
  const onProgress = (fraction: number): void => {
    const step = Math.floor(fraction * progressSteps)
    if (step > sent) port.postMessage((sent = step) / progressSteps)
  }
  try {
    port.postMessage(0)
    await startEngine()
    return await (experiments[experiment] as (t: unknown, p: typeof onProgress) => unknown)(task, onProgress)
  } finally {
    port.close()
  }
}

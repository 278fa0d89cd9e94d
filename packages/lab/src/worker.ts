import { serveJobs } from './pool/serve-jobs.ts'
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

/** What a worker is asked. */
export interface WorkerRequest<E extends ExperimentName = ExperimentName> {
  readonly experiment: E
  readonly task: ExperimentTask<E>
}

serveJobs(({ experiment, task }: WorkerRequest, onProgress) =>
  (experiments[experiment] as (t: unknown, p: typeof onProgress) => unknown)(task, onProgress),
)

import type { Experiment } from '../studies/experiments.ts'
import { describePlan, estimateSeconds } from '../study/estimate.ts'
import { prepareAny } from '../study/kinds.ts'
import { duration } from '../text/duration.ts'
import { plainTable } from '../text/plain-table.ts'

/** The runs of an experiment, each with its estimated time, and the time of all. */
export async function dryRun(experiment: Experiment, threads: number): Promise<string> {
  const study = await prepareAny(experiment)
  const { jobs } = study
  const scale = study.calibrate()
  const rows = jobs.map(({ label, cost }) => [label, duration(cost * scale)])
  const plan = describePlan(jobs, threads, estimateSeconds(jobs, threads, scale))
  return `${plainTable({ head: ['run', 'about'], rows })}\n\n${plan}\n`
}

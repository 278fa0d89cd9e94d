import type { Experiment } from '../studies/studies.ts'
import { studyOf } from '../studies/studies.ts'
import { describePlan, estimateSeconds } from '../study/cost.ts'
import { jobsOf } from '../study/run.ts'
import { type Shard, tasksOf } from '../study/shard.ts'
import { duration } from '../text/duration.ts'
import { plainTable } from '../text/plain-table.ts'

/** The runs of an experiment, or of a shard of it, each with its estimated time, and the time of all. */
export async function dryRun(
  { experiment, settings }: Experiment,
  processes: number,
  shard: Shard | null = null,
): Promise<string> {
  const study = studyOf(experiment)
  const { sizes } = await study.prepare(settings)
  const plan = study.plan(settings, sizes)
  const jobs = jobsOf(study, settings, shard === null ? plan : tasksOf(plan, shard))
  const scale = study.secondsPerCost(settings, sizes)
  const rows = jobs.map(({ label, cost }) => [label, duration(cost * scale)])
  const whole = describePlan(jobs, processes, estimateSeconds(jobs, processes, scale))
  return `${plainTable({ head: ['run', 'about'], rows })}\n\n${whole}\n`
}

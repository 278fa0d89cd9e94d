/** A task of a scheduler, and which attempt at it: at most one attempt is at work at any time. */
export interface ScheduledTask {
  readonly task: string
  readonly attempt: string
}

const sane = /^[\w.:[\]-]{1,256}$/

/**
 * The task that these variables of the environment say; `null` for none. Slurm counts the restarts of a task; for others, as Kubernetes, a
 * manifest sets FACET_TASK and FACET_ATTEMPT.
 */
export function scheduledTask(env: Readonly<Record<string, string | undefined>>): ScheduledTask | null {
  const { SLURM_ARRAY_JOB_ID: job, SLURM_ARRAY_TASK_ID: index, SLURM_CLUSTER_NAME: cluster } = env
  const found =
    job !== undefined && index !== undefined
      ? { task: `slurm:${cluster ?? ''}:${job}:${index}`, attempt: env.SLURM_RESTART_COUNT ?? '0' }
      : { task: env.FACET_TASK ?? '', attempt: env.FACET_ATTEMPT ?? '' }
  return sane.test(found.task) && sane.test(found.attempt) ? found : null
}

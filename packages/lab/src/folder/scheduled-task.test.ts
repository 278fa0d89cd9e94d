import { expect, it } from 'vitest'
import { scheduledTask } from './scheduled-task.ts'

it("a task of Slurm's array is told with the count of its restarts", () => {
  const env = { SLURM_CLUSTER_NAME: 'main', SLURM_ARRAY_JOB_ID: '12', SLURM_ARRAY_TASK_ID: '3' }
  expect(scheduledTask(env)).toEqual({ task: 'slurm:main:12:3', attempt: '0' })
  expect(scheduledTask({ ...env, SLURM_RESTART_COUNT: '2' })).toMatchObject({ attempt: '2' })
})

it('another scheduler says task and attempt in variables of ours; one alone is none', () => {
  expect(scheduledTask({ FACET_TASK: 'a-1', FACET_ATTEMPT: 'pod-7' })).toEqual({
    task: 'a-1',
    attempt: 'pod-7',
  })
  expect(scheduledTask({ FACET_TASK: 'a-1' })).toBeNull()
  expect(scheduledTask({ FACET_TASK: 'a b\n', FACET_ATTEMPT: '1' })).toBeNull()
  expect(scheduledTask({})).toBeNull()
})

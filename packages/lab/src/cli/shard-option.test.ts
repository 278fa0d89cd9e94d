import { describe, expect, it } from 'vitest'
import { shardOf } from './shard-option.ts'

const slurm = (changes: object = {}) => ({
  ...{ SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '4', SLURM_ARRAY_TASK_MIN: '0' },
  ...changes,
})

describe('the shard that is run', () => {
  it('is that of the flag, whatever a scheduler says; 0/1 is the whole experiment', () => {
    expect(shardOf('1/3', slurm())).toEqual({ shard: { index: 1, count: 3 }, said: null })
    expect(shardOf('0/1', slurm())).toBeNull()
    expect(shardOf(undefined, {})).toBeNull()
  })

  it("is that of Slurm's array, counted from its first task, and said", () => {
    expect(shardOf(undefined, slurm())?.shard).toEqual({ index: 3, count: 4 })
    const fromOne = slurm({ SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_MIN: '1' })
    expect(shardOf(undefined, fromOne)).toEqual({
      shard: { index: 0, count: 4 },
      said: 'shard 0/4 of Slurm: SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=4',
    })
  })

  it("is that of Kubernetes' index where the manifest says the count", () => {
    expect(shardOf(undefined, { JOB_COMPLETION_INDEX: '2' })).toBeNull()
    const { shard } = shardOf(undefined, { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '8' })!
    expect(shard).toEqual({ index: 2, count: 8 })
  })

  it.each([
    ['4/4', {}, '--shard: expected a number of the shard below their count'],
    ['1', {}, "--shard: expected i/n, such as 0/4 for the first of four, got '1'"],
    ['-1/4', {}, '--shard: expected i/n'],
    [
      undefined,
      slurm({ SLURM_ARRAY_TASK_ID: 'x' }),
      'SLURM_ARRAY_TASK_ID=x SLURM_ARRAY_TASK_COUNT=4: expected',
    ],
    [
      undefined,
      slurm({ SLURM_ARRAY_TASK_STEP: '2' }),
      'SLURM_ARRAY_TASK_STEP=2: expected an array without a step',
    ],
  ])('is refused where it is none: %s', (words, env, message) => {
    expect(() => shardOf(words, env)).toThrow(message)
  })
})

import type { Option } from 'commander'
import { UsageError } from '../errors.ts'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import type { Shard } from '../study/shard.ts'
import { shardText } from '../study/shard.ts'
import { shardSchema } from '../study/shard-record.ts'
import { settingOption } from './setting-option.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The variables by which a scheduler tells a task its number and the count of tasks. */
interface Scheduler {
  readonly name: string
  readonly index: string
  readonly count: string
  /** The number of the first task; 0 where there is no such variable. */
  readonly first?: string
  /** What is wrong with an array that is no part of 0 to n; `null` for none. */
  readonly step?: string
}

/** Kubernetes tells an Indexed Job's pods their index alone: the count is a variable of the manifest. */
const schedulers: readonly Scheduler[] = [
  {
    name: 'Slurm',
    index: 'SLURM_ARRAY_TASK_ID',
    count: 'SLURM_ARRAY_TASK_COUNT',
    first: 'SLURM_ARRAY_TASK_MIN',
    step: 'SLURM_ARRAY_TASK_STEP',
  },
  { name: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', count: 'JOB_COMPLETIONS' },
]

export const shardOption = (): Option =>
  settingOption(
    '--shard <i/n>',
    'run one of n shards, from 0; without it, as Slurm or Kubernetes says (0/1: all)',
    text('a shard i/n'),
    asText,
  )

function shardFrom(index: number, count: number, told: string): Shard {
  const read = shardSchema.safeParse({ index, count })
  if (read.success) return read.data
  throw new UsageError(`${told}: ${read.error.issues[0].message}`)
}

/** `1/4`. @throws UsageError in the words of the flag. */
function readShard(words: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(words) ?? []
  if (index === undefined) {
    throw new UsageError(`--shard: expected i/n, such as 0/4 for the first of four, got '${words}'`)
  }
  return shardFrom(Number(index), Number(count), '--shard')
}

/** The shard that a scheduler's variables say, with what they say; `null` where there are none. @throws UsageError */
function scheduled(env: Environment): { readonly shard: Shard; readonly said: string } | null {
  for (const { name, index, count, first, step } of schedulers) {
    if (env[index] === undefined || env[count] === undefined) continue
    const numberOf = (variable: string | undefined, usual: number): number =>
      variable === undefined || env[variable] === undefined ? usual : Number(env[variable])
    const told = `${index}=${env[index]} ${count}=${env[count]}`
    if (numberOf(step, 1) !== 1) {
      throw new UsageError(`${step}=${env[step!]}: expected an array without a step, or --shard`)
    }
    const shard = shardFrom(Number(env[index]) - numberOf(first, 0), Number(env[count]), told)
    return { shard, said: `shard ${shardText(shard)} of ${name}: ${told}` }
  }
  return null
}

/**
 * The shard that a command is to run, and what is to be said of where that was taken from; `null` for all of the experiment.
 *
 * @throws UsageError for what is no shard.
 */
export function shardOf(
  words: string | undefined,
  env: Environment,
): { readonly shard: Shard; readonly said: string | null } | null {
  const found = words === undefined ? scheduled(env) : { shard: readShard(words), said: null }
  return found === null || (found.shard.count === 1 && words !== undefined) ? null : found
}

import type { Planned } from './study.ts'

/** One of several parts that an experiment is run in. */
export interface Shard {
  /** From 0. */
  readonly index: number
  readonly count: number
}

/** `1/4`, as the command line has it. */
export const shardText = ({ index, count }: Shard): string => `${index}/${count}`

/**
 * The tasks of a shard, in the order of the plan. They are dealt out from the most expensive to the cheapest, forwards and backwards
 * in turn, so that no shard gets the dearer of each round: of 3654 runs of the whole table in 16 shards the dearest has 1.02 times the
 * mean cost. It depends on the plan alone; tasks of the same cost are in its order.
 */
export function tasksOf(plan: readonly Planned[], { index, count }: Shard): readonly Planned[] {
  const places = plan.map((_, place) => place)
  places.sort((a, b) => plan[b].cost - plan[a].cost || a - b)
  const own = places.filter((_, turn) => {
    const round = Math.floor(turn / count)
    const place = turn % count
    return (round % 2 === 0 ? place : count - 1 - place) === index
  })
  return own.sort((a, b) => a - b).map((place) => plan[place])
}

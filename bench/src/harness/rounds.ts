import { key } from '@facet/tensor'
import type { Entry } from '../contenders/contender.ts'
import { stopwatch } from './stopwatch.ts'

/** How long and how often. */
export interface RoundOptions {
  readonly rounds: number
  /** Of one block: one entry in one round. */
  readonly blockSeconds: number
  /** Repeated for every entry before the first round. */
  readonly warmUpSeconds: number
  /** Names the order of the entries in every round. */
  readonly seed: string
  /** Told of every round before it begins, from 0 on. */
  readonly onRound?: (round: number) => void
}

/** An entry this many times slower than the fastest takes part in {@link fewRounds} rounds only. */
const slow = 30
const fewRounds = 5

/** Lets threads of a finished block fall asleep (OpenMP's spin for about 1 ms) before the next one begins. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 3))

/**
 * Times all entries in interleaved rounds: in every round each has one block, in a random order keyed by the round, so that
 * what disturbs the machine disturbs all alike.
 *
 * @returns seconds a repetition, by entry and round; `undefined` where an entry sat a round out.
 */
export async function timeInRounds(
  entries: readonly Entry[],
  { rounds, blockSeconds, warmUpSeconds, seed, onRound }: RoundOptions,
): Promise<(number | undefined)[][]> {
  const watches = entries.map(({ clock }) => stopwatch(clock))
  const warm: number[] = []
  for (const [i, entry] of entries.entries()) {
    await entry.activate?.()
    await watches[i].block(warmUpSeconds)
    warm.push(await watches[i].block(Math.min(blockSeconds, warmUpSeconds)))
    await pause()
  }
  const fastest = Math.min(...warm)
  const takesPart = (i: number, round: number) => round < fewRounds || warm[i] <= slow * fastest
  const seconds = entries.map((): (number | undefined)[] => Array.from({ length: rounds }))
  for (let round = 0; round < rounds; round++) {
    onRound?.(round)
    for (const i of key(seed).child('round', round).permutation(entries.length)) {
      if (!takesPart(i, round)) continue
      await entries[i].activate?.()
      seconds[i][round] = await watches[i].block(blockSeconds)
      await pause()
    }
  }
  return seconds
}

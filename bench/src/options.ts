import type { RoundOptions } from './harness/rounds.ts'

/** How an ordinary run times a suite that is not named in {@link settingsOf}. */
export const ordinary: RoundOptions = { rounds: 25, blockSeconds: 0.05, warmUpSeconds: 0.1, seed: 'bench' }

/** Codes cost a few per cent at most: their interval must be narrower than that. */
export const settingsOf: Readonly<Record<string, RoundOptions>> = {
  affine: { ...ordinary, rounds: 200, blockSeconds: 0.02 },
}

/** Enough to see that everything runs: the numbers are not to be quoted. */
export const quick: RoundOptions = { rounds: 3, blockSeconds: 0.005, warmUpSeconds: 0.005, seed: 'bench' }

import { split } from '@facet/data'
import { init, key } from '@facet/tensor'
import { UsageError } from '../command/usage-error.ts'
import { loadSet } from './data-sets.ts'
import type { SetSizes } from './set-sizes.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'

/**
 * Loads every set once, so that whatever is wrong with the data or does not fit it is said before training starts.
 *
 * @throws UsageError naming the set and what is wrong.
 */
export async function checkSets(settings: ReproduceSettings): Promise<Record<string, SetSizes>> {
  await init({ backend: 'reference' })
  const sizes: Record<string, SetSizes> = {}
  for (const set of settings.sets) {
    try {
      sizes[set] = await sizesOf(settings, set)
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    const { length, train, validation } = sizes[set]
    if (settings.bottleneck > length) {
      throw new UsageError(
        `--bottleneck: expected at most ${length}, the length of ${set}, got ${settings.bottleneck}`,
      )
    }
    if (settings.batchSize > train) {
      throw new UsageError(
        `--batch-size: expected at most ${train}, the training samples of ${set} beside ${validation} held out, got ${settings.batchSize}`,
      )
    }
  }
  return sizes
}

async function sizesOf({ data, seed }: ReproduceSettings, set: string): Promise<SetSizes> {
  const { train: whole, test } = await loadSet(set, data, seed)
  const { train, validation } = split(whole, { validation: validationShare, key: key(seed) })
  return {
    train: train.shape[0],
    validation: validation.shape[0],
    test: test.shape[0],
    length: whole.shape[1],
  }
}

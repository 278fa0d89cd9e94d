import { type Dataset, split } from '@facet/data'
import { crc32, key } from '@facet/tensor'
import { checkSetNames } from '../command/set-names.ts'
import { UsageError } from '../command/usage-error.ts'
import { SettingError } from '../document/setting-error.ts'
import { startEngine } from '../engine.ts'
import { loadSet } from './data-sets.ts'
import { models } from './models.ts'
import type { SetSizes } from './set-sizes.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'

/** What is known of the data before training. */
export interface CheckedSets {
  readonly sizes: Readonly<Record<string, SetSizes>>
  /** Checksum of every set's numbers: runs that are resumed must find the same. */
  readonly fingerprints: Readonly<Record<string, string>>
}

/**
 * Loads every set once, so that whatever is wrong with the data or does not fit it is said before training starts.
 *
 * @throws SettingError naming the setting that does not fit; UsageError for files that cannot be read.
 */
export async function checkSets(settings: ReproduceSettings): Promise<CheckedSets> {
  checkSetNames(settings.sets, settings.data)
  await startEngine()
  const sizes: Record<string, SetSizes> = {}
  const fingerprints: Record<string, string> = {}
  for (const set of settings.sets) {
    const data = await loadSet(set, settings).catch(withoutOperation)
    sizes[set] = sizesOf(settings, data)
    fingerprints[set] = fingerprintOf(data)
    const { length, train, validation } = sizes[set]
    if (settings.bottleneck > length) {
      throw new SettingError(
        ['bottleneck'],
        `expected at most ${length}, the length of ${set}, got ${settings.bottleneck}`,
      )
    }
    if (settings.bottleneck > train && settings.models.some((model) => models[model].skip)) {
      throw new SettingError(
        ['bottleneck'],
        `expected at most ${train} where a skip starts at PCA, the training samples of ${set} beside ${validation} held out, got ${settings.bottleneck}`,
      )
    }
    if (settings.batchSize > train) {
      throw new SettingError(
        ['batchSize'],
        `expected at most ${train}, the training samples of ${set} beside ${validation} held out, got ${settings.batchSize}`,
      )
    }
  }
  return { sizes, fingerprints }
}

/** Who called is of interest to a program, not to someone at a terminal. @throws UsageError always. */
export function withoutOperation(error: unknown): never {
  throw new UsageError((error as Error).message.replace(/^load\w+: /, ''))
}

function sizesOf({ seed }: ReproduceSettings, { train: whole, test }: Dataset): SetSizes {
  const { train, validation } = split(whole, { validation: validationShare, key: key(seed) })
  return {
    train: train.shape[0],
    validation: validation.shape[0],
    test: test.shape[0],
    length: whole.shape[1],
  }
}

/** A checksum of each part's numbers. */
export const fingerprintOf = ({ train, test }: Dataset): string =>
  [train, test]
    .map((part) => {
      const { buffer, byteOffset, byteLength } = part.dataSync()
      return crc32(new Uint8Array(buffer, byteOffset, byteLength))
        .toString(16)
        .padStart(8, '0')
    })
    .join('-')

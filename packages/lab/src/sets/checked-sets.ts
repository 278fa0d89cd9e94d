import { type Dataset, split } from '@facet/data'
import { crc32, key } from '@facet/tensor'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { checkSetNames } from './set-names.ts'
import type { SetSizes } from './set-sizes.ts'

/** What is known of the data before training. */
export interface CheckedSets {
  readonly sizes: Readonly<Record<string, SetSizes>>
  /** Checksum of every set's numbers: runs that are resumed must find the same. */
  readonly fingerprints: Readonly<Record<string, string>>
}

/** The settings that say which sets, and from where. */
export interface SetSettings {
  readonly sets: readonly string[]
  readonly data: string | null
  readonly seed: number
}

/** How an experiment on sets checks its settings against them. */
export interface SetChecks<S> {
  readonly load: (set: string, settings: S) => Promise<Dataset>
  /** Share of the training part that is held out. */
  readonly validationShare: number
  /** @throws SettingError naming the setting that does not fit. */
  readonly checkSizes: (settings: S, set: string, sizes: SetSizes) => void
}

/**
 * Loads every set once, so that whatever is wrong with the data or does not fit it is said before training starts.
 *
 * @throws SettingError naming the setting that does not fit; UsageError for files that cannot be read.
 */
export async function checkedSets<S extends SetSettings>(
  settings: S,
  { load, validationShare, checkSizes }: SetChecks<S>,
): Promise<CheckedSets> {
  await checkSetNames(settings.sets, settings.data)
  await startEngine()
  // Maps: a set may be called __proto__.
  const sizes = new Map<string, SetSizes>()
  const fingerprints = new Map<string, string>()
  for (const set of settings.sets) {
    const data = await load(set, settings).catch(withoutOperation)
    const { train, validation } = split(data.train, {
      validation: validationShare,
      key: key(settings.seed),
    })
    const size = {
      train: train.shape[0],
      validation: validation.shape[0],
      test: data.test.shape[0],
      length: data.train.shape[1],
    }
    sizes.set(set, size)
    fingerprints.set(set, fingerprintOf(data))
    checkSizes(settings, set, size)
  }
  return { sizes: Object.fromEntries(sizes), fingerprints: Object.fromEntries(fingerprints) }
}

/** Who called is of interest to a program, not to someone at a terminal. @throws UsageError always. */
function withoutOperation(error: unknown): never {
  throw new UsageError((error as Error).message.replace(/^load\w+: /, ''))
}

/** A checksum of each part's numbers. */
const fingerprintOf = ({ train, test }: Dataset): string =>
  [train, test]
    .map((part) => {
      const { buffer, byteOffset, byteLength } = part.dataSync()
      return crc32(new Uint8Array(buffer, byteOffset, byteLength))
        .toString(16)
        .padStart(8, '0')
    })
    .join('-')

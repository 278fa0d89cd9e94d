import { split } from '@facet/data'
import { key } from '@facet/tensor'
import { checkSetNames } from '../command/set-names.ts'
import { SettingError } from '../document/setting-error.ts'
import { startEngine } from '../engine.ts'
import { fingerprintOf, withoutOperation } from '../reproduce/check-sets.ts'
import type { SetSizes } from '../reproduce/set-sizes.ts'
import { type OrbitStudySettings, orbitStudyProtocol } from './settings.ts'
import { loadStudySet } from './study-data.ts'

/** What is known of the data before training. */
export interface CheckedStudySets {
  readonly sizes: Readonly<Record<string, SetSizes>>
  /** Checksum of every set's numbers: runs that are resumed must find the same. */
  readonly fingerprints: Readonly<Record<string, string>>
}

/**
 * Loads every set once, so that whatever is wrong with the data or does not fit it is said before training starts.
 *
 * @throws SettingError naming the setting that does not fit; UsageError for files that cannot be read.
 */
export async function checkStudySets(settings: OrbitStudySettings): Promise<CheckedStudySets> {
  checkSetNames(settings.sets, settings.data)
  await startEngine()
  const sizes: Record<string, SetSizes> = {}
  const fingerprints: Record<string, string> = {}
  for (const set of settings.sets) {
    const data = await loadStudySet(set, settings).catch(withoutOperation)
    const { train, validation } = split(data.train, {
      validation: orbitStudyProtocol.validationShare,
      key: key(settings.seed),
    })
    const size = {
      train: train.shape[0],
      validation: validation.shape[0],
      test: data.test.shape[0],
      length: data.train.shape[1],
    }
    sizes[set] = size
    fingerprints[set] = fingerprintOf(data)
    checkSize(settings, set, size)
  }
  return { sizes, fingerprints }
}

function checkSize(
  { bottleneck, samples }: OrbitStudySettings,
  set: string,
  { train, validation, length }: SetSizes,
): void {
  const most = Math.min(train, length)
  if (bottleneck > most) {
    const what = most === length ? 'the length' : `the training samples beside ${validation} held out`
    throw new SettingError(['bottleneck'], `expected at most ${most}, ${what} of ${set}, got ${bottleneck}`)
  }
  const { neighbours } = orbitStudyProtocol
  if (train <= neighbours) {
    throw new SettingError(
      ['samples'],
      `expected more than ${neighbours} training samples of ${set} beside ${validation} held out, for ${neighbours} neighbours of each; got ${samples ?? train + validation} in all`,
    )
  }
}

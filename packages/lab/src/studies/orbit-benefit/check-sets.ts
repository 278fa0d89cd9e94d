import { SettingError } from '../../fields/setting-error.ts'
import { type CheckedSets, checkedSets } from '../../sets/checked-sets.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { type OrbitBenefitSettings, orbitStudyProtocol } from './settings.ts'
import { loadStudySet } from './study-data.ts'

const { neighbours, validationShare } = orbitStudyProtocol

/** @throws SettingError naming the setting that does not fit the data; UsageError for files that cannot be read. */
export const checkStudySets = (settings: OrbitBenefitSettings): Promise<CheckedSets> =>
  checkedSets(settings, { load: loadStudySet, validationShare, checkSizes })

function checkSizes(
  { bottleneck, samples }: OrbitBenefitSettings,
  set: string,
  { train, validation, length }: SetSizes,
): void {
  const most = Math.min(train, length)
  if (bottleneck > most) {
    const what = most === length ? 'the length' : `the training samples beside ${validation} held out`
    throw new SettingError(['bottleneck'], `expected at most ${most}, ${what} of ${set}, got ${bottleneck}`)
  }
  if (train <= neighbours) {
    throw new SettingError(
      ['samples'],
      `expected more than ${neighbours} training samples of ${set} beside ${validation} held out, for ${neighbours} neighbours of each; got ${samples ?? train + validation} in all`,
    )
  }
}

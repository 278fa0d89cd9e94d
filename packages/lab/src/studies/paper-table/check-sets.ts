import { SettingError } from '../../fields/setting-error.ts'
import { type CheckedSets, checkedSets } from '../../sets/checked-sets.ts'
import { loadSet } from '../../sets/data-sets.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { models } from './models.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'

/** @throws SettingError naming the setting that does not fit the data; UsageError for files that cannot be read. */
export const checkSets = (settings: ReproduceSettings): Promise<CheckedSets> =>
  checkedSets(settings, { load: loadSet, validationShare, checkSizes })

function checkSizes(
  { bottleneck, batchSize, models: names }: ReproduceSettings,
  set: string,
  { length, train, validation }: SetSizes,
): void {
  const training = `the training samples of ${set} beside ${validation} held out`
  if (bottleneck > length) {
    throw new SettingError(
      ['bottleneck'],
      `expected at most ${length}, the length of ${set}, got ${bottleneck}`,
    )
  }
  if (bottleneck > train && names.some((model) => models[model].skip)) {
    throw new SettingError(
      ['bottleneck'],
      `expected at most ${train} where a skip starts at PCA, ${training}, got ${bottleneck}`,
    )
  }
  if (batchSize > train) {
    throw new SettingError(['batchSize'], `expected at most ${train}, ${training}, got ${batchSize}`)
  }
}

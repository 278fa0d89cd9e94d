import { alarmRule, alarms, type Calibration, falseDiscoveries } from '@facet/models'
import type { NewItems } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { type ScoreBy, type ScoredFile, scoresOf } from './score.ts'
import { scoreItems } from './score-items.ts'
import type { TrainingRegions } from './training-regions.ts'

/** How files are scored. */
export interface ScoreRules {
  /** Of rows like those held out, this share are alarms. */
  readonly alpha: number
  /** Instead: of the alarms of a file, this share are false. */
  readonly fdr: number | null
  readonly by: ScoreBy
  /** Whether columns are told. */
  readonly explain: boolean
  /** Whether samples are looked for among the regions of the training rows. */
  readonly hasRegions: boolean
}

/** What is read of a model once, for all files. */
export interface ScoreModel {
  readonly folder: ModelFolder
  /** `null` for a model file alone. */
  readonly regions: TrainingRegions | null
  /** `null` where no row was held out. */
  readonly calibration: Calibration | null
}

/** Reads of a model what scores are compared with. @throws UsageError naming the file that is damaged */
export const scoreModelOf = async (folder: ModelFolder): Promise<ScoreModel> => ({
  folder,
  regions: folder.hasRegions ? await folder.regions() : null,
  calibration: await folder.calibration(),
})

/**
 * Scores the samples of a file; {@link scoreAt} tells one.
 * @throws Interrupted between batches, once the signal is aborted
 */
export async function scoreFile(
  { folder, regions, calibration }: ScoreModel,
  file: string,
  newItems: NewItems,
  rules: ScoreRules,
  {
    signal,
    onProgress,
  }: { signal?: AbortSignal | undefined; onProgress?: (done: number, of: number) => void } = {},
): Promise<ScoredFile> {
  const ofItems = await scoreItems(folder, newItems, {
    regions: rules.hasRegions ? regions : null,
    explain: rules.explain,
    signal,
    ...(onProgress && { onProgress }),
  })
  const scores = scoresOf(newItems, ofItems, calibration, rules.by)
  const { errors, p } = scores
  const found =
    calibration === null || errors.length === 0
      ? null
      : rules.fdr === null
        ? alarms(alarmRule(calibration, rules.alpha), errors)
        : falseDiscoveries(p, rules.fdr)
  return { file, folder, newItems, ofItems, scores, alarms: found, regions }
}

import { sampleAt, type sampleScoreRules, scoresOfSamples } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { type Calibration, pValues } from '@facet/models'
import { columnName } from './features.ts'
import type { NewItems } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { labelOf, rowNumber } from './sample-names.ts'
import type { Causes, ItemScores } from './score-items.ts'
import type { TrainingRegions } from './training-regions.ts'

/** A column, and its share of an error. */
export interface ColumnShare {
  readonly column: string
  readonly share: number
}

/** What is known of a sample beside its scores. */
export interface SampleName {
  readonly file: string
  /** Number in the file, from 1. */
  readonly row: number
  readonly ids: readonly string[]
  /** As the file writes it; `null` without a time column. */
  readonly time: string | null
  readonly group: string | null
  readonly label: string | null
}

/** How unusual a sample is to a model. `null` stands for what is not known: of a sample that cannot be scored, that is all. */
export interface SampleScore extends SampleName {
  /** Mean squared reconstruction error, in the model's units. */
  readonly error: number | null
  /** Share of the training rows whose error is at most this one, in percent. */
  readonly percentile: number | null
  /** The same of the rows held out, which the model has not learned. */
  readonly heldOutPercentile: number | null
  /** Split-conformal p-value: how often a row like those held out has such an error, or a larger one. */
  readonly p: number | null
  /** Whether it is an alarm. */
  readonly anomaly: boolean | null
  /** Rarity of the sample's region, encoder and decoder together, in bits a unit. */
  readonly rarity: number | null
  /** Units in another state than in the nearest region of a training row. */
  readonly nearestUnits: number | null
  /** That training row, by its number in the training file. */
  readonly nearestRow: number | null
  /** Whether a training row lies in the very same region. */
  readonly occupied: boolean | null
  /** Columns with the largest shares of the error, the largest first; empty where nobody asked. */
  readonly columns: readonly ColumnShare[]
  /** The column whose change alone takes away most of the error. */
  readonly cause: ColumnShare | null
}

/** How scores of windows become scores of samples. */
export type ScoreBy = (typeof sampleScoreRules)[number]

/** Scores of the samples of a file, in order. */
export interface SampleScores {
  readonly count: number
  /** NaN for samples that could not be scored. */
  readonly errors: Float64Array
  /** NaN where nothing was held out, too. */
  readonly p: Float64Array
  /** Of each sample the prepared row that speaks for it; -1 for none. */
  readonly items: Int32Array
}

/**
 * Scores of samples from those of items: of rows their own, of windows those that hold a sample. A sample's region and columns are those of the window
 * with the largest error; under `last` of the last one.
 */
export function scoresOf(
  { samples, items, prepared }: NewItems,
  { errors }: ItemScores,
  calibration: Calibration | null,
  by: ScoreBy,
): SampleScores {
  const { count } = samples
  const ofSamples = scoresOfSamples(items, prepared.items, errors, count, by)
  const speaking = new Int32Array(count).fill(-1)
  prepared.items.forEach((item, k) => {
    for (let step = items.starts[item]; step < items.starts[item] + items.span; step++) {
      const sample = sampleAt(items.steps, step)
      if (sample < 0) continue
      const other = speaking[sample]
      if (other < 0 || (by === 'last' ? item > prepared.items[other] : errors[k] > errors[other])) {
        speaking[sample] = k
      }
    }
  })
  const p = calibration === null ? new Float64Array(count).fill(Number.NaN) : pValues(calibration, ofSamples)
  return { count, errors: ofSamples, p, items: speaking }
}

/** What a line of scores is made of. */
export interface ScoredFile {
  readonly file: string
  readonly folder: ModelFolder
  readonly newItems: NewItems
  readonly ofItems: ItemScores
  readonly scores: SampleScores
  /** `null` where no row was held out. */
  readonly alarms: Uint8Array | null
  readonly regions: TrainingRegions | null
}

/** The number, or `null` for NaN. */
const known = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Everything about sample i. */
export function scoreAt(scored: ScoredFile, i: number): SampleScore {
  const { file, folder, newItems, ofItems, scores } = scored
  const { samples } = newItems
  const k = scores.items[i]
  const error = known(scores.errors[i])
  const isScored = error !== null
  const regions = isScored ? scored.regions : null
  const place = isScored ? ofItems.regions : null
  const causes = isScored ? ofItems.causes : null
  const alarms = isScored ? scored.alarms : null
  const heldOutErrors = regions === null ? none : regions.heldOutErrors
  // One literal: with parts that are spread into it 285,000 rows took 5 s of a processor more.
  return {
    file,
    row: rowNumber(samples, i),
    ids: idsAt(samples, i),
    time: samples.time === null ? null : samples.time.values[i],
    group: samples.group === null ? null : samples.group.values[i],
    label: labelOf(samples, i),
    error,
    percentile: regions === null ? null : percentile(regions.errors, error!),
    heldOutPercentile: heldOutErrors.length === 0 ? null : percentile(heldOutErrors, error!),
    p: known(scores.p[i]),
    anomaly: alarms === null ? null : alarms[i] === 1,
    rarity: place === null ? null : place.bits[k],
    nearestUnits: place === null ? null : place.nearest[k],
    nearestRow: place === null ? null : regions!.rows[place.nearestSample[k]],
    occupied: place === null ? null : place.nearest[k] === 0,
    columns: causes === null ? noColumns : columnsAt(folder, causes, k),
    cause: causes === null ? null : causeAt(folder, causes, k),
  }
}

const none = new Float64Array(0)
const noColumns: readonly never[] = []

const idsAt = ({ ids }: SamplesFile, i: number): readonly string[] =>
  ids.length === 0 ? noColumns : ids.map(({ values }) => values[i])

function columnsAt({ config }: ModelFolder, { told, columns, shares }: Causes, k: number): ColumnShare[] {
  const found: ColumnShare[] = []
  for (let at = k * told; at < (k + 1) * told; at++) {
    found.push({ column: columnName(config.data, columns[at]), share: shares[at] })
  }
  return found
}

const causeAt = ({ config }: ModelFolder, { cause, causeShare }: Causes, k: number): ColumnShare | null =>
  cause[k] < 0 ? null : { column: columnName(config.data, cause[k]), share: causeShare[k] }

/** Percent of the ascending values that are at most `value`. */
export function percentile(ascending: Float64Array, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] <= value) low = middle + 1
    else high = middle
  }
  return (100 * low) / ascending.length
}

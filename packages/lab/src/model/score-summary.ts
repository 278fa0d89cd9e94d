import {
  type Detection,
  type Drift,
  detection,
  drift,
  type UnseenRegions,
  unseenRegions,
} from '@facet/models'
import { notesOf, unusableIn } from './new-samples.ts'
import { type OddLabels, oddLabels } from './odd-labels.ts'
import type { LeftOut } from './reasons.ts'
import { partsOf } from './region-codes.ts'
import type { ScoredFile } from './score.ts'
import type { ScoreModel } from './score-file.ts'
import type { TrainingRegions } from './training-regions.ts'

/** What is told of a file as a whole. */
export interface FileSummary {
  readonly file: string
  readonly rows: number
  readonly scored: number
  /** `null` where no row was held out. */
  readonly alarms: number | null
  /** Why rows, or windows, could not be scored. */
  readonly unusable: readonly LeftOut[]
  /** Rows in no window that could be scored. */
  readonly inNoWindow: number
  /** What the file was taken for. */
  readonly notes: readonly string[]
  /** How well labelled rows are found; `null` where labels do not say what is odd. */
  readonly detection: (Detection & { readonly what: string }) | null
  /** Whether the file differs from the rows held out; `null` where nobody asked. */
  readonly baseline: Baseline | null
}

/** A file beside the rows held out. */
export interface Baseline extends Drift {
  /** Share of rows, or windows, in a region without a training row, and about the share that rows like the training's have; `null` without regions. */
  readonly unseen: UnseenRegions | null
}

/** What there is to say of a scored file. */
export function summaryOf(
  { calibration, regions }: ScoreModel,
  scored: ScoredFile,
  { alpha, hasBaseline }: { readonly alpha: number; readonly hasBaseline: boolean },
): FileSummary {
  const { file, folder, newItems, ofItems, scores, alarms } = scored
  const { samples } = newItems
  const isScored = scores.errors.map((error) => Number(!Number.isNaN(error)))
  const scoredRows = isScored.reduce((sum, one) => sum + one, 0)
  const odd = oddLabels(folder, samples)
  return {
    file,
    rows: samples.count,
    scored: scoredRows,
    alarms: alarms?.reduce((sum, one) => sum + one, 0) ?? null,
    unusable: unusableIn(newItems),
    inNoWindow: folder.preparation.window === null ? 0 : samples.count - scoredRows,
    notes: notesOf(newItems),
    detection:
      odd === null || alarms === null
        ? null
        : { ...detection(labelledAlone(scores.errors, odd), odd.isOdd, alarms), what: odd.what },
    baseline:
      !hasBaseline || calibration === null
        ? null
        : {
            ...drift(calibration, ofItems.errors, { alpha }),
            unseen: ofItems.regions && unseenRegions(regionsOf(regions!), ofItems.regions.nearest),
          },
  }
}

/** Of each training row the first one in its region. */
const regionsOf = ({ rarity, code }: TrainingRegions): Int32Array => rarity.of(partsOf(code)).nearestSample

/** NaN, which no figure counts, where a row has no label. */
const labelledAlone = (errors: Float64Array, { isLabelled }: OddLabels): Float64Array =>
  errors.map((error, i) => (isLabelled[i] === 1 ? error : Number.NaN))

import type { Preparation } from '@facet/data'
import type {
  Autoencoder,
  Calibration,
  LossFunction,
  MartingaleState,
  OnlinePValuesState,
  OnlineState,
} from '@facet/models'
import type { KeptRows } from './kept-rows.ts'
import type { FitReport } from './report.ts'
import type { ModelSettings } from './settings.ts'

/** Rows that a model keeps: some of those trained on, and those held out. With pairs a row is followed by what it is to become. */
export interface Kept {
  readonly trained: KeptRows
  readonly heldOut: KeptRows
}

/** All that a fitted model consists of. */
export interface FittedParts {
  readonly model: Autoencoder
  readonly preparation: Preparation
  /** `null` where nothing was held out. */
  readonly calibration: Calibration | null
  readonly settings: ModelSettings
  /** `null` of files that say nothing of how they were fitted. */
  readonly report: FitReport | null
  readonly kept: Kept
  readonly stream: StreamState | null
  /** What was minimised, where it is a function; no file holds it. */
  readonly loss?: LossFunction | undefined
}

/** What a stream has behind it. */
export interface StreamState {
  /** Calls of `partialFit`. */
  readonly calls: number
  readonly online: OnlineState
  readonly pValues: OnlinePValuesState | null
  readonly martingale: MartingaleState
  /** The model as `fit` left it, and its calibration. */
  readonly reference: Reference
}

/** A model that learns no more: what new rows are compared by. */
export interface Reference {
  readonly model: Autoencoder
  readonly calibration: Calibration | null
}

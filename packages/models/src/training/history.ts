import type { Execution } from './gradients.ts'
import type { AnyObjectiveOption, ObjectiveOption, StartedObjectives } from './options.ts'

/** One training step; everything counts from 0. */
export interface StepReport {
  readonly epoch: number
  /** The step within the epoch. */
  readonly batch: number
  /** Over all epochs. */
  readonly step: number
  /**
   * `loss` and every value the objectives report, of this step's samples before its update, and `gradientNorm`, the gradient's before it was
   * clipped, with `clipGradient: { norm }`; nothing where `readEvery` passes it over.
   */
  readonly values: Readonly<Record<string, number>>
}

/** Numbers of one epoch; everything counts from 0. */
export interface EpochRecord {
  readonly epoch: number
  /** `loss` and what else steps report, averaged over the samples of the steps that were looked at. */
  readonly train: Readonly<Record<string, number>>
  /**
   * Of the validation set after the epoch: an autoencoder's mean squared reconstruction error, a network's mean loss, all objectives together.
   * With `ema` that of the averaged weights; absent without a validation set.
   */
  readonly validation?: number
}

/** What `fit` returns. */
export interface History<O extends AnyObjectiveOption = ObjectiveOption> {
  /** The objectives as they were at work, in their order: learned generators, scales, …. Neither copied nor sent with the rest. */
  readonly objectives: StartedObjectives<O>
  /** Whole epochs, from the first, whether trained by this call or by the run it resumed. */
  readonly epochs: readonly EpochRecord[]
  /** Index in `epochs` of the lowest validation error (the first on ties); `null` without validation. */
  readonly bestEpoch: number | null
  /** Whether the signal ended it early. The weights are then those after the last step, never the best ones. */
  readonly aborted: boolean
  /** What ended it: all `epochs` are done, the validation error had not improved for `patience` epochs, the signal, or `Trainer.end`. */
  readonly endedBy: 'epochs' | 'patience' | 'signal' | 'end'
  /** How its steps were carried out. */
  readonly execution: Execution
  /** Where an aborted run stands, for `fit(…, { resume })`; `null` for a complete one. */
  readonly checkpoint: Uint8Array | null
  /** By objective: what its `diagnostics` say of the final weights. Under `model`: `bottleneck`, or a network's `units`, and {@link liveUnits}. */
  readonly diagnostics: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>
}

/** Sums over the part of an epoch that has been trained. */
export type EpochSums = Record<string, { sum: number; samples: number }>

/** Adds the values of a batch of `samples`, each weighted by its samples. */
export function addToSums(sums: EpochSums, values: Readonly<Record<string, number>>, samples: number): void {
  for (const [name, value] of Object.entries(values)) {
    const entry = (sums[name] ??= { sum: 0, samples: 0 })
    entry.sum += value * samples
    entry.samples += samples
  }
}

export function meansOf(sums: EpochSums): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([name, { sum, samples }]) => [name, sum / samples]))
}

/** Index of the lowest validation error, the first on ties; `null` without validation. */
export function bestEpochOf(epochs: readonly EpochRecord[]): number | null {
  let best: number | null = null
  epochs.forEach(({ validation }, i) => {
    if (validation !== undefined && (best === null || validation < epochs[best].validation!)) best = i
  })
  return best
}

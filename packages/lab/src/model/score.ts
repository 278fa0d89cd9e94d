import type { Normalised } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { forBatches } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { partsOf } from './region-codes.ts'
import { squaredErrors } from './row-errors.ts'
import { labelOf, rowNumber } from './samples.ts'
import type { TrainingRegions } from './training-regions.ts'

/** How unusual a sample is to a model. */
export interface SampleScore {
  readonly file: string
  /** Number in the file, from 1. */
  readonly row: number
  readonly label: string | null
  /** Mean squared reconstruction error, in the model's units. */
  readonly error: number
  /** Share of the training rows whose error is at most this one, in percent. */
  readonly percentile: number
  /** The same of the rows held out, which the model has not learned; `null` where there are none. */
  readonly heldOutPercentile: number | null
  /** Rarity of the sample's region, encoder and decoder together, in bits a unit. */
  readonly rarity: number
  /** Units in another state than in the nearest region of a training row. */
  readonly nearestUnits: number
  /** That training row, by its number in the training file. */
  readonly nearestRow: number
  /** Whether a training row lies in the very same region. */
  readonly occupied: boolean
}

/** Calls `onScore` with the score of every sample, in order. */
export async function scoreSamples(
  folder: ModelFolder,
  regions: TrainingRegions,
  samples: SamplesFile,
  file: string,
  onScore: (score: SampleScore) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { model } = folder
  const { rarity, rows, errors, heldOutErrors } = regions
  const scoreBatch = ({ data }: Normalised, first: Int32Array): void => {
    const { output, code } = model.forward(data)
    const { bits, nearest, nearestSample, occupied } = rarity.of(partsOf(code))
    squaredErrors(data, output).forEach((error, i) => {
      onScore({
        file,
        row: rowNumber(samples, first[i]),
        label: labelOf(samples, first[i]),
        error,
        percentile: percentile(errors, error),
        heldOutPercentile: heldOutErrors.length === 0 ? null : percentile(heldOutErrors, error),
        rarity: bits[i],
        nearestUnits: nearest[i],
        nearestRow: rows[nearestSample[i]],
        occupied: occupied[i] === 1,
      })
    })
  }
  await forBatches(folder, samples, scoreBatch, signal)
}

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

/** Columns of a table of scores, and what stands in them. */
export const scoreColumns: Readonly<Record<string, (score: SampleScore) => string | number | null>> = {
  file: ({ file }) => file,
  row: ({ row }) => row,
  label: ({ label }) => label,
  error: ({ error }) => error,
  percentile: ({ percentile }) => percentile,
  held_out_percentile: ({ heldOutPercentile }) => heldOutPercentile,
  rarity_bits: ({ rarity }) => rarity,
  nearest_units: ({ nearestUnits }) => nearestUnits,
  nearest_row: ({ nearestRow }) => nearestRow,
  same_region: ({ occupied }) => (occupied ? 1 : 0),
}

import { explain, sharesByColumn, squaredErrors } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { forBatches, type NewItems } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { partsOf } from './region-codes.ts'
import type { TrainingRegions } from './training-regions.ts'

/** Scores of prepared rows, one entry each. */
export interface ItemScores {
  /** Mean squared errors, in the model's units. */
  readonly errors: Float64Array
  /** Where they lie among the regions of the training rows; `null` where nobody asked. */
  readonly regions: {
    readonly bits: Float64Array
    readonly nearest: Int32Array
    /** Index of the training row. */
    readonly nearestSample: Int32Array
  } | null
  /** `null` where nobody asked. */
  readonly causes: Causes | null
}

/** Which columns the errors of prepared rows lie in. */
export interface Causes {
  /** Columns told of each row. */
  readonly told: number
  /** Of each row the columns with the largest shares of its error, the largest first, and these shares. */
  readonly columns: Int32Array
  readonly shares: Float64Array
  /** The column whose change alone takes away most of the error, -1 for none, and the share that it takes away. */
  readonly cause: Int32Array
  readonly causeShare: Float64Array
}

/** What is asked of items. */
export interface ItemQuestions {
  readonly regions: TrainingRegions | null
  readonly explain: boolean
  readonly signal?: AbortSignal | undefined
  /** Called after each batch with the rows that are done. */
  onProgress?(done: number, of: number): void
}

/** Columns told of a row. */
const mostColumns = 3

/** Scores all that can be used of a file. */
export async function scoreItems(
  folder: ModelFolder,
  newItems: NewItems,
  { regions, explain: isExplained, signal, onProgress }: ItemQuestions,
): Promise<ItemScores> {
  const { count } = newItems.prepared.rows
  const errors = new Float64Array(count)
  const found = regions && {
    bits: new Float64Array(count),
    nearest: new Int32Array(count),
    nearestSample: new Int32Array(count),
  }
  const causes = isExplained ? emptyCauses(count, Math.min(mostColumns, columnsOf(folder))) : null
  const scoreBatch = (data: Tensor, from: number): void => {
    const { output, code } = folder.model.forward(data)
    errors.set(squaredErrors(data, output), from)
    if (regions !== null) {
      const { bits, nearest, nearestSample } = regions.rarity.of(partsOf(code))
      found!.bits.set(bits, from)
      found!.nearest.set(nearest, from)
      found!.nearestSample.set(nearestSample, from)
    }
    if (causes !== null) explainBatch(folder, data, from, causes)
  }
  await forBatches(
    folder,
    newItems,
    ({ data }, from) => {
      scoreBatch(data, from)
      onProgress?.(from + data.shape[0], count)
    },
    signal,
  )
  return { errors, regions: found, causes }
}

/** Numbers of a sample that the model sees: columns of a table, or positions of a series. */
const columnsOf = ({ model, preparation }: ModelFolder): number =>
  preparation.window === null ? model.input : preparation.width

const emptyCauses = (count: number, told: number): Causes => ({
  told,
  columns: new Int32Array(count * told),
  shares: new Float64Array(count * told),
  cause: new Int32Array(count),
  causeShare: new Float64Array(count),
})

function explainBatch(folder: ModelFolder, data: Tensor, from: number, into: Causes): void {
  const { model } = folder
  const [count] = data.shape
  const columns = columnsOf(folder)
  const { shares: ofInputs, cause, causeShare } = explain(model, data)
  const shares = sharesByColumn(ofInputs, count, model.input / columns, columns)
  for (let i = 0; i < count; i++) {
    const own = shares.subarray(i * columns, (i + 1) * columns)
    const at = (from + i) * into.told
    largest(own, into.told).forEach((column, k) => {
      into.columns[at + k] = column
      into.shares[at + k] = own[column]
    })
  }
  into.cause.set(
    cause.map((input) => (input < 0 ? -1 : input % columns)),
    from,
  )
  into.causeShare.set(causeShare, from)
}

/** Indices of the largest values, the largest first; of equal ones the first. */
function largest(values: Float64Array, most: number): number[] {
  const found: number[] = []
  for (let k = 0; k < most; k++) {
    let best = -1
    for (let j = 0; j < values.length; j++) {
      if (!found.includes(j) && (best < 0 || values[j] > values[best])) best = j
    }
    found.push(best)
  }
  return found
}

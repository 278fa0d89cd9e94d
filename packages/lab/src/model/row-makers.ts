import type { Normalised } from '@facet/data'
import type { Tensor } from '@facet/tensor'
import { forBatches, type NewItems, type Prepared } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'

/** What a model makes of every row or window: a row of numbers. */
export interface RowMaker {
  /** What the rows are, as the name of an array. */
  readonly name: string
  /** Names of the numbers. */
  readonly header: readonly string[]
  /** @returns [N, header.length] */
  make(batch: Normalised): Tensor
}

/** Latent codes z. */
export const codesOf = ({ model }: ModelFolder): RowMaker => ({
  name: 'codes',
  header: Array.from({ length: model.bottleneck }, (_, k) => `z${k + 1}`),
  make: ({ data }) => model.encode(data),
})

/** Reconstructions in the data's own units: the normalisation is undone, a series' by its own mean and deviation. */
export const reconstructionsOf = ({ model, config }: ModelFolder): RowMaker => ({
  name: 'reconstructions',
  header:
    namesOf(config.data.columnNames, model.input) ??
    Array.from({ length: model.input }, (_, j) => `x${j + 1}`),
  make: ({ data, undo }) => undo(model.reconstruct(data)),
})

/** Of a window there are several numbers of each column. */
const namesOf = (names: readonly string[] | null, inputs: number): readonly string[] | null =>
  names?.length === inputs ? names : null

/** Calls `onRow` with the numbers of every item of a file, a row or a window, in order, in the dtype that they were made in; with NaN for those that cannot be used. */
export async function makeRows(
  prepared: Prepared,
  newItems: NewItems,
  { header, make }: RowMaker,
  onRow: (numbers: Float32Array | Float64Array, item: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { items } = newItems
  const usable = newItems.prepared.items
  const missing = new Float32Array(header.length).fill(Number.NaN)
  let next = 0
  const skipTo = (item: number): void => {
    while (next < item) onRow(missing, next++)
  }
  const onBatch = (batch: Normalised, from: number): void => {
    const made = make(batch)
    const [count, width] = made.shape
    const numbers = made.dataSync().slice() as Float32Array | Float64Array
    for (let i = 0; i < count; i++) {
      skipTo(usable[from + i])
      onRow(numbers.subarray(i * width, (i + 1) * width), next++)
    }
  }
  await forBatches(prepared, newItems, onBatch, signal)
  skipTo(items.starts.length)
}

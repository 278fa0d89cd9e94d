import type { Normalised } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import type { Tensor } from '@facet/tensor'
import { forBatches } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'

/** What a model makes of every sample: a row of numbers. */
export interface RowMaker {
  /** Names of the numbers. */
  readonly header: readonly string[]
  /** @returns [N, header.length] */
  make(batch: Normalised): Tensor
}

/** Latent codes z. */
export const codesOf = ({ model }: ModelFolder): RowMaker => ({
  header: Array.from({ length: model.bottleneck }, (_, k) => `z${k + 1}`),
  make: ({ data }) => model.encode(data),
})

/** Reconstructions in the data's own units: the normalisation is undone, a series' by its own mean and deviation. */
export const reconstructionsOf = ({ model, config }: ModelFolder): RowMaker => ({
  header:
    namesOf(config.data.columnNames, model.input) ??
    Array.from({ length: model.input }, (_, j) => `x${j + 1}`),
  make: ({ data, undo }) => undo(model.reconstruct(data)),
})

/** Of a window there are several numbers of each column. */
const namesOf = (names: readonly string[] | null, inputs: number): readonly string[] | null =>
  names?.length === inputs ? names : null

/** Calls `onRow` with the numbers of every sample of a file, in order. */
export const makeRows = (
  folder: ModelFolder,
  samples: SamplesFile,
  { make }: RowMaker,
  onRow: (numbers: Float32Array, index: number) => void,
  signal?: AbortSignal,
): Promise<void> =>
  forBatches(
    folder,
    samples,
    (batch, first) => {
      const made = make(batch)
      const [count, width] = made.shape
      const numbers = Float32Array.from(made.dataSync())
      for (let i = 0; i < count; i++) onRow(numbers.subarray(i * width, (i + 1) * width), first[i])
    },
    signal,
  )

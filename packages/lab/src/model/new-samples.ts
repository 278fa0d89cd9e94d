import { setImmediate } from 'node:timers/promises'
import { applyNormaliser, type Normalised } from '@facet/data'
import type { Samples } from '@facet/data/node'
import { rows, scope, type Tensor } from '@facet/tensor'
import { Interrupted, UsageError } from '../errors.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { readSamples, rowNumber } from './samples.ts'

/** How new files are read, where it differs from how the training file was. */
export interface ReadingOptions {
  readonly format?: string
  readonly labels?: string | number
  readonly array?: string
}

/**
 * Reads a file for a model: as its training file was read, if nothing else is said.
 * @throws UsageError naming file and line, or the columns that the model does not know.
 */
export async function samplesFor(
  { config }: ModelFolder,
  path: string,
  { format, labels, array }: ReadingOptions = {},
): Promise<Samples> {
  const { data, seed } = config.settings
  // What was said of the training file is meant for files of its kind.
  const alike = extensionOf(path) === extensionOf(data.path) ? data : null
  const samples = await readSamples(
    {
      path,
      format: format ?? alike?.format ?? null,
      labels: labels ?? alike?.labels ?? null,
      array: array ?? alike?.array ?? null,
      sample: null,
    },
    seed,
  )
  const { columns, columnNames } = config.data
  const [, width] = samples.data.shape
  if (width !== columns) {
    throw new UsageError(`${path}: expected ${columns} columns, as the model was trained on, got ${width}`)
  }
  const other =
    columnNames?.findIndex((name, j) => samples.columns !== null && samples.columns[j] !== name) ?? -1
  if (other >= 0) {
    throw new UsageError(
      `${path}: column ${other + 1}: expected '${columnNames![other]}', as the model was trained on, got '${samples.columns![other]}'`,
    )
  }
  return samples
}

const extensionOf = (path: string): string => /\.[^.]+(\.gz)?$/.exec(path)?.[0].toLowerCase() ?? ''

/** Rows brought into a model's units at once. */
const batchRows = 256

/**
 * Calls `f` with batch after batch of a file in the model's units, and the index of its first row.
 * @throws UsageError naming the row that cannot be normalised; Interrupted between batches, once the signal is aborted.
 */
export async function forBatches(
  { normaliser }: ModelFolder,
  samples: Samples,
  f: (batch: Normalised, from: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const normalised = (raw: Tensor, from: number): Normalised => {
    try {
      return applyNormaliser(normaliser, raw, (i) => `row ${rowNumber(samples, from + i)}`)
    } catch (error) {
      throw new UsageError(`${samples.name}: ${(error as Error).message}`)
    }
  }
  const [count] = samples.data.shape
  for (let from = 0; from < count; from += batchRows) {
    scope(() => f(normalised(rows(samples.data, from, Math.min(from + batchRows, count)), from), from))
    await setImmediate() // Ctrl-C gets its turn
    if (signal?.aborted) throw new Interrupted()
  }
}

import { createHash } from 'node:crypto'
import { applyNormaliser, fitNormaliser, type ImageShape, type Normaliser, split } from '@facet/data'
import type { Samples } from '@facet/data/node'
import { key, type Tensor } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { heldOut } from './defaults.ts'
import { rowNumber } from './samples.ts'
import type { TrainSettings } from './settings.ts'

/** What is trained on, in the model's units. */
export interface TrainingSet {
  /** [n, d] */
  readonly train: Tensor
  /** [m, d], or `null` where nothing is held out. */
  readonly validation: Tensor | null
  /** Of each row of `train` its number in the file, from 1. */
  readonly rows: Int32Array
  readonly normaliser: Normaliser
  /** Where a row is an image. */
  readonly image: ImageShape | null
}

/**
 * Splits the samples and normalises both parts by what the training part alone tells.
 * @throws UsageError for settings that the samples do not allow.
 */
export function trainingSet(samples: Samples, settings: TrainSettings): TrainingSet {
  checkFit(samples, settings)
  const { data, name, image } = samples
  const parts =
    settings.validation === 0
      ? {
          train: data,
          validation: null,
          trainIndices: Int32Array.from({ length: data.shape[0] }, (_, i) => i),
        }
      : split(data, { validation: settings.validation, key: key(settings.seed).child('split') })
  const rows = parts.trainIndices.map((i) => rowNumber(samples, i))
  try {
    const normaliser = fitNormaliser(parts.train, settings.normalise)
    const inUnits = (part: Tensor, indices: Int32Array): Tensor =>
      applyNormaliser(normaliser, part, (i) => `${name} row ${rowNumber(samples, indices[i])}`).data
    const validation =
      parts.validation &&
      inUnits(parts.validation, (parts as { validationIndices: Int32Array }).validationIndices)
    return { train: inUnits(parts.train, parts.trainIndices), validation, rows, normaliser, image }
  } catch (error) {
    throw new UsageError(`--normalise ${settings.normalise}: ${(error as Error).message}`)
  }
}

function checkFit({ data, name }: Samples, settings: TrainSettings): void {
  const [rows, columns] = data.shape
  const { validation, bottleneck, batchSize, patience, objectives } = settings
  if (columns < 2) {
    throw new UsageError(
      `--data: ${name}: expected rows of at least 2 numbers, got rows of ${columns}: are these labels alone?`,
    )
  }
  if (validation === 0 && patience !== null) {
    throw new UsageError('--patience: expected rows that are held out, got --validation 0')
  }
  if (validation > 0 && rows < 2) {
    throw new UsageError(
      `--validation: expected at least 2 rows to hold some out, ${name} has ${rows}; 0 holds none`,
    )
  }
  if (bottleneck > columns) {
    throw new UsageError(
      `--bottleneck: expected at most ${columns}, the columns of ${name}, got ${bottleneck}`,
    )
  }
  const trained = rows - heldOut(rows, validation)
  if (batchSize > trained) {
    throw new UsageError(`--batch-size: expected at most ${trained}, the rows trained on, got ${batchSize}`)
  }
  for (const { kept, generators } of objectives) {
    if (kept !== undefined && kept > bottleneck) {
      throw new UsageError(`--kept: expected at most the bottleneck's ${bottleneck}, got ${kept}`)
    }
    const rank = Number(/\d+/.exec(generators ?? '')?.[0] ?? 0)
    if (rank > columns) {
      throw new UsageError(
        `--generators: expected a rank of at most ${columns}, the columns of ${name}, got ${rank}`,
      )
    }
  }
}

/** What tells these samples from others: a checksum of their numbers and shape. */
export const fingerprintOf = ({ data }: Samples): string => {
  const values = data.dataSync()
  return createHash('sha256')
    .update(`${data.dtype} ${data.shape.join('x')}\n`)
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex')
}

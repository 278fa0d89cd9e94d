import { RegionRarity } from '@facet/geometry'
import type { Autoencoder, AutoencoderCode } from '@facet/models'
import { type ArrayData, decodeNpz } from '@facet/tensor'
import type { ModelConfig } from './model-schema.ts'
import { partsOf, unpackCodes } from './region-codes.ts'

/** What `regions.npz` says of the rows that a model was trained on. */
export interface TrainingRegions {
  readonly code: AutoencoderCode
  /** Encoder and decoder partition as one. */
  readonly rarity: RegionRarity
  /** Of each training row its number in the file, from 1. */
  readonly rows: Int32Array
  /** Reconstruction errors of the training rows, ascending. */
  readonly errors: Float64Array
  /** Those of the rows held out, ascending. */
  readonly heldOutErrors: Float64Array
}

/** @throws Error for an array that is missing, or does not belong to the model or the others. */
export async function readRegions(
  model: Autoencoder,
  count: number,
  bytes: Uint8Array,
): Promise<TrainingRegions> {
  const arrays = await decodeNpz(bytes)
  const code = unpackCodes(model, arrays, count)
  const rarity = new RegionRarity(partsOf(code))
  const rows = vector(arrays, 'rows', 'int32', count) as Int32Array
  const counts = vector(arrays, 'counts', 'int32', rarity.counts.length) as Int32Array
  if (counts.some((value, unit) => value !== rarity.counts[unit])) {
    throw new RangeError("expected 'counts' to be those of the codes, got others")
  }
  return {
    code,
    rarity,
    rows,
    errors: errorsIn(arrays, 'errors', count),
    heldOutErrors: errorsIn(arrays, 'heldOutErrors'),
  }
}

/** Ascending. */
function errorsIn(arrays: Readonly<Record<string, ArrayData>>, name: string, count?: number): Float64Array {
  const errors = vector(arrays, name, 'float64', count) as Float64Array
  const strange = errors.find((error) => !(error >= 0 && error < Infinity))
  if (strange === undefined) return errors.toSorted()
  throw new RangeError(`expected '${name}' that are finite and at least 0, got ${strange}`)
}

function vector(
  arrays: Readonly<Record<string, ArrayData>>,
  name: string,
  dtype: string,
  length?: number,
): ArrayData['data'] {
  const found = Object.hasOwn(arrays, name) ? arrays[name] : undefined
  if (found?.dtype === dtype && found.shape.length === 1 && found.shape[0] === (length ?? found.shape[0])) {
    return found.data
  }
  const got = found === undefined ? 'none' : `${found.dtype} [${found.shape.join(', ')}]`
  throw new RangeError(`expected an array '${name}' ${dtype} [${length ?? 'n'}], got ${got}`)
}

/** @throws RangeError for rows that the file of the data has not, or other errors than its rows. */
export function expectRowsOf(
  { rows, heldOutErrors }: TrainingRegions,
  { rowsInFile, validationRows }: ModelConfig['data'],
): void {
  const strange = rows.find((row) => row < 1 || row > rowsInFile)
  if (strange !== undefined) {
    throw new RangeError(`expected 'rows' from 1 to ${rowsInFile}, the rows of the file, got ${strange}`)
  }
  if (heldOutErrors.length !== validationRows) {
    throw new RangeError(
      `expected 'heldOutErrors' of the ${validationRows} rows held out, got ${heldOutErrors.length}`,
    )
  }
}

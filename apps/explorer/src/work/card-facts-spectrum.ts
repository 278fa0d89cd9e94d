import { jacobianSingularValues, singularValues } from '@facet/geometry'
import type { Autoencoder } from '@facet/models'
import { scope, tensor } from '@facet/tensor'

/** Rotations of a matrix take 0.5 ms at 3 × 3 and 100 ms at 128 × 128: from this side on the values come from the h × h matrices of encoder and decoder. */
const WIDE = 16

/** Of the largest: float32 weights tell no more. */
const RANK_TOLERANCE = 2 ** -20

/** What there is to know of a region's matrix. */
export interface Spectrum {
  /** Largest first; of a wide map of encoder and decoder only the h that can be above 0. */
  readonly singularValues: readonly number[]
  /** How many are above 2⁻²⁰ of the largest. */
  readonly rank: number
}

/**
 * The singular values of the map A of one region.
 *
 * @param A [rows × columns]
 * @param states of all units of the region
 * @param model where A is its D(E(x)), else `null`
 */
export function spectrumOf(
  A: Float64Array,
  rows: number,
  states: Int32Array,
  model: Autoencoder | null,
): Spectrum {
  const columns = A.length / rows
  const isWide = Math.min(rows, columns) >= WIDE
  const values = scope(() =>
    Array.from(
      (isWide && model !== null
        ? jacobianSingularValues(model, codesOf(model, states))
        : singularValues(tensor(A, { shape: [rows, columns], dtype: 'float64' }))
      ).dataSync() as Float64Array,
    ),
  )
  return { singularValues: values, rank: values.filter((value) => value > RANK_TOLERANCE * values[0]).length }
}

/** The code of one region of D(E(x)) as those of both networks. */
function codesOf({ encoder, decoder }: Autoencoder, states: Int32Array) {
  const inEncoder = encoder.groups.reduce((sum, { units }) => sum + units, 0)
  const codeOf = (network: typeof encoder, own: Int32Array) =>
    network.codeFromStates(tensor(own, { shape: [1, own.length], dtype: 'int32' }))
  return {
    encoder: codeOf(encoder, states.subarray(0, inEncoder)),
    decoder: codeOf(decoder, states.subarray(inEncoder)),
  }
}

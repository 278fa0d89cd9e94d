import type { Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'

/** Which columns the error of each row lies in. */
export interface Explanation {
  /** `[n, d]`: share of each input in the squared error of its row; each row sums to 1, or is 0 where there is no error. */
  readonly shares: Float64Array
  /** Of each row the input whose change alone, within the region, takes away most of the error. */
  readonly cause: Int32Array
  /** The share of the error that this change takes away. */
  readonly causeShare: Float64Array
  /** The value that it would have, in the model's units. */
  readonly expected: Float64Array
}

export const explain = (_model: Autoencoder, _x: Tensor): Explanation => {
  throw new Error('explain: not written yet')
}

import type { Autoencoder } from '@facet/models'
import { cast, mean, square, sub, type Tensor } from '@facet/tensor'
import { forChunks } from './chunks.ts'

/** Mean over dimensions of the squared residual of every row: x and y [n, d], float64 [n]. */
export const squaredErrors = (x: Tensor, y: Tensor): Float64Array =>
  mean(square(sub(cast(x, 'float64'), cast(y, 'float64'))), 1).dataSync() as Float64Array

/** The reconstruction error of every row of x [n, d], in the model's units. */
export function rowErrors(model: Autoencoder, x: Tensor): Float64Array {
  const errors = new Float64Array(x.shape[0])
  forChunks(x, (chunk, from) => errors.set(squaredErrors(chunk, model.reconstruct(chunk)), from))
  return errors
}

import { cast, mean, rows, scope, square, sub, type Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { widestFloat } from '@facet/tensor/dispatch'
import { Autoencoder } from '../autoencoder.ts'
import { expectFloatRows } from '../float-rows.ts'
import { chunksOf } from '../training/chunks.ts'

/** Mean over dimensions of the squared difference of every row: x and y [n, d], float64 [n]; on GPUs float32 numbers. */
export function squaredErrors(x: Tensor, y: Tensor): Float64Array {
  const exact = widestFloat('rowErrors')
  return scope(() => {
    const errors = mean(square(sub(cast(x, exact), cast(y, exact))), 1).dataSync()
    return errors instanceof Float64Array ? errors : Float64Array.from(errors as Float32Array)
  })
}

/** Rows computed at once: bounds memory, whatever there is; 256 × 3072 pixels are 3 MB. */
export const chunkRows = 256

/**
 * The mean squared reconstruction error of every row, what {@link calibrate}, {@link pValues} and {@link alarms} are given.
 *
 * @param x [n, d], finite, in the model's units and of its dtype
 * @returns float64 [n]
 * @throws TypeError or RangeError for what is no autoencoder or no such rows.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, rowErrors } from '@facet/models'
 * await init()
 * rowErrors(autoencoder({ input: 8, bottleneck: 2 }), key(0).normal([3, 8])).length // 3
 */
export function rowErrors(model: Autoencoder, x: Tensor): Float64Array {
  if (!(model instanceof Autoencoder)) {
    throw new TypeError(`rowErrors: model: expected an Autoencoder, got ${describe(model)}`)
  }
  expectFloatRows('rowErrors', 'x', x, model.input)
  const errors = new Float64Array(x.shape[0])
  for (const [from, to] of chunksOf(x.shape[0], chunkRows)) {
    scope(() => {
      const chunk = rows(x, from, to)
      errors.set(squaredErrors(chunk, model.reconstruct(chunk)), from)
    })
  }
  return errors
}

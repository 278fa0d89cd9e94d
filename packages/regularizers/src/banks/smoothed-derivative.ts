import { gather, matmul, reshape, slice, type Tensor } from '@facet/tensor'
import { constant, perDType } from './constants.ts'
import { differenceTaps, filterMatrix, smoothingOf } from './gaussian-taps.ts'

/** Outputs of one product: at length 1,092 a full matrix would be eight times the work of blocks that overlap by the reach. */
const block = 64

/**
 * d/dt of rows [N, length], per sample: a central difference after Gaussian smoothing, edges replicated
 * (docs/mathematics.md 6.1).
 */
export function smoothedDerivative(length: number): (x: Tensor) => Tensor {
  const taps = differenceTaps(smoothingOf(length))
  const reach = (taps.length - 1) / 2
  const outputs = Math.min(block, length)
  const blocks = Math.ceil(length / outputs)
  const inputs = outputs + 2 * reach
  const constants = perDType((dtype) => ({
    places: constant(
      Array.from({ length: blocks * inputs }, (_, i) => {
        const place = Math.floor(i / inputs) * outputs + (i % inputs) - reach
        return Math.min(Math.max(place, 0), length - 1)
      }),
      [blocks * inputs],
      'int32',
    ),
    filter: constant(filterMatrix(taps, inputs, outputs, 0), [inputs, outputs], dtype),
  }))
  return (x) => {
    const { places, filter } = constants(x.dtype)
    const windows = reshape(gather(x, places, 1), [x.shape[0] * blocks, inputs])
    const differences = reshape(matmul(windows, filter), [x.shape[0], blocks * outputs])
    return slice(differences, [0, 0], [x.shape[0], length])
  }
}

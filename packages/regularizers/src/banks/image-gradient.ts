import { matmul, reshape, type Tensor } from '@facet/tensor'
import { constant, perDType } from './constants.ts'
import { differenceTaps, filterMatrix, gaussianTaps, smoothingOf } from './gaussian-taps.ts'

/** The derivative of planes [P, height, width] per pixel, across and down: [P, 1, height·width] each. */
export interface PlaneGradient {
  readonly across: Tensor
  readonly down: Tensor
}

/**
 * Central differences of planes after Gaussian smoothing of σ = max(1, side/128) pixels in both directions, zero outside. By
 * products with band matrices on either side.
 */
export function imageGradient(height: number, width: number): (planes: Tensor) => PlaneGradient {
  const constants = perDType((dtype) => {
    const filters = (n: number) => ({
      smooth: filterOf(gaussianTaps(smoothingOf(n)), n, dtype),
      difference: filterOf(differenceTaps(smoothingOf(n)), n, dtype),
    })
    return { rows: filters(width), columns: filters(height) }
  })
  return (planes) => {
    const { rows, columns } = constants(planes.dtype)
    const flat = (x: Tensor): Tensor => reshape(x, [planes.shape[0], 1, height * width])
    return {
      across: flat(matmul(columns.smooth, matmul(planes, rows.difference), { transposeA: true })),
      down: flat(matmul(columns.difference, matmul(planes, rows.smooth), { transposeA: true })),
    }
  }
}

const filterOf = (taps: Float64Array, n: number, dtype: 'float32' | 'float64'): Tensor =>
  constant(filterMatrix(taps, n, n, -(taps.length - 1) / 2), [n, n], dtype)

import { type Amount, amountAt, type LossStep } from '@facet/models'
import { mul, type Shape, type Tensor } from '@facet/tensor'

/**
 * The noise σ n, n ~ N(0, I), of a corrupted batch. A σ that is a number is multiplied where the normals are drawn: a pass over them
 * less, of a denoising step at d = 784 between 1 and 3 %.
 */
export function corruption(at: LossStep, shape: Shape, dtype: 'float32' | 'float64', sigma: Amount): Tensor {
  const key = at.key.child('corruption')
  return typeof sigma === 'number'
    ? key.normal(shape, { dtype, deviation: sigma })
    : mul(key.normal(shape, { dtype }), amountAt(sigma, at))
}

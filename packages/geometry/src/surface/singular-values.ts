import { cast, scope, type Tensor, tensor, transpose } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { jacobiSvd } from '../numbers/jacobi-svd.ts'
import { lengthOf } from '../numbers/length-of.ts'
import { scaled } from '../numbers/scaled.ts'

/**
 * Singular values of matrices, largest first, batched. In float64 by one-sided Jacobi rotations on each matrix itself: small values keep
 * their digits, where the eigenvalues of a Gram matrix lose half of them (`jacobianSingularValues` takes those, for speed). Right at any
 * scale; a value below 1e-154 of the largest is 0. Nothing here has a gradient.
 *
 * @param matrices [..., m, n]
 * @returns float64 [..., min(m, n)]; NaN for a matrix with a number that is not finite.
 * @throws Error for fewer than two axes.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { singularValues } from '@facet/geometry'
 * await init()
 * singularValues(tensor([[0, 3], [-4, 0]])).toArray() // [4, 3]
 */
export function singularValues(matrices: Tensor): Tensor {
  if (matrices.rank < 2)
    throw new Error(`singularValues: expected matrices [..., m, n], got ${describe(matrices)}`)
  const lead = matrices.shape.slice(0, -2)
  const [m, n] = matrices.shape.slice(-2)
  const [count, length] = [Math.min(m, n), Math.max(m, n)]
  const axes = [matrices.rank - 2, matrices.rank - 1]
  return scope(() => {
    const { value, scale } = scaled(cast(matrices, 'float64'), axes)
    const swapped = [...lead.keys(), axes[1], axes[0]]
    const numbers = (m < n ? value : transpose(value, swapped)).dataSync() as Float64Array
    const scales = scale.dataSync()
    const found = new Float64Array(scales.length * count)
    for (let i = 0; i < scales.length; i++) {
      const columns = numbers.slice(i * m * n, (i + 1) * m * n)
      if (!Number.isFinite(lengthOf(columns))) found.fill(Number.NaN, i * count, (i + 1) * count)
      else {
        const { values } = jacobiSvd(columns, count, length)
        values.forEach((value, k) => void (found[i * count + k] = value * scales[i]))
      }
    }
    return tensor(found, { shape: [...lead, count] })
  })
}

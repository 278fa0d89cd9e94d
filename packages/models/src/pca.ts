import {
  add,
  cast,
  div,
  eigh,
  expandDims,
  flip,
  formatShape,
  greater,
  keep,
  matmul,
  max,
  mean,
  mul,
  rows,
  scope,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
  where,
} from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'
import { checkFinite } from './training/check-finite.ts'

/** Linear principal components: the yardstick printed beside every trained model. All in float64, on GPUs, which have none, in float32. */
export interface Pca {
  /** [d] */
  readonly mean: Tensor
  /** Orthonormal rows [k, d], largest variance first; a row of zeros where the data do not vary in k directions. */
  readonly components: Tensor
  /** Projects x [N, d] on the mean plus the span of the components; of the dtype of x. */
  reconstruct(x: Tensor): Tensor
  /** Mean over samples and dimensions of the squared residual of x [N, d]. */
  error(x: Tensor): number
}

/**
 * Principal component analysis by the eigenvectors of the smaller Gram matrix of the centred data, n × n or d × d.
 *
 * @param data [n, d]
 * @param k number of components, at most min(n, d).
 * @throws Error if data is not a finite, non-empty [n, d], or k is not a whole number in 0 … min(n, d).
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { pca } from '@facet/models'
 * await init()
 * const line = tensor([[0, 0], [1, 1], [2, 2]])
 * pca(line, 1).error(line) // 0, to rounding
 */
export function pca(data: Tensor, k: number): Pca {
  checkData('pca', data)
  const limit = Math.min(data.shape[0], data.shape[1])
  if (!Number.isInteger(k) || k < 0 || k > limit) {
    throw new Error(`pca: expected k in 0 … ${limit} for data ${formatShape(data.shape)}, got ${k}`)
  }
  checkFinite('pca', 'data', data)
  const exact = widestFloat('pca')
  const { centre, components } = scope(() => {
    const x = cast(data, exact)
    const centre = mean(x, 0)
    return { centre, components: principalRows(sub(x, centre), k) }
  })
  keep(centre)
  keep(components)
  const project = (x: Tensor): Tensor => {
    const codes = matmul(sub(cast(x, exact), centre), components, { transposeB: true })
    return add(matmul(codes, components), centre)
  }
  return {
    mean: centre,
    components,
    reconstruct: (x) => scope(() => cast(project(x), x.dtype)),
    error: (x) => scope(() => mean(square(sub(cast(x, exact), project(x)))).item()),
  }
}

/**
 * The error of predicting the mean of `train` for every sample of `test`: mean over samples and dimensions of the squared residual, in float64, on GPUs in float32.
 *
 * @param train [n, d]
 * @param test [m, d]
 * @throws Error if train is not a non-empty [n, d] or the dimensions differ.
 */
export function meanPredictorError(train: Tensor, test: Tensor): number {
  checkData('meanPredictorError', train)
  if (test.rank !== 2 || test.shape[1] !== train.shape[1]) {
    throw new Error(
      `meanPredictorError: expected test [m, ${train.shape[1]}], got ${formatShape(test.shape)}`,
    )
  }
  const exact = widestFloat('meanPredictorError')
  return scope(() => mean(square(sub(cast(test, exact), mean(cast(train, exact), 0)))).item())
}

/** The distance from 1 to the next number. */
const epsilons = { float32: 2 ** -23, float64: Number.EPSILON } as const

/** The first k right singular vectors of x [n, d] as rows. */
function principalRows(x: Tensor, k: number): Tensor {
  const [n, d] = x.shape
  const wide = d > n
  const { values, vectors } = eigh(matmul(x, x, wide ? { transposeB: true } : { transposeA: true }))
  const variances = rows(flip(values, 0), 0, k)
  const axes = rows(flip(transpose(vectors), 0), 0, k)
  const directions = wide ? unitRows(matmul(axes, x)) : axes
  // An eigenvalue below the rounding of the largest one has a vector made of rounding: leave that direction out.
  const rounding = mul(max(values), Math.max(n, d) * epsilons[x.dtype as keyof typeof epsilons])
  return where(expandDims(greater(variances, rounding), 1), directions, 0)
}

function unitRows(x: Tensor): Tensor {
  return div(x, sqrt(sum(square(x), 1, true)))
}

function checkData(operation: string, data: Tensor): void {
  if (data.rank === 2 && data.size > 0) return
  throw new Error(`${operation}: expected non-empty data [n, d], got ${formatShape(data.shape)}`)
}

import {
  add,
  broadcastTo,
  cast,
  div,
  gather,
  keep,
  key,
  rows,
  scope,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'
import { expectFloatRows } from '../float-rows.ts'
import { pca } from '../pca.ts'
import { chunksOf } from '../training/chunks.ts'
import { chunkRows, squaredErrors } from './row-errors.ts'

/** Mean squared errors of predictors that learn nothing deep, on the rows trained on and on those held out. */
export interface ModelBaselines {
  readonly meanPredictor: PartErrors
  /** PCA with as many components as the model has bottleneck units, or as the data have rows or columns. */
  readonly pca: PartErrors & { readonly components: number; readonly rows: number }
}

/** Mean squared errors of both parts of a data set. */
export interface PartErrors {
  readonly train: number
  /** `null` where nothing was held out. */
  readonly validation: number | null
}

/**
 * Rows that PCA is computed from, drawn by seed where there are more. Its cost is rows · columns² or rows² · columns,
 * and (the smaller)³: so many that it ends in seconds.
 */
const pcaRows = (columns: number): number => (columns <= 1024 ? 5000 : 1000)

/**
 * What the mean of the training part and its principal components reach: the errors that a model's own is told beside.
 *
 * @param train [n, d] in the model's units; `validation` [m, d]
 * @param bottleneck units of the model's code
 * @param seed draws the rows that PCA is computed from, where there are very many
 * @throws TypeError or RangeError for what are no such rows.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { modelBaselines } from '@facet/models'
 * await init()
 * const line = tensor([[0, 0], [1, 1], [2, 2]])
 * const { meanPredictor, pca } = modelBaselines(line, null, 1, 0)
 * meanPredictor.train // 2/3
 * pca.train // 0, to rounding
 */
export function modelBaselines(
  train: Tensor,
  validation: Tensor | null,
  bottleneck: number,
  seed: number | string,
): ModelBaselines {
  expectFloatRows('modelBaselines', 'train', train, train.shape[1])
  if (validation !== null) expectFloatRows('modelBaselines', 'validation', validation, train.shape[1])
  const centre = columnMeans(train)
  const used = Math.min(train.shape[0], pcaRows(train.shape[1]))
  const components = Math.min(bottleneck, used, train.shape[1])
  const axes = pca(sampleRows(train, used, seed), components)
  const errorsOf = (predict: (chunk: Tensor) => Tensor): PartErrors => ({
    train: errorOf(train, predict),
    validation: validation && errorOf(validation, predict),
  })
  const baselines = {
    meanPredictor: errorsOf((chunk) => broadcastTo(centre, chunk.shape)),
    pca: { components, rows: used, ...errorsOf((chunk) => axes.reconstruct(chunk)) },
  }
  for (const t of [centre, axes.mean, axes.components]) t.dispose()
  return baselines
}

/** Calls `f` with chunk after chunk of x [n, d]; tensors made by `f` are released. */
function forChunks(x: Tensor, f: (chunk: Tensor) => void): void {
  for (const [from, to] of chunksOf(x.shape[0], chunkRows)) scope(() => f(rows(x, from, to)))
}

function errorOf(x: Tensor, predict: (chunk: Tensor) => Tensor): number {
  let total = 0
  forChunks(x, (chunk) => {
    for (const error of squaredErrors(chunk, predict(chunk))) total += error
  })
  return total / x.shape[0]
}

function columnMeans(x: Tensor): Tensor {
  const exact = widestFloat('modelBaselines')
  let total = zeros([x.shape[1]], exact)
  forChunks(x, (chunk) => {
    const before = total
    total = keep(add(before, sum(cast(chunk, exact), 0)))
    before.dispose()
  })
  const means = div(total, x.shape[0])
  total.dispose()
  return means
}

function sampleRows(x: Tensor, count: number, seed: number | string): Tensor {
  if (count === x.shape[0]) return x
  const drawn = key(seed).child('pca').permutation(x.shape[0]).slice(0, count).sort()
  return gather(x, tensor(drawn))
}

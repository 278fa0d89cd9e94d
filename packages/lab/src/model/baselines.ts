import { pca, squaredErrors } from '@facet/models'
import {
  add,
  broadcastTo,
  cast,
  div,
  gather,
  keep,
  key,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { mean } from '../text/statistics.ts'
import { forChunks } from './chunks.ts'

/** Mean squared errors of predictors that learn nothing deep, on the rows trained on and on those held out. */
export interface ModelBaselines {
  readonly meanPredictor: PartErrors
  /** PCA with as many components as the model has bottleneck units, or as the data have rows or columns. */
  readonly pca: PartErrors & { readonly components: number; readonly rows: number }
}

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

/** @param train [n, d] in the model's units; `validation` [m, d] */
export function modelBaselines(
  train: Tensor,
  validation: Tensor | null,
  bottleneck: number,
  seed: number,
): ModelBaselines {
  const centre = columnMeans(train)
  const rows = Math.min(train.shape[0], pcaRows(train.shape[1]))
  const components = Math.min(bottleneck, rows, train.shape[1])
  const axes = pca(sampleRows(train, rows, seed), components)
  const errorsOf = (predict: (chunk: Tensor) => Tensor): PartErrors => ({
    train: errorOf(train, predict),
    validation: validation && errorOf(validation, predict),
  })
  return {
    meanPredictor: errorsOf((chunk) => broadcastTo(centre, chunk.shape)),
    pca: { components, rows, ...errorsOf((chunk) => axes.reconstruct(chunk)) },
  }
}

function errorOf(x: Tensor, predict: (chunk: Tensor) => Tensor): number {
  const errors: number[] = []
  forChunks(x, (chunk) => {
    for (const error of squaredErrors(chunk, predict(chunk))) errors.push(error)
  })
  return mean(errors)
}

function columnMeans(x: Tensor): Tensor {
  let total = zeros([x.shape[1]], 'float64')
  forChunks(x, (chunk) => {
    total = keep(add(total, sum(cast(chunk, 'float64'), 0)))
  })
  return div(total, x.shape[0])
}

function sampleRows(x: Tensor, count: number, seed: number): Tensor {
  if (count === x.shape[0]) return x
  const drawn = key(seed).child('pca').permutation(x.shape[0]).slice(0, count).sort()
  return gather(x, tensor(drawn))
}

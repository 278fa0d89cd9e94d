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
import { pcaInSlices } from '../pca.ts'
import { chunksOf } from '../training/chunks.ts'
import { Slice } from '../training/yield.ts'
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
 * What the mean of the training part and its principal components reach: the errors that a model's own is told beside. The event loop gets its turn every 12 ms.
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
 * const { meanPredictor, pca } = await modelBaselines(line, null, 1, 0)
 * meanPredictor.train // 2/3
 * pca.train // 0, to rounding
 */
export async function modelBaselines(
  train: Tensor,
  validation: Tensor | null,
  bottleneck: number,
  seed: number | string,
): Promise<ModelBaselines> {
  expectFloatRows('modelBaselines', 'train', train, train.shape[1])
  if (validation !== null) expectFloatRows('modelBaselines', 'validation', validation, train.shape[1])
  const slice = new Slice()
  const centre = await columnMeans(train, slice)
  const used = Math.min(train.shape[0], pcaRows(train.shape[1]))
  const components = Math.min(bottleneck, used, train.shape[1])
  const sample = sampleRows(train, used, seed)
  const axes = await pcaInSlices(sample, components)
  if (sample !== train) sample.dispose()
  const errorsOf = async (predict: (chunk: Tensor) => Tensor): Promise<PartErrors> => ({
    train: await errorOf(train, predict, slice),
    validation: validation && (await errorOf(validation, predict, slice)),
  })
  const baselines = {
    meanPredictor: await errorsOf((chunk) => broadcastTo(centre, chunk.shape)),
    pca: { components, rows: used, ...(await errorsOf((chunk) => axes.reconstruct(chunk))) },
  }
  for (const t of [centre, axes.mean, axes.components]) t.dispose()
  return baselines
}

/** Calls `f` with chunk after chunk of x [n, d]; tensors made by `f` are released. */
async function forChunks(x: Tensor, slice: Slice, f: (chunk: Tensor) => void): Promise<void> {
  for (const [from, to] of chunksOf(x.shape[0], chunkRows)) {
    scope(() => f(rows(x, from, to)))
    await slice.breathe()
  }
}

async function errorOf(x: Tensor, predict: (chunk: Tensor) => Tensor, slice: Slice): Promise<number> {
  let total = 0
  await forChunks(x, slice, (chunk) => {
    for (const error of squaredErrors(chunk, predict(chunk))) total += error
  })
  return total / x.shape[0]
}

async function columnMeans(x: Tensor, slice: Slice): Promise<Tensor> {
  const exact = widestFloat('modelBaselines')
  let total = zeros([x.shape[1]], exact)
  await forChunks(x, slice, (chunk) => {
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

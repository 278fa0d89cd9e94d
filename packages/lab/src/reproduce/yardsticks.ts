import { meanPredictorError, pca } from '@facet/models'
import { loadSet } from './data-sets.ts'

export interface YardstickTask {
  readonly set: string
  readonly data: string | null
  readonly seed: number
}

/** Test errors of predictors that learn nothing deep: the mean of the whole training part, and linear PCA of it. */
export interface Yardsticks {
  readonly meanPredictor: number
  readonly pca1: number
  /** Ten components, or as many as the training part has. */
  readonly pca10: number
}

export async function runYardsticks({ set, data, seed }: YardstickTask): Promise<Yardsticks> {
  const { train, test } = await loadSet(set, data, seed)
  const most = Math.min(train.shape[0], train.shape[1])
  const pcaError = (components: number): number => pca(train, Math.min(components, most)).error(test)
  return { meanPredictor: meanPredictorError(train, test), pca1: pcaError(1), pca10: pcaError(10) }
}

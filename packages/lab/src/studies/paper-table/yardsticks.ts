import type { ImageShape } from '@facet/data'
import { meanPredictorError, pca } from '@facet/models'
import { loadSet, type SetSource } from '../../sets/data-sets.ts'
import { shownPart, shownRows, shownValues } from './showcase.ts'

export interface YardstickTask extends SetSource {
  readonly set: string
}

/** Test errors of predictors that learn nothing deep, and the test samples that figures show. */
export interface Yardsticks {
  /** Of the mean of the whole training part. */
  readonly meanPredictor: number
  /** Of linear PCA of the whole training part; of each k components, or as many as the training part has. */
  readonly pca1: number
  readonly pca3: number
  readonly pca10: number
  /** The test samples whose reconstructions are shown, [6][d], and their rows in the test part. */
  readonly originals: readonly (readonly number[])[]
  readonly originalRows: readonly number[]
  /** Where a sample is an image. */
  readonly image: ImageShape | null
}

export async function runYardsticks({ set, ...source }: YardstickTask): Promise<Yardsticks> {
  const { train, test, image = null } = await loadSet(set, source)
  const most = Math.min(train.shape[0], train.shape[1])
  const pcaError = (components: number): number => pca(train, Math.min(components, most)).error(test)
  return {
    meanPredictor: meanPredictorError(train, test),
    pca1: pcaError(1),
    pca3: pcaError(3),
    pca10: pcaError(10),
    originals: shownValues(shownPart(test)),
    originalRows: shownRows(test.shape[0]),
    image,
  }
}

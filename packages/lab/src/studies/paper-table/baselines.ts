import { meanPredictorError, pca } from '@facet/models'
import { loadSet } from '../../sets/data-sets.ts'
import { shownPart, shownRows, shownValues } from '../../study/shown-samples.ts'
import type { PaperBaselines } from './outcome.ts'
import type { ReproduceSettings } from './settings.ts'

/** The baselines of a set: of its whole training part, so that they are the same for every run. */
export async function runBaselines(
  { data, seed, samples }: ReproduceSettings,
  { set }: { readonly set: string },
): Promise<PaperBaselines> {
  const { train, test, image = null } = await loadSet(set, { data, seed, samples })
  const most = Math.min(10, train.shape[0], train.shape[1])
  const components = pca(train, most)
  const pcaError = (k: number): number => components.leading(Math.min(k, most)).error(test)
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

import { expectNumbers, type Numbers } from './errors.ts'

/** How many of the rows of a file lie in regions without a training row. NaN where there are no rows. */
export interface UnseenRegions {
  /** Share of the new rows in such regions. */
  readonly share: number
  /** What it would be for rows like the training ones: the share of these that are alone in their region. */
  readonly expected: number
}

/**
 * Compares the regions of new rows with those of the training rows (`docs/mathematics.md 10.3`). With many units nearly every row has a region of its own, so
 * that the share alone says nothing: beside it stands what Good (1953) expects of one row more, the share of rows that were seen once.
 *
 * @param trained of each training row its region: any number, the same for the same region
 * @param differing of each new row the units in another state than in the nearest of these: 0 in the very same region
 * @throws TypeError for what is no list.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network, RegionIndex, unseenRegions } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 4, 1], activations: ['relu', 'identity'], key: key(0) })
 * const codes = [net.regionCode(key('seen').normal([200, 2]))]
 * const index = new RegionIndex(codes)
 * const { differing } = index.nearest([net.regionCode(key('new').normal([100, 2]))])
 * const { share, expected } = unseenRegions(index.nearest(codes).sample, differing)
 */
export function unseenRegions(trained: Numbers, differing: Numbers): UnseenRegions {
  expectNumbers('unseenRegions', 'trained', trained)
  expectNumbers('unseenRegions', 'differing', differing)
  const counts = new Map<number, number>()
  for (const region of Array.from(trained)) counts.set(region, (counts.get(region) ?? 0) + 1)
  const alone = [...counts.values()].filter((count) => count === 1).length
  const unseen = Array.from(differing).filter((units) => units > 0).length
  return { share: unseen / differing.length, expected: alone / trained.length }
}

import type { RegionCode } from './code.ts'
import { DistinctRows } from './search/distinct-rows.ts'
import { jointWords, type Layout, layoutOf } from './search/joint-words.ts'
import { RegionSearch } from './search/region-search.ts'

/** Of N samples, the regions of others that theirs are nearest to. */
export interface NearestRegions {
  /** The smallest number of units in another state: 0 in the very same region. */
  readonly differing: Int32Array
  /** The first sample in a region that is so near. */
  readonly sample: Int32Array
}

/**
 * The regions that samples lie in, to look for the nearest of: the one with the fewest units in another state. Codes given together, such
 * as an encoder's and a decoder's, are read as one.
 *
 * The very same region is found by hash, the nearest of the others exactly by an index, which is made when it is first needed. R regions of
 * w words take 8 w + 27 bytes each, and at most 16 bytes a sample.
 *
 * @param codes of the same n ≥ 1 samples
 * @throws RangeError for no partition or no sample.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network, RegionIndex } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const index = new RegionIndex([net.regionCode(key('seen').normal([50, 2]))])
 * const { differing, sample } = index.nearest([net.regionCode(key('new').normal([3, 2]))])
 */
export class RegionIndex {
  readonly #layout: Layout
  readonly #regions: DistinctRows
  #search: RegionSearch | null = null

  constructor(codes: readonly RegionCode[]) {
    if (codes.length === 0 || codes[0].count === 0)
      throw new RangeError(
        `RegionIndex: expected codes of at least one sample, got ${codes.length === 0 ? 'no code' : 'none'}`,
      )
    this.#layout = layoutOf(codes)
    this.#regions = new DistinctRows(jointWords(codes, this.#layout), codes[0].count, this.#layout.width)
  }

  /** Regions with a sample. */
  get regions(): number {
    return this.#regions.count
  }

  /** @param codes of N samples, in the partitions that the index was made of */
  nearest(codes: readonly RegionCode[]): NearestRegions {
    const { width } = this.#layout
    const regions = this.#regions
    const words = jointWords(codes, this.#layout)
    const differing = new Int32Array(codes[0].count)
    const sample = new Int32Array(codes[0].count)
    for (let n = 0, at = 0; n < differing.length; n++, at += width) {
      let region = regions.find(words, at)
      if (region < 0) {
        this.#search ??= new RegionSearch(regions.words, regions.count, this.#layout)
        this.#search.look(words, at)
        differing[n] = this.#search.differing
        region = this.#search.region
      }
      sample[n] = regions.firsts[region]
    }
    return { differing, sample }
  }
}

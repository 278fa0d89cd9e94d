import { type RegionCode, RegionIndex } from '@facet/models'
import { forStates } from './for-states.ts'
import { stateCounts } from './state-counts.ts'

/** How unusual the regions of N samples are, each against the regions that training samples lie in. */
export interface RegionRarities {
  /** Mean over units of −log₂ of the frequency of the unit's state, in bits a unit; 0 without units. */
  readonly bits: Float64Array
  /** The smallest number of units in another state than in the region of a training sample. */
  readonly nearest: Int32Array
  /** The first training sample that is so near. */
  readonly nearestSample: Int32Array
  /** 1 where a training sample lies in the very same region. */
  readonly occupied: Uint8Array
}

/**
 * Says how unusual regions are, given the regions of the training samples.
 *
 * Units are taken as independent and their frequencies Laplace-smoothed, `p = (count + 1) / (n + states)`, so that a state that
 * training never saw is rare and not impossible. Units have any number of states: two of an activation, those of a window of a pooling unit. Partitions given together, such as an encoder's and a decoder's,
 * are read as one code. A code does not tell NaN from a number that is not > 0: leave out samples that are not finite before.
 *
 * @param training codes of the same n ≥ 1 samples in one partition or several
 * @throws RangeError for no partition, no sample, or different numbers of samples.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * import { RegionRarity } from '@facet/geometry'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const seen = model.regionCode(key(0).normal([100, 8]))
 * const rarity = new RegionRarity([seen.encoder, seen.decoder])
 * const strange = model.regionCode(tensor([[9, -9, 9, -9, 9, -9, 9, -9]]))
 * const { bits, nearest, occupied } = rarity.of([strange.encoder, strange.decoder])
 */
export class RegionRarity {
  /** Number of training samples n. */
  readonly samples: number
  /** Units with states, over all partitions. */
  readonly units: number
  /** For every unit the training samples that have it in state 1, 2, …: one number for a unit of two states; unit by unit, partition after partition. */
  readonly counts: Int32Array
  readonly #owners: readonly RegionCode['owner'][]
  readonly #index: RegionIndex
  /** How rare each state of each unit is, in bits: those of unit u from `#from[u]`. */
  readonly #surprises: Float64Array
  readonly #from: Int32Array

  constructor(training: readonly RegionCode[]) {
    const samples = expectCodes('RegionRarity', training)
    if (samples === 0) throw new RangeError('RegionRarity: expected at least one training sample, got none')
    this.samples = samples
    this.units = training.reduce((sum, code) => sum + code.units, 0)
    this.#owners = training.map((code) => code.owner)
    this.#index = new RegionIndex(training)
    const counts = training.flatMap(stateCounts)
    this.counts = Int32Array.from(counts.flatMap(([, ...others]) => others))
    this.#surprises = Float64Array.from(
      counts.flatMap((ofStates) =>
        Array.from(ofStates, (count) => -Math.log2((count + 1) / (samples + ofStates.length))),
      ),
    )
    let from = 0
    this.#from = Int32Array.from(counts, ({ length }) => (from += length) - length)
  }

  /** Regions with a training sample. */
  get regions(): number {
    return this.#index.regions
  }

  /**
   * @param codes of N samples, in the partitions that the training codes were of
   * @throws RangeError for other partitions, or different numbers of samples.
   */
  of(codes: readonly RegionCode[]): RegionRarities {
    const count = expectCodes('RegionRarity.of', codes)
    if (codes.length !== this.#owners.length || codes.some(({ owner }, i) => owner !== this.#owners[i])) {
      const expected = this.#owners.map(({ name }) => `'${name}'`).join(' and ')
      const got = codes.map(({ owner }) => `'${owner.name}'`).join(' and ')
      throw new RangeError(`RegionRarity.of: expected codes of the training's ${expected}, got ${got}`)
    }
    const { differing, sample } = this.#index.nearest(codes)
    return {
      bits: this.#bits(codes, count),
      nearest: differing,
      nearestSample: sample,
      occupied: Uint8Array.from(differing, (units) => Number(units === 0)),
    }
  }

  #bits(codes: readonly RegionCode[], count: number): Float64Array {
    const surprises = this.#surprises
    const from = this.#from
    const total = new Float64Array(count)
    let first = 0
    for (const code of codes) {
      const last = first + code.units
      forStates(code, (states, sample) => {
        for (let n = sample, i = 0; i < states.length; n++) {
          let bits = total[n]
          for (let u = first; u < last; u++, i++) bits += surprises[from[u] + states[i]]
          total[n] = bits
        }
      })
      first = last
    }
    return total.map((bits) => bits / Math.max(1, this.units))
  }
}

/** The number of samples that all codes have. @throws RangeError where they differ, or there is no code. */
function expectCodes(operation: string, codes: readonly RegionCode[]): number {
  const counts = [...new Set(codes.map(({ count }) => count))]
  if (counts.length === 1) return counts[0]
  throw new RangeError(
    counts.length === 0
      ? `${operation}: expected the codes of at least one partition, got none`
      : `${operation}: expected codes of the same samples, got ${counts.join(' and ')}`,
  )
}

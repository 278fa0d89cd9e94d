import { type Model, networksOf } from '@facet/models'
import {
  add,
  div,
  type Key,
  logicalAnd,
  mul,
  norm,
  pow,
  rows,
  scope,
  squeeze,
  sub,
  type Tensor,
} from '@facet/tensor'
import { aCount, aTensor, type OptionsOf, optional, optionTable, withDefault } from '@facet/tensor/checks'
import { knownRegion } from '../neighbours/known-region.ts'
import { expectPoints } from '../numbers/checks.ts'
import { scaledNorm } from '../numbers/scaled.ts'

const regionsInBallsOptions = optionTable('regionsInBalls', {
  /** Points drawn in every ball; default 1000. */
  draws: withDefault(aCount(0), 1000),
  /** Samples [N, d] of the data, which are counted too. */
  samples: optional(aTensor),
})

/** The settings of {@link regionsInBalls}. */
export type RegionsInBallsOptions = OptionsOf<typeof regionsInBallsOptions>

/** Counts of regions and samples in balls, centre by centre, radius by radius: [C][R]. */
export interface RegionsInBalls {
  /**
   * Distinct regions that were seen in the ball, by its centre, the points drawn in it and in the smaller balls, and the samples in it: a **lower
   * bound** of the regions that meet it.
   */
  readonly regions: readonly (readonly number[])[]
  /** Samples of the data in the ball, 0 without samples. */
  readonly samples: readonly (readonly number[])[]
  /** Distinct regions that these lie in. */
  readonly sampleRegions: readonly (readonly number[])[]
  /** Regions are sampled and not enumerated. */
  readonly complete: false
  /** Signs are those of the network's own arithmetic. */
  readonly verified: 'float'
}

/** Numbers of points that are held at a time: 8 MB in float64. */
const CHUNK_ELEMENTS = 2 ** 20

/**
 * How many regions balls of growing radius see, against the samples of the data in them (Fig. 3). For a network of any kind of layer its own
 * partition, for an autoencoder that of encoder and decoder together, in the space of samples. Points are drawn uniformly in each
 * ball; what a smaller ball saw counts in the larger one as well, so that counts never fall. In a plane `regionsMeetingDisc` counts exactly. A point
 * with a number that is not finite, or at which the network says NaN, lies in no region. Reads codes back.
 *
 * @param centres [C, d]
 * @param radii finite and above 0, in any order
 * @throws Error for shapes or dtypes that do not fit, RangeError for a radius.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * import { regionsInBalls } from '@facet/geometry'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const data = key('data').normal([100, 8])
 * const { regions, samples } = regionsInBalls(model, data, [0.1, 1], key(0), { samples: data, draws: 50 })
 * regions[0] // of the ball around the first sample, e.g. [1, 7]
 */
export function regionsInBalls(
  model: Model,
  centres: Tensor,
  radii: readonly number[],
  key: Key,
  options: RegionsInBallsOptions = {},
): RegionsInBalls {
  const { draws, samples } = regionsInBallsOptions.resolve(options)
  const [first] = networksOf(model)
  expectPoints('regionsInBalls', 'centres', first, centres)
  if (samples !== undefined) expectPoints('regionsInBalls', 'samples', first, samples)
  for (const radius of radii) {
    if (!(radius > 0 && radius < Infinity))
      throw new RangeError(`regionsInBalls: radii: expected finite numbers above 0, got ${radius}`)
  }
  const ordered = Array.from(radii.keys()).sort((i, j) => radii[i] - radii[j])
  const names = samples === undefined ? [] : regionNames(model, samples)
  const counts = { regions: [] as number[][], samples: [] as number[][], sampleRegions: [] as number[][] }
  for (let c = 0; c < centres.shape[0]; c++) {
    scope(() => {
      const centre = rows(centres, c, c + 1)
      const distance = samples === undefined ? [] : distancesFrom(centre, samples)
      const seen = new Set(regionNames(model, centre).filter(isRegion))
      const own = { regions: [] as number[], samples: [] as number[], sampleRegions: [] as number[] }
      ordered.forEach((place, r) => {
        const radius = radii[place]
        for (const name of drawnRegions(model, centre, radius, key.child(c).child(r), draws)) seen.add(name)
        const within = names.filter((name, n) => isRegion(name) && distance[n] <= radius)
        for (const name of within) seen.add(name!)
        own.regions[place] = seen.size
        own.samples[place] = within.length
        own.sampleRegions[place] = new Set(within).size
      })
      counts.regions.push(own.regions)
      counts.samples.push(own.samples)
      counts.sampleRegions.push(own.sampleRegions)
    })
  }
  return { ...counts, complete: false, verified: 'float' }
}

const isRegion = (name: string | null): name is string => name !== null

/** A name for the region of each point, the same where the regions are; `null` where there is none. */
function regionNames(model: Model, points: Tensor): (string | null)[] {
  return scope(() => {
    let x = points
    let known: Tensor | undefined
    const parts = networksOf(model).map((network) => {
      const { output, code, isKnown } = knownRegion(network, x)
      known = known === undefined ? isKnown : logicalAnd(known, isKnown)
      x = output
      return code.hash()
    })
    return Array.from(known!.dataSync(), (flag, n) =>
      flag === 1 ? parts.map((part) => part[n]).join(' ') : null,
    )
  })
}

const distancesFrom = (centre: Tensor, samples: Tensor): number[] =>
  scope(() => squeeze(scaledNorm(sub(samples, centre), 1), 1).toArray() as number[])

/** The regions of points drawn uniformly in a ball: in every direction alike, their distances so that volumes are met alike. */
function drawnRegions(model: Model, centre: Tensor, radius: number, key: Key, draws: number): Set<string> {
  const d = centre.shape[1]
  const dtype = centre.dtype as 'float32' | 'float64'
  const found = new Set<string>()
  const chunk = Math.max(1, Math.floor(CHUNK_ELEMENTS / d))
  for (let from = 0; from < draws; from += chunk) {
    const count = Math.min(chunk, draws - from)
    const names = scope(() => {
      const own = key.child(from)
      const direction = own.child('direction').normal([count, d], dtype)
      const share = pow(own.child('distance').uniform([count, 1], { dtype }), 1 / d)
      return regionNames(
        model,
        add(centre, mul(div(direction, norm(direction, 1, true)), mul(share, radius))),
      )
    })
    for (const name of names) if (name !== null) found.add(name)
  }
  return found
}

import { regionsInBalls } from '@facet/geometry'
import type { Network } from '@facet/models'
import { gather, key, norm, scope, sub, type Tensor, tensor } from '@facet/tensor'
import type { NamedCounts } from '../draw/counts-chart.ts'
import { mean } from '../text/statistics.ts'

/** How regions in balls are counted. */
export interface BallOptions {
  readonly seed: number
  /** Samples around which balls are, spread evenly over the file. */
  readonly centres: number
  /** Of each ball, besides its centre and samples. */
  readonly draws: number
  /** From the smallest. */
  readonly radii: readonly number[]
}

/** Counts of regions and samples in balls of each radius, means over the centres. */
export function ballCounts(
  name: string,
  network: Network,
  samples: Tensor,
  { seed, centres, draws, radii }: BallOptions,
): NamedCounts {
  return scope(() => {
    const around = gather(samples, tensor(evenly(samples.shape[0], centres)))
    const counts = regionsInBalls(network, around, radii, key(seed).child('balls'), { samples, draws })
    const means = (byCentre: readonly (readonly number[])[]) =>
      radii.map((_, r) => mean(byCentre.map((of) => of[r])))
    return { name, radii, regions: means(counts.regions), samples: means(counts.samples) }
  })
}

/** How many radii there are where none are said. */
const radiusSteps = 13

/** Radii from a hundredth of the farthest sample's distance from the first to all of it, each a step of the same ratio. */
export function radiiOf(samples: Tensor): number[] {
  const farthest = scope(() => {
    const from = sub(samples, gather(samples, tensor(Int32Array.of(0))))
    return (norm(from, 1).toArray() as number[]).reduce((most, each) => Math.max(most, each), 0)
  })
  if (!(farthest > 0)) throw new Error('expected samples that differ, to take radii from; give --radii')
  return Array.from(
    { length: radiusSteps },
    (_, i) => farthest * 10 ** ((-2 * (radiusSteps - 1 - i)) / (radiusSteps - 1)),
  )
}

const evenly = (count: number, most: number): Int32Array => {
  const taken = Math.min(count, most)
  return Int32Array.from({ length: taken }, (_, i) => Math.floor(((i + 0.5) * count) / taken))
}

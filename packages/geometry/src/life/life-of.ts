import { cast, scope, type Tensor } from '@facet/tensor'
import { aNumber, aTensor, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import { describe } from '../numbers/checks.ts'
import type { PlanePartition } from '../plane/partition.ts'
import type { PlanePoint } from '../plane/polygon.ts'
import { regionLife } from './region-life.ts'
import { regionsNear } from './regions-near.ts'
import { wallDistancesOf } from './wall-distances.ts'

const lifeOptions = optionTable('lifeOf', {
  // [N, inputs]: whose distances to walls are taken, and whose neighbourhoods regions are counted in.
  samples: optional(aTensor),
  // How far from the samples, seen at right angles on the plane, regions are counted; in the units of (s, t).
  radius: optional(aNumber()),
})

/** The settings of {@link lifeOf} and {@link lifeStep}. */
export type LifeOptions = OptionsOf<typeof lifeOptions>

/** A partition at a training step. What needs another partition, samples or a radius is null without. */
export interface LifeStep {
  readonly step: number
  readonly regions: number
  /** Of the codes of the partition before: how many are still there, how many are new, how many are gone. */
  readonly kept: number | null
  readonly born: number | null
  readonly died: number | null
  /** Of the kept regions, from centroid to centroid in (s, t); null also where none was kept. */
  readonly meanMove: number | null
  /** From the samples to the nearest wall, in the input space: the distance that 5 % are within, and the one that half are. */
  readonly wallDistance: { readonly low: number; readonly median: number } | null
  /** Regions of the plane at less than the radius from a sample. */
  readonly regionsNear: number | null
}

/**
 * What became of a partition since the one before: one entry of {@link lifeOf}, for partitions that come one at a time.
 *
 * @throws Error for partitions of other groups, or not complete, and samples that do not fit.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { lifeStep, planePartition } from '@facet/geometry'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * let before = null
 * for (const step of [0, 10]) {
 *   // … train
 *   const partition = planePartition(net, { window: [-1, 1] })
 *   const { born, died } = lifeStep(step, partition, before, { samples: key(1).normal([100, 2]), radius: 0.1 })
 *   before = partition
 * }
 */
export function lifeStep(
  step: number,
  partition: PlanePartition,
  before: PlanePartition | null,
  options: LifeOptions = {},
): LifeStep {
  const { samples, radius } = lifeOptions.resolve(options)
  const rows = samples === undefined ? null : rowsOf(partition, samples)
  const life = before && regionLife(before, partition)
  const distances = rows && wallDistancesOf(partition.program, rows).distance.sort()
  return {
    step,
    regions: partition.regions,
    kept: life?.kept.after.length ?? null,
    born: life?.born.length ?? null,
    died: life?.died.length ?? null,
    meanMove: life && meanOf(life.moves.distance),
    wallDistance: distances && { low: quantile(distances, 0.05), median: quantile(distances, 0.5) },
    regionsNear:
      rows !== null && radius !== undefined
        ? regionsNear(partition, pointsOf(partition, rows), radius).length
        : null,
  }
}

/**
 * The life of regions over training steps: how many there are, how many were born and died since the step before, how far the others moved, how far the samples
 * are from the nearest wall, and how many regions are within their reach. Partitions are of one window of one plane; each is asked for when the one
 * before is done with.
 *
 * @throws Error for partitions of other groups, or not complete, and samples that do not fit.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { lifeOf, planePartition } from '@facet/geometry'
 * await init()
 * function* steps() {
 *   for (const step of [0, 1, 2]) {
 *     const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(step) })
 *     yield [step, planePartition(net, { window: [-1, 1] })]
 *   }
 * }
 * lifeOf(steps()).map(({ regions, born }) => [regions, born]) // [[…, null], […, …], […, …]]
 */
export function lifeOf(
  partitions: Iterable<readonly [step: number, partition: PlanePartition]>,
  options: LifeOptions = {},
): LifeStep[] {
  const steps: LifeStep[] = []
  let before: PlanePartition | null = null
  for (const [step, partition] of partitions) {
    steps.push(lifeStep(step, partition, before, options))
    before = partition
  }
  return steps
}

/** The samples as numbers. @throws Error for another shape */
function rowsOf({ program: { inputs } }: PlanePartition, samples: Tensor): Float64Array {
  if (samples.rank !== 2 || samples.shape[0] === 0 || samples.shape[1] !== inputs)
    throw new Error(`lifeOf: expected samples [N, ${inputs}], got ${describe(samples)}`)
  return scope(() => Float64Array.from(cast(samples, 'float64').dataSync() as ArrayLike<number>))
}

/** Where the plane is nearest to each row. */
function pointsOf({ plane: { origin, u, v } }: PlanePartition, rows: Float64Array): PlanePoint[] {
  const d = u.length
  let [uu, uv, vv] = [0, 0, 0]
  for (let i = 0; i < d; i++) {
    uu += u[i] * u[i]
    uv += u[i] * v[i]
    vv += v[i] * v[i]
  }
  const determinant = uu * vv - uv * uv
  return Array.from({ length: rows.length / d }, (_, n) => {
    let [xu, xv] = [0, 0]
    for (let i = 0; i < d; i++) {
      const x = rows[n * d + i] - origin[i]
      xu += x * u[i]
      xv += x * v[i]
    }
    return [(vv * xu - uv * xv) / determinant, (uu * xv - uv * xu) / determinant]
  })
}

/** Of sorted numbers, the one that stands there: no sum of two, of which one may be Infinity. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

const meanOf = (x: Float64Array): number | null =>
  x.length === 0 ? null : x.reduce((sum, value) => sum + value, 0) / x.length

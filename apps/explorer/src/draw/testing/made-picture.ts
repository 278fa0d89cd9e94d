import { type PlanePartition, planePartition } from '@facet/geometry'
import { network } from '@facet/models'
import { key, scope } from '@facet/tensor'
import type { RegionsPicture } from '../../work/messages.ts'
import { ERROR_NUMBERS, errorAt } from '../error-colours.ts'

/** A picture made without the workers, and what it is of. */
export interface MadePicture {
  readonly partition: PlanePartition
  readonly picture: RegionsPicture
}

/** What is drawn: a random network from the plane to the plane in [−1, 1]². */
export interface MadeOptions {
  readonly hidden: readonly number[]
  readonly seed?: number
  readonly samples?: number
}

/** The regions of a random network, its errors as if it were an autoencoder, and samples on a circle. `init()` has to come before. */
export function madePicture({ hidden, seed = 0, samples = 100 }: MadeOptions): MadePicture {
  const sizes = [2, ...hidden, 2]
  const net = scope(() =>
    network({
      sizes,
      activations: sizes.slice(1).map((_, i) => (i < hidden.length ? 'relu' : 'identity')),
      key: key(seed),
    }),
  )
  const partition = planePartition(net, { window: [-1, 1] })
  const corners: number[] = []
  const starts = [0]
  const walls: number[] = []
  const hashes: number[] = []
  const errors: number[] = []
  let worst: RegionsPicture['worst'] = null
  for (const region of partition) {
    corners.push(...region.corners.flat())
    starts.push(corners.length / 2)
    hashes.push(...hashOf(region.code))
    for (const { region: other, from, to } of region.neighbours)
      if (other > region.index) walls.push(...from, ...to)
    errors.push(...formOf(region.map(), region.centroid))
  }
  const form = Float32Array.from(errors)
  for (const region of partition)
    for (const [s, t] of region.corners) {
      const error = errorAt(form, region.index, s, t)
      if (error > (worst?.value ?? 0)) worst = { value: error, at: [s, t] }
    }
  const picture: RegionsPicture = {
    regions: partition.regions,
    verified: partition.verified,
    complete: partition.complete,
    frame: { s: [-1, 1], t: [-1, 1] },
    corners: Float32Array.from(corners),
    starts: Uint32Array.from(starts),
    walls: Float32Array.from(walls),
    hashes: Uint32Array.from(hashes),
    errors: form,
    worst,
    born: 12,
    died: 9,
    stepsSince: 1,
    samples: Float32Array.from({ length: 2 * samples }, (_, i) => {
      const angle = (2 * Math.PI * (i >> 1)) / samples
      return 0.6 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
    }),
  }
  return { partition, picture }
}

/** Two words that tell codes apart. */
function hashOf(code: Int32Array): [number, number] {
  let [a, b] = [0x811c9dc5, 0x9747b28c]
  for (const state of code) {
    a = Math.imul(a ^ state, 0x01000193)
    b = Math.imul(b ^ (state + 7), 0x5bd1e995) ^ (b >>> 13)
  }
  return [a >>> 0, b >>> 0]
}

/** ‖x − A x − b‖² about a point. */
function formOf(
  { A, b }: { readonly A: readonly (readonly number[])[]; readonly b: readonly number[] },
  [s, t]: readonly [number, number],
): number[] {
  const form = new Array<number>(ERROR_NUMBERS).fill(0)
  form[0] = s
  form[1] = t
  A.forEach((row, i) => {
    const [alongS, alongT] = [(i === 0 ? 1 : 0) - row[0], (i === 1 ? 1 : 0) - row[1]]
    const rest = alongS * s + alongT * t - b[i]
    const terms = [
      rest * rest,
      2 * rest * alongS,
      2 * rest * alongT,
      alongS * alongS,
      2 * alongS * alongT,
      alongT * alongT,
    ]
    terms.forEach((term, k) => {
      form[k + 2] += term
    })
  })
  return form
}

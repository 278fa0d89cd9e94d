import { type Plane, type PlaneNeighbour, type PlanePoint, regionMembership } from '@facet/geometry'
import type { Autoencoder, Network } from '@facet/models'
import { scope, type Tensor, tensor } from '@facet/tensor'
import type { PlacedPoint } from '../state/state.ts'
import { layerNames } from './card-facts-layers.ts'
import { spectrumOf } from './card-facts-spectrum.ts'
import type { CardFacts } from './messages.ts'

/** What a card says of a region: one of a partition of a plane, or an interval of a line. */
export interface CardRegion {
  readonly index: number
  /** The states of all units, group after group. */
  readonly code: Int32Array
  /** In s and t; of an interval its length. */
  readonly area: number
  readonly centroid: PlanePoint
  readonly corners: readonly PlanePoint[]
  readonly neighbours: readonly Pick<PlaneNeighbour, 'region' | 'length' | 'changed'>[]
  /** In float64. */
  map(): { readonly A: readonly (readonly number[])[]; readonly b: readonly number[] }
}

/** Where a card finds its region, such as a partition of a plane. */
export interface CardRegions {
  readonly plane: Plane
  /** The region that holds a point; null where none does. */
  at(s: number, t: number): CardRegion | null
  region(index: number): CardRegion
}

/** What a region card is made of. */
export interface CardSource {
  readonly plane: PlacedPoint['plane']
  readonly partition: CardRegions
  /** The network that the partition is of. */
  readonly network: Network
  /** Where that network is encoder and decoder of a model, one after the other; else `null`. */
  readonly model: Autoencoder | null
  /** Training samples as inputs of the network, [N, inputs]: of the decoder their codes. */
  readonly samples: Tensor
  /** Two words of each region's code: `codeHashes` of the partition. */
  readonly hashes: Uint32Array
  /** Whose regions are drawn where each is a union of regions of `network`; else `null`. */
  readonly unionOf: CardFacts['unionOf']
}

/**
 * All there is to know of the region around a point; `null` where no region holds it, as outside of the window. In float64 of the weights as they are.
 *
 * Takes some 2 ms for points of the plane and 15 ms for rows of 128 columns, most of it for the map.
 *
 * @example
 * import { codeHashes, planePartition } from '@facet/geometry'
 * import { autoencoder } from '@facet/models'
 * import { init, tensor } from '@facet/tensor'
 * await init()
 * const { encoder } = autoencoder({ input: 2, bottleneck: 1 })
 * const partition = planePartition(encoder, { window: [-1, 1] })
 * const samples = tensor([[0.5, 0.5], [9, 9]])
 * const source = { plane: 'input', partition, network: encoder, model: null, samples, hashes: codeHashes(partition), unionOf: null }
 * cardFacts(source, { plane: 'input', s: 0.5, t: 0.5 }).samples // [0]: the first sample is in it
 */
export function cardFacts(source: CardSource, at: PlacedPoint): CardFacts | null {
  const { partition, network, model } = source
  const region = partition.at(at.s, at.t)
  if (region === null) return null
  const states = region.code
  const map = region.map()
  const A = Float64Array.from(map.A.flat())
  const b = Float64Array.from(map.b)
  const layers = layerNames(network)
  return {
    at,
    hash: hashOf(source, region.index),
    code: codeOf(network, layers, states),
    A,
    b,
    ...spectrumOf(A, b.length, states, model),
    area: region.area,
    unionOf: source.unionOf,
    neighbours: neighboursOf(source, layers, region),
    samples: samplesIn(source, states),
    largestError: model === null ? null : largestErrorOf(source, region, map),
  }
}

const hashOf = ({ hashes }: CardSource, region: number): readonly [number, number] => [
  hashes[2 * region],
  hashes[2 * region + 1],
]

function codeOf({ groups }: Network, layers: readonly string[], states: Int32Array): CardFacts['code'] {
  let from = 0
  return groups.map(({ units, states: count }, g) => ({
    layer: layers[g],
    count,
    states: Int32Array.from(states.subarray(from, (from += units))),
  }))
}

/** The longest wall first. Regions are convex, so that each neighbour has one. */
function neighboursOf(
  source: CardSource,
  layers: readonly string[],
  region: CardRegion,
): CardFacts['neighbours'] {
  const { partition, plane } = source
  return region.neighbours
    .map(({ region: other, length, changed }) => {
      const [s, t] = partition.region(other).centroid
      return {
        hash: hashOf(source, other),
        at: { plane, s, t },
        length,
        units: changed.map(([group, unit, , state]) => ({ layer: layers[group], unit, state })),
      }
    })
    .sort((a, b) => b.length - a.length)
}

function samplesIn({ network, samples }: CardSource, states: Int32Array): number[] {
  const isIn = scope(() => {
    const code = network.codeFromStates(tensor(states, { shape: [1, states.length], dtype: 'int32' }))
    return regionMembership(network, code, samples).dataSync()
  })
  const rows: number[] = []
  for (let row = 0; row < isIn.length; row++) if (isIn[row]) rows.push(row)
  return rows
}

/** Of the way from a corner to the middle: near enough for the eye, far enough for the region to hold it. */
const BESIDE = 1e-3

/** The error is convex in a region, where the map is affine: it is largest at a corner. */
function largestErrorOf(
  { plane, partition }: CardSource,
  region: CardRegion,
  { A, b }: ReturnType<CardRegion['map']>,
): CardFacts['largestError'] {
  const { origin, u, v } = partition.plane
  const [middleS, middleT] = region.centroid
  const beside = (s: number, t: number) => [s + BESIDE * (middleS - s), t + BESIDE * (middleT - t)] as const
  let largest: CardFacts['largestError'] = null
  for (const [s, t] of region.corners) {
    const x = b.map((_, i) => origin[i] + s * u[i] + t * v[i])
    let sum = 0
    for (let i = 0; i < x.length; i++) {
      let rest = x[i] - b[i]
      for (let j = 0; j < x.length; j++) rest -= A[i][j] * x[j]
      sum += rest * rest
    }
    const value = sum / x.length
    if (largest !== null && value <= largest.value) continue
    const [besideS, besideT] = beside(s, t)
    largest = { value, at: { plane, s, t }, beside: { plane, s: besideS, t: besideT } }
  }
  return largest
}

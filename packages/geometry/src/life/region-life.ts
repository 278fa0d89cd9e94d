import { codeHashes } from '../plane/code-hashes.ts'
import type { PlanePartition } from '../plane/partition.ts'
import { centroidOf } from '../plane/polygon.ts'

/** What became of the regions of one partition in another. Regions are given by their numbers; how many there are is the length of the list. */
export interface RegionLife {
  /** Regions whose code both have: the number of one before and after, pair by pair in the order of the numbers after. */
  readonly kept: { readonly before: Int32Array; readonly after: Int32Array }
  /** Regions after whose code none had before. */
  readonly born: Int32Array
  /** Regions before whose code none has after. */
  readonly died: Int32Array
  /** Of the kept ones, in their order. */
  readonly moves: {
    /** From the centroid before to the one after, in (s, t). */
    readonly distance: Float64Array
    /** In (s, t). */
    readonly areaBefore: Float64Array
    readonly areaAfter: Float64Array
  }
}

/**
 * Which regions were born, died and were kept between two partitions of one window of a plane, as of a network before and after a training step, and how far
 * the kept ones moved. A region is known by its code: regions are convex, so that no code has two. Hashes only propose; codes are compared word by word.
 *
 * @throws Error where groups of units differ or a partition is not complete: what a budget left out would count as dead.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { planePartition, regionLife } from '@facet/geometry'
 * await init()
 * const [before, after] = [[-1, 0.5], [-1, 1]].map((window) =>
 *   planePartition(network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) }), { window }))
 * const { kept, born, died } = regionLife(before, after)
 * kept.after.length === before.regions // true: what the smaller window has is in the larger one as well
 * born.length === after.regions - before.regions // true
 * died.length // 0
 */
export function regionLife(before: PlanePartition, after: PlanePartition): RegionLife {
  expectComplete('regionLife', before)
  expectComplete('regionLife', after)
  expectSameGroups(before, after)
  const pairs = pairsOf(before, after)
  const kept: RegionLife['kept'] = {
    before: pairs.filter((face) => face >= 0),
    after: facesWhere(after.regions, (face) => pairs[face] >= 0),
  }
  const lives = new Uint8Array(before.regions)
  for (const face of kept.before) lives[face] = 1
  const [areas, areasAfter] = [before.areas(), after.areas()]
  const count = kept.before.length
  const moves = {
    distance: new Float64Array(count),
    areaBefore: new Float64Array(count),
    areaAfter: new Float64Array(count),
  }
  for (let i = 0; i < count; i++) {
    const [a, b] = [kept.before[i], kept.after[i]]
    const [s, t] = centroidOf(before.structure, a)
    const [s1, t1] = centroidOf(after.structure, b)
    moves.distance[i] = Math.hypot(s1 - s, t1 - t)
    moves.areaBefore[i] = areas[a]
    moves.areaAfter[i] = areasAfter[b]
  }
  return {
    kept,
    born: facesWhere(after.regions, (face) => pairs[face] < 0),
    died: facesWhere(before.regions, (face) => lives[face] === 0),
    moves,
  }
}

/** @throws Error for a partition that a budget ended. */
export function expectComplete(operation: string, { complete, regions }: PlanePartition): void {
  if (complete) return
  throw new Error(
    `${operation}: expected complete partitions, got one that a budget ended at ${regions} regions`,
  )
}

function expectSameGroups(before: PlanePartition, after: PlanePartition): void {
  const [a, b] = [before, after].map(({ structure: { groups } }) =>
    groups.map(({ units, states }) => `${units} × ${states}`).join(', '),
  )
  if (a === b) return
  throw new Error(`regionLife: expected groups (units × states) of one network, got ${a} and ${b}`)
}

/** The numbers of faces of which something is so, in order. */
export function facesWhere(faces: number, isSo: (face: number) => boolean): Int32Array {
  const found = new Int32Array(faces)
  let count = 0
  for (let face = 0; face < faces; face++) if (isSo(face)) found[count++] = face
  return found.slice(0, count)
}

/** Of each region after the one with its code before, −1 where there is none: a hash table without links, at most half full. */
function pairsOf(before: PlanePartition, after: PlanePartition): Int32Array {
  const [hashes, hashesAfter] = [codeHashes(before), codeHashes(after)]
  const mask = 2 ** Math.ceil(Math.log2(2 * before.regions + 1)) - 1
  const table = new Int32Array(mask + 1).fill(-1)
  for (let face = 0; face < before.regions; face++) {
    let place = hashes[2 * face] & mask
    while (table[place] >= 0) place = (place + 1) & mask
    table[place] = face
  }
  const { code, words } = before.structure
  const codeAfter = after.structure.code
  const isSame = (a: number, b: number): boolean => {
    for (let k = 0; k < words; k++) if (code[a * words + k] !== codeAfter[b * words + k]) return false
    return true
  }
  const pairs = new Int32Array(after.regions).fill(-1)
  for (let face = 0; face < after.regions; face++) {
    const [low, high] = [hashesAfter[2 * face], hashesAfter[2 * face + 1]]
    for (let place = low & mask; table[place] >= 0; place = (place + 1) & mask) {
      const other = table[place]
      if (hashes[2 * other] !== low || hashes[2 * other + 1] !== high || !isSame(other, face)) continue
      pairs[face] = other
      break
    }
  }
  return pairs
}

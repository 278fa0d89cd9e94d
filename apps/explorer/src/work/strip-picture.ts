import { crossings } from '@facet/geometry'
import type { Network } from '@facet/models'
import type { Frame } from '../state/state.ts'
import type { RegionsPicture } from './messages.ts'
import { StripRegions } from './strip-regions.ts'

/** The regions of a line as rectangles of height 1, s along the line: what `RegionsPicture` is of a bottleneck of one. */
export function stripPicture(
  decoder: Network,
  { s }: Frame,
  samples: Float32Array<ArrayBuffer>,
): { readonly picture: RegionsPicture; readonly partition: StripRegions } {
  const walk = crossings(decoder, [[s[0]], [s[1]]])
  const places = [s[0], ...Array.from(walk.t, (t) => s[0] + t * (s[1] - s[0])), s[1]]
  const corners = new Float32Array(8 * walk.regions)
  const starts = new Uint32Array(walk.regions + 1)
  const hashes = new Uint32Array(2 * walk.regions)
  for (let i = 0; i < walk.regions; i++) {
    const [low, high] = [places[i], places[i + 1]]
    corners.set([low, 0, high, 0, high, 1, low, 1], 8 * i)
    starts[i + 1] = 4 * (i + 1)
    hashes.set(hashOf(walk.codeAt(i)), 2 * i)
  }
  const walls = Float32Array.from(places.slice(1, -1).flatMap((place) => [place, 0, place, 1]))
  const picture: RegionsPicture = {
    regions: walk.regions,
    verified: walk.verified,
    complete: walk.complete,
    frame: { s, t: [0, 1] },
    corners,
    starts,
    walls,
    hashes,
    errors: new Float32Array(),
    worst: null,
    born: 0,
    died: 0,
    stepsSince: 0,
    samples,
  }
  return { picture, partition: new StripRegions(walk, places) }
}

/** Two words that tell states apart (FNV-1a, from two starts). */
function hashOf(states: Int32Array): [number, number] {
  let [a, b] = [0x811c9dc5, 0x9747b28c]
  for (const state of states) {
    a = Math.imul(a ^ state, 0x01000193)
    b = Math.imul(b ^ (state + 7), 0x01000193) ^ (b >>> 15)
  }
  return [a >>> 0, b >>> 0]
}

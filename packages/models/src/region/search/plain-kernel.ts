import { bitCount } from './bit-count.ts'
import { codes } from './kernels.generated.ts'
import { LEAF, PART } from './leaves.ts'
import { placeOf, SUMS } from './places.ts'

const at = codes.field

/** Bytes of eight smallest or eight largest sketches. */
const BLOCK = 8 * SUMS

/** What assembly/index.ts does, in the same memory. */
export function plainNearest(buffer: ArrayBuffer): () => void {
  const words = new Uint32Array(buffer)
  const bytes = new Uint8Array(buffer)
  const bounds = new Uint16Array(buffer)
  const place = (field: number) => words[field] / 4
  let best = 0
  let nearestRegion = 0

  /** How far a sketch is outside of a box, or of another sketch, added up: once it is more than `limit`, any such number. */
  const boundOf = (low: number, high: number, limit: number): number => {
    const sketch = words[at.SKETCH]
    let bound = 0
    for (let s = 0, i = 0; s < SUMS && bound <= limit; s += 2, i += 2 * 8)
      for (let k = 0; k < 2; k++) {
        const sum = bytes[sketch + s + k]
        bound += Math.max(0, bytes[low + i + k] - sum, sum - bytes[high + i + k])
      }
    return bound
  }
  const boxBound = (boxes: number, index: number, limit: number): number => {
    const low = boxes + placeOf(index & 7, 0) + (index >> 3) * 2 * BLOCK
    return boundOf(low, low + BLOCK, limit)
  }

  /** Units in another state; where they are more than `best`, any such number. */
  const countDiffering = (region: number): number => {
    const code = place(at.CODE)
    const own = place(at.WORDS) + region * words[at.WIDTH]
    let count = 0
    for (let w = 0; w < words[at.SINGLE] && count <= best; w++)
      count += bitCount(words[code + w] ^ words[own + w])
    for (let g = 0, group = place(at.PLANES); g < words[at.PLANE_GROUPS]; g++, group += 3) {
      const [from, plane, bits] = [words[group], words[group + 1], words[group + 2]]
      for (let w = from; w < from + plane; w++) {
        let differing = 0
        for (let p = 0; p < bits * plane; p += plane) differing |= words[code + w + p] ^ words[own + w + p]
        count += bitCount(differing)
      }
    }
    return count
  }

  /** Counts the regions of a part whose sketches are near enough. The first on ties. */
  const visit = (part: number): void => {
    const order = place(at.ORDER)
    const sketches = words[at.SKETCHES]
    for (let i = part * PART; i < (part + 1) * PART; i++) {
      if (i % LEAF === 0 && boxBound(words[at.LEAVES], i / LEAF, best) > best) {
        i += LEAF - 1
        continue
      }
      const sketch = sketches + placeOf(i, 0)
      if (boundOf(sketch, sketch, best) > best) continue
      const region = words[order + i]
      const differing = countDiffering(region)
      if (differing > best || (differing === best && region >= nearestRegion)) continue
      best = differing
      nearestRegion = region
    }
  }

  return () => {
    const parts = words[at.PART_COUNT]
    const first = words[at.BOUNDS] / 2
    let to = Infinity
    for (let part = 0; part < parts; part++) {
      const bound = boxBound(words[at.PARTS], part, Infinity)
      bounds[first + part] = bound
      to = Math.min(to, bound)
    }
    best = Infinity
    nearestRegion = Infinity
    // Parts by their bounds, in rounds: each goes on a quarter of the way to where no part can be nearer.
    for (let from = -1; ; ) {
      for (let part = 0; part < parts; part++) {
        const bound = bounds[first + part]
        if (bound > from && bound <= to && bound <= best) visit(part)
      }
      if (to >= best) break
      from = to
      to += Math.max(1, (best - to) >> 2)
    }
    words[at.DIFFERING] = best
    words[at.REGION] = nearestRegion
  }
}

import { bitCount } from './bit-count.ts'
import { codes } from './kernels.generated.ts'
import { SUMS } from './sketches.ts'

const at = codes.field

/** What assembly/index.ts does, in the same memory: 13 times as slow. */
export function plainNearest(buffer: ArrayBuffer): () => void {
  const words = new Int32Array(buffer)
  const bytes = new Uint8Array(buffer)
  const bounds = new Uint16Array(buffer)
  const place = (field: number) => words[field] >>> 2
  let best = 0
  let nearestRegion = 0

  /** How far a sketch is outside of a box, or of another sketch, added up: as soon as it is more than `limit`, any such number. */
  const boundOf = (low: number, high: number, index: number, limit: number): number => {
    const sketch = words[at.SKETCH]
    const from = (index >> 3) * 8 * SUMS + (index & 7) * 2
    let bound = 0
    for (let s = 0; s < SUMS && bound <= limit; s += 2) {
      const i = from + s * 8
      bound += outside(bytes[sketch + s], bytes[low + i], bytes[high + i])
      bound += outside(bytes[sketch + s + 1], bytes[low + i + 1], bytes[high + i + 1])
    }
    return bound
  }

  const countDiffering = (region: number): number => {
    const code = place(at.CODE)
    const own = place(at.WORDS) + region * words[at.WIDTH]
    let count = 0
    for (let w = 0; w < words[at.SINGLE]; w++) count += bitCount(words[code + w] ^ words[own + w])
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

  /** Counts the regions of a leaf whose sketches are near enough. The first on ties. */
  const visit = (leaf: number): void => {
    const order = place(at.ORDER)
    const sketches = words[at.SKETCHES]
    for (let i = leaf * 16; i < leaf * 16 + 16; i++) {
      if (boundOf(sketches, sketches, i, best) > best) continue
      const region = words[order + i]
      const differing = countDiffering(region)
      if (differing > best || (differing === best && region >= nearestRegion)) continue
      best = differing
      nearestRegion = region
    }
  }

  return () => {
    const leaves = words[at.LEAVES]
    const first = words[at.BOUNDS] >>> 1
    let to = Infinity
    for (let leaf = 0; leaf < leaves; leaf++) {
      const bound = boundOf(words[at.LOW], words[at.HIGH], leaf, Infinity)
      bounds[first + leaf] = bound
      to = Math.min(to, bound)
    }
    const most = 255 * SUMS
    best = Infinity
    nearestRegion = Infinity
    // Leaves by their bounds, in rounds: each goes on a quarter of the way to where no leaf can be nearer.
    for (let from = -1; ; ) {
      for (let leaf = 0; leaf < leaves; leaf++) {
        const bound = bounds[first + leaf]
        if (bound > from && bound <= to && bound <= best) visit(leaf)
      }
      if (to >= Math.min(best, most)) break
      from = to
      to += Math.max(1, (Math.min(best, most) - to) >> 2)
    }
    words[at.DIFFERING] = best
    words[at.REGION] = nearestRegion
  }
}

const outside = (value: number, low: number, high: number): number =>
  value < low ? low - value : value > high ? value - high : 0

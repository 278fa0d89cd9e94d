import { bitCount } from './bit-count.ts'
import type { Layout } from './joint-words.ts'
import { SUMS } from './places.ts'

/** More than a sum, which has a byte. */
const MOST = 255

/**
 * A sketch of a code: sums of bits, at most one bit of a unit, some of them turned round. A unit in another state changes one sum by at
 * most 1, so that the differences of two sketches, added up, bound the number of units that differ from below. Bits that go
 * together, or against each other, stand in one sum, where their differences do not cancel: of 227,419 codes of 320 units, 213 then have a
 * bound at or below the nearest region's distance; with units dealt out by number 51,807.
 */
export class Sketches {
  readonly #width: number
  /** The words of a row that a sum has bits in: sum s those from `#from[s]` to `#from[s + 1]`. */
  readonly #from: Int32Array
  readonly #at: Int32Array
  readonly #masks: Uint32Array
  /** Bits that are turned round, in any sum. */
  readonly #turned: Uint32Array
  /** Taken off sums of more bits than a byte counts, before they are cut off at 0 and 255, which brings no two further apart. */
  readonly #offsets: Int32Array

  /** @param words of regions, [count, layout.width] */
  constructor(words: Uint32Array, count: number, layout: Layout) {
    this.#width = layout.width
    this.#turned = new Uint32Array(layout.width)
    this.#offsets = new Int32Array(SUMS)
    const masks = new Uint32Array(SUMS * layout.width)
    const bits = drawBits(words, count, layout)
    const members = new Int32Array(SUMS)
    const means = new Float64Array(SUMS)
    chooseSums(bits).forEach((turn, i) => {
      const { word, mask, mean } = bits[i]
      const sum = Math.abs(turn) - 1
      masks[sum * layout.width + word] |= mask
      if (turn < 0) this.#turned[word] |= mask
      members[sum]++
      means[sum] += turn < 0 ? 1 - mean : mean
    })
    members.forEach((bitsInSum, s) => {
      if (bitsInSum > MOST) this.#offsets[s] = Math.max(0, Math.round(means[s] - MOST / 2))
    })
    const used = Int32Array.from(masks.keys()).filter((i) => masks[i] !== 0)
    this.#at = used.map((i) => i % layout.width)
    this.#masks = Uint32Array.from(used, (i) => masks[i])
    this.#from = new Int32Array(SUMS + 1)
    for (const i of used) this.#from[Math.floor(i / layout.width) + 1]++
    for (let s = 0; s < SUMS; s++) this.#from[s + 1] += this.#from[s]
  }

  /** Writes the sketch of the row that begins at `words[at]` to `out[to]` … */
  write(words: Uint32Array, at: number, out: Uint8Array, to: number): void {
    for (let s = 0; s < SUMS; s++) {
      let sum = -this.#offsets[s]
      for (let i = this.#from[s]; i < this.#from[s + 1]; i++) {
        const w = this.#at[i]
        sum += bitCount((words[at + w] ^ this.#turned[w]) & this.#masks[i])
      }
      out[to + s] = Math.max(0, Math.min(MOST, sum))
    }
  }

  /** Of all rows: [count, SUMS]. */
  of(words: Uint32Array, count: number): Uint8Array {
    const out = new Uint8Array(count * SUMS)
    for (let r = 0; r < count; r++) this.write(words, r * this.#width, out, r * SUMS)
    return out
  }
}

/** A bit of a code, and what a sample of regions has there. */
interface Bit {
  readonly word: number
  readonly mask: number
  readonly mean: number
  /** Its values less their mean. */
  readonly values: Float32Array
}

/** Regions looked at, and numbers looked at: 32 MB, and fewer regions where there are more than 16,384 units. */
const mostRegions = 512
const mostValues = 2 ** 23

/** Of every unit the bit that varies most, if one does, over regions from the first to the last. */
function drawBits(words: Uint32Array, count: number, { width, groups }: Layout): Bit[] {
  const units = groups.reduce((sum, group) => sum + group.units, 0)
  const drawn = Math.min(count, mostRegions, Math.max(16, Math.floor(mostValues / Math.max(1, units))))
  const rows = Array.from({ length: drawn }, (_, i) => Math.floor((i * count) / drawn) * width)
  const onesAt = (word: number, mask: number) =>
    rows.reduce((sum, row) => sum + Number((words[row + word] & mask) !== 0), 0)
  return groups.flatMap(({ units, from, words: own, bits }) =>
    Array.from({ length: units }, (_, u): Bit[] => {
      const mask = 1 << (u & 31)
      let word = -1
      let ones = 0
      for (let p = 0; p < bits; p++) {
        const place = from + p * own + (u >> 5)
        const found = onesAt(place, mask)
        if (Math.min(found, drawn - found) <= Math.min(ones, drawn - ones)) continue
        word = place
        ones = found
      }
      if (word < 0) return []
      const mean = ones / drawn
      const values = Float32Array.from(rows, (row) => Number((words[row + word] & mask) !== 0) - mean)
      return [{ word, mask, mean, values }]
    }).flat(),
  )
}

/**
 * Which sum every bit goes into, from 1, less than 0 where it is turned round: diametrical clustering (k-means of lines instead of points),
 * four rounds from bits that are as uncorrelated as can be.
 */
function chooseSums(bits: readonly Bit[]): Int32Array {
  const centres = firstCentres(bits)
  const turns = new Int32Array(bits.length)
  for (let round = 0; round < 4; round++) {
    const lengths = centres.map((centre) => Math.sqrt(product(centre, centre)) || 1)
    bits.forEach(({ values }, i) => {
      let most = -1
      centres.forEach((centre, s) => {
        const along = product(centre, values) / lengths[s]
        if (Math.abs(along) <= most) return
        most = Math.abs(along)
        turns[i] = along < 0 ? -1 - s : s + 1
      })
    })
    for (const centre of centres) centre.fill(0)
    bits.forEach(({ values }, i) => {
      const centre = centres[Math.abs(turns[i]) - 1]
      const sign = Math.sign(turns[i])
      for (let k = 0; k < values.length; k++) centre[k] += sign * values[k]
    })
  }
  return turns
}

/** Bits, each of which varies most beside what the one before that it goes most with explains of it. */
function firstCentres(bits: readonly Bit[]): Float32Array[] {
  const variances = bits.map(({ values }) => product(values, values))
  const unexplained = Float64Array.from(variances)
  const centres: Float32Array[] = []
  while (centres.length < Math.min(SUMS, bits.length)) {
    let chosen = 0
    unexplained.forEach((left, i) => {
      if (left > unexplained[chosen]) chosen = i
    })
    if (!(unexplained[chosen] > 0)) break
    const { values } = bits[chosen]
    centres.push(values.slice())
    bits.forEach((bit, i) => {
      const explained = product(bit.values, values) ** 2 / variances[chosen]
      unexplained[i] = Math.min(unexplained[i], variances[i] - explained)
    })
    unexplained[chosen] = 0
  }
  return centres
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

import type { LineWalk } from '@facet/geometry'
import type { CardRegion, CardRegions } from './card-facts.ts'

/** Regions of a line s as those of a plane in which t runs from 0 to 1 and says nothing: what region cards are made of where the bottleneck is one. */
export class StripRegions implements CardRegions {
  readonly plane = { origin: [0], u: [1], v: [0] }
  readonly #walk: LineWalk
  /** Where the walk begins, every crossing, and where it ends. */
  readonly #places: readonly number[]

  /** @param places of the ends of the walk in s and of all crossings between them, ascending */
  constructor(walk: LineWalk, places: readonly number[]) {
    this.#walk = walk
    this.#places = places
  }

  at(s: number): CardRegion | null {
    const places = this.#places
    if (!(s >= places[0] && s <= places[places.length - 1])) return null
    const end = places.findIndex((place, i) => i > 0 && s <= place)
    return this.region(end - 1)
  }

  region(index: number): CardRegion {
    const [from, to] = [this.#places[index], this.#places[index + 1]]
    return {
      index,
      code: this.#walk.codeAt(index),
      area: to - from,
      centroid: [(from + to) / 2, 0.5],
      corners: [
        [from, 0],
        [to, 0],
        [to, 1],
        [from, 1],
      ],
      neighbours: [index - 1, index + 1].flatMap((region) => {
        const crossing = Math.min(index, region)
        const changed = this.#walk.changed[crossing]
        if (changed === undefined) return []
        // What is said of a crossing is said from left to right.
        const away = changed.map(([group, unit, before, after]) =>
          region > index ? ([group, unit, before, after] as const) : ([group, unit, after, before] as const),
        )
        return [{ region, length: 1, changed: away }]
      }),
      map: () => this.#mapOf(index, from, to),
    }
  }

  /** From the ends of the interval, where the output is known in float64. */
  #mapOf(index: number, from: number, to: number): { readonly A: number[][]; readonly b: number[] } {
    const { t, regions } = this.#walk
    const low = this.#walk.outputAt(index === 0 ? 0 : t[index - 1])
    const high = this.#walk.outputAt(index === regions - 1 ? 1 : t[index])
    const slopes = Array.from(low, (y, i) => (high[i] - y) / (to - from))
    return { A: slopes.map((slope) => [slope]), b: slopes.map((slope, i) => low[i] - slope * from) }
  }
}

import type { RegionsPicture } from '../work/messages.ts'

/** The polygons of a picture as triangles, in arrays that the next picture is written into. */
export class Triangles {
  /** Numbers of corners, three a triangle; `count` of them are in use. */
  indices = new Uint32Array(0)
  count = 0
  /** The region of each corner. */
  regions = new Uint32Array(0)
  points = 0

  /** A fan from each polygon's first corner: they are convex. */
  read({ regions, starts }: Pick<RegionsPicture, 'regions' | 'starts'>): void {
    this.points = starts[regions]
    if (this.regions.length < this.points) {
      this.regions = new Uint32Array(2 * this.points)
      this.indices = new Uint32Array(6 * this.points)
    }
    let at = 0
    for (let region = 0; region < regions; region++) {
      const [from, to] = [starts[region], starts[region + 1]]
      for (let k = from; k < to; k++) this.regions[k] = region
      for (let k = from + 1; k + 1 < to; k++) {
        this.indices[at++] = from
        this.indices[at++] = k
        this.indices[at++] = k + 1
      }
    }
    this.count = at
  }
}

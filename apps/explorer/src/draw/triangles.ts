import type { RegionsPicture } from '../work/messages.ts'

/** The polygons of a picture as triangles, in arrays that the next picture is written into. */
export class Triangles {
  /** Numbers of corners, three a triangle; `count` of them are in use. */
  indices = new Uint32Array(0)
  count = 0
  /** The polygon of each corner. */
  polygons = new Uint32Array(0)
  points = 0

  /** A fan from each polygon's first corner: they are convex. */
  read({ starts }: Pick<RegionsPicture, 'starts'>): void {
    const count = starts.length - 1
    this.points = starts[count]
    if (this.polygons.length < this.points) {
      this.polygons = new Uint32Array(2 * this.points)
      this.indices = new Uint32Array(6 * this.points)
    }
    let at = 0
    for (let polygon = 0; polygon < count; polygon++) {
      const [from, to] = [starts[polygon], starts[polygon + 1]]
      for (let k = from; k < to; k++) this.polygons[k] = polygon
      for (let k = from + 1; k + 1 < to; k++) {
        this.indices[at++] = from
        this.indices[at++] = k
        this.indices[at++] = k + 1
      }
    }
    this.count = at
  }
}

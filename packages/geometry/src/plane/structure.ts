/**
 * A partition of a window of the plane as one planar structure of half-edges: every edge is two of them, one on either side, each with its
 * face on the left.
 */
export interface PlaneStructure {
  readonly vertices: number
  readonly halfEdges: number
  readonly faces: number
  /** Coordinates of the vertices in the plane, (s, t). */
  readonly s: Float64Array
  readonly t: Float64Array
  /** Of each half-edge: where it begins … */
  readonly origin: Int32Array
  /** … which one follows around its face … */
  readonly next: Int32Array
  /** … the one on the other side of the edge … */
  readonly twin: Int32Array
  /** … the unit that made the edge, counted over all groups (a level set is one unit more at the end); −1 on the window's edge … */
  readonly wall: Int32Array
  /** … and its face; −1 outside of the window. */
  readonly face: Int32Array
  /** A half-edge of each face. */
  readonly first: Int32Array
  /** The states of the units of each face, packed: [faces × words]. */
  readonly code: Int32Array
  readonly words: number
  /** Where the states of every group begin in a face's words, in units of words, with as many planes of bits as its states need. */
  readonly groups: readonly PackedGroup[]
}

/** `⌈units / 32⌉` words for each plane, the lowest bit of the states first. */
export interface PackedGroup {
  readonly units: number
  readonly states: number
  readonly from: number
  readonly planes: number
}

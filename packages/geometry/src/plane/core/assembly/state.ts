// What a partition consists of while it is made. All arrays lie in the one memory; the driver (core.ts) allocates
// them, and gives them more room
// when it is asked to. Nothing here holds a pointer across a call that may ask.

/** More room for vertices, half-edges and faces. */
// @ts-ignore
@external("host", "growVertices") declare function growVertices(): void
// @ts-ignore
@external("host", "growEdges") declare function growEdges(): void
// @ts-ignore
@external("host", "growFaces") declare function growFaces(): void
/** More room for rows of a level. */
// @ts-ignore
@external("host", "growRows") declare function growRows(level: i32): void
/** More room in a level's list of faces. */
// @ts-ignore
@external("host", "growList") declare function growList(level: i32): void
/** Finds the true place of a vertex, and the place nearest to it on the edge that it was made on. */
// @ts-ignore
@external("host", "refine") declare function refine(v: i32): void
/** The sign of number i less number j of a level at a vertex, in rational arithmetic. */
// @ts-ignore
@external("host", "compare") declare function compareExactly(level: i32, v: i32, i: i32, j: i32): i32
/** Writes the sign, or the mask, of a unit at a vertex, decided in rational arithmetic. */
// @ts-ignore
@external("host", "settle") declare function settle(level: i32, v: i32, unit: i32): void

export let V: i32 = 0
export let H: i32 = 0
export let F: i32 = 0
export let capV: i32 = 0
export let capH: i32 = 0
export let capF: i32 = 0
/** Vertices that may be further off than this are refined, if other levels follow. */
export let rough: f64 = 0
export let lastLevel: i32 = 0
/** No face is cut once there are as many. */
export let maxF: i32 = i32.MAX_VALUE

/** Vertices, 72 bytes each, and half-edges, 32. */
export let VERTICES: usize = 0
export let EDGES: usize = 0

/** Where what is known of a vertex or of a half-edge stands in its bytes; the driver has the same list. */
export namespace At {
  // Coordinates.
  export const S: usize = 0
  export const T: usize = 8
  /** The place (1 - tau) a + tau b on the edge that the vertex was made on. */
  export const TAU: usize = 16
  /** How far from its true place a vertex may be. */
  export const RHO: usize = 24
  /**
   * What its numbers may be off by beside their rounding errors, as a distance: where signs were settled that floats
   * could not tell.
   */
  export const KAPPA: usize = 32
  export const EA: usize = 40
  export const EB: usize = 44
  /**
   * The wall of that edge, the cutter that made the vertex, in which face, and at which level: -1 for a corner of the
   * window.
   */
  export const ON: usize = 48
  export const BY: usize = 52
  export const IN: usize = 56
  export const AT: usize = 60
  /** How many vertices of the same level stand between a vertex and those of levels before. */
  export const GENERATION: usize = 64

  export const NEXT: usize = 0
  export const ORIGIN: usize = 4
  export const TWIN: usize = 8
  export const WALL: usize = 12
  export const FACE: usize = 16
  /** How far from its true line an edge may be. */
  export const ETA: usize = 24
}

// @ts-ignore
@inline export function vertex(v: i32): usize {
  return VERTICES + <usize>v * 72
}
// @ts-ignore
@inline export function edge(h: i32): usize {
  return EDGES + ((<usize>h) << 5)
}

// Faces.
export let FIRST: usize = 0
export let CODE: usize = 0
export let codeWords: i32 = 0

export let LEVELS: usize = 0
/** Room for the numbers of one slot, twice, and for rows and factors of a product. */
export let SCRATCH: usize = 0
export let SCRATCH2: usize = 0
export let ROWLIST: usize = 0
export let COEF: usize = 0
/** Faces that wait. */
export let STACK: usize = 0

// @ts-ignore
@inline export function i4(p: usize, i: i32): i32 {
  return load<i32>(p + ((<usize>i) << 2))
}
// @ts-ignore
@inline export function put4(p: usize, i: i32, x: i32): void {
  store<i32>(p + ((<usize>i) << 2), x)
}
// @ts-ignore
@inline export function f8(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3))
}
// @ts-ignore
@inline export function put8(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x)
}

/** Level `k`: 64 fields of 4 bytes. */
// @ts-ignore
@inline export function field(k: i32, name: i32): i32 {
  return load<i32>(LEVELS + ((<usize>k) << 8) + ((<usize>name) << 2))
}
// @ts-ignore
@inline export function setField(k: i32, name: i32, x: i32): void {
  store<i32>(LEVELS + ((<usize>k) << 8) + ((<usize>name) << 2), x)
}
// @ts-ignore
@inline export function slopeOf(k: i32): f64 {
  return load<f64>(LEVELS + ((<usize>k) << 8) + 248)
}

export namespace Kind {
  export const SIGN = 0
  export const LARGEST = 1
}

/** Fields of a level; the driver has the same list. */
export namespace L {
  export const KIND = 0
  /** Numbers of a row that units choose by, padded to a multiple of 8. */
  export const N = 1
  /** Words of 32 signs. */
  export const WORDS = 2
  export const UNITS = 3
  export const CUTTER = 4
  export const CODE = 5
  export const PLANES = 6
  export const POOL = 7
  export const ROW_BYTES = 8
  export const ROWS = 9
  export const CAP_ROWS = 10
  /** Row of each vertex, and vertex of each row. */
  export const ROW_OF = 11
  export const VERTEX_OF = 12
  /** Whether all of a row is known. */
  export const FULL = 13
  export const SIGN = 14
  export const HAVE = 15
  export const KNOWN = 16
  export const KNOWN_WORDS = 17
  export const ERROR = 18
  export const LIPSCHITZ = 19
  export const LIVE = 20
  /** Where in a row the numbers stand that units choose by. */
  export const OFFSET = 21
  export const STEPS = 22
  export const STEP_COUNT = 23
  /** The matrix that leads here from the units of the level before, by columns; 0 where there is none such. */
  export const COLUMNS = 24
  export const IS_SPARSE = 25
  /** The largest of each number, without its sign, within the faces that a level begins with. */
  export const SIZES = 26
  export const LIST = 27
  export const LIST_COUNT = 28
  export const LIST_CAP = 29
  export const STATES = 30
  export const PLACES = 31
  export const MASK_WORDS = 32
  /** Whether a number that is 0 is 0 for certain. */
  export const ZERO_IS_SURE = 33
  /** Bytes of signs, or masks, of a vertex. */
  export const SIGN_BYTES = 34
  /** Where the level's own numbers begin in the list of all: [start] of rows for the search for zeros. */
  export const ROW_START = 35
  export const ROW_COLUMN = 36
}

/** Fields of a step of a level, 16 of 4 bytes. */
export namespace St {
  export const OP = 0
  export const TO = 1
  export const SIZE = 2
  export const A_KIND = 3
  export const A_LEVEL = 4
  export const A_OFFSET = 5
  export const A_SIZE = 6
  export const B_KIND = 7
  export const B_LEVEL = 8
  export const B_OFFSET = 9
  export const B_SIZE = 10
  export const COLUMNS = 11
  export const IS_SPARSE = 12
  export const BIAS = 13
}

export namespace Op {
  export const FORM = 0
  export const AFFINE = 1
  export const SUM = 2
  export const COPY = 3
}

export namespace Source {
  export const PLAIN = 0
  export const SIGN = 1
  export const LARGEST = 2
}

export { compareExactly, growEdges, growFaces, growList, growRows, growVertices, refine, settle }

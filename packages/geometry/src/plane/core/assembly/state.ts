// What a partition consists of while it is made. All arrays lie in the one memory; the driver (core.ts) allocates
// them, and gives them more room when it is asked to. Nothing here holds a pointer across a call that may ask. The
// driver has the numbers of enums with the mark `codes` from the build.

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

/** Vertices and half-edges. */
export let VERTICES: usize = 0
export let EDGES: usize = 0

/** Where what is known of a vertex stands in its bytes. */
// codes
export enum VertexAt {
  // Coordinates.
  S = 0,
  T = 8,
  /** The place (1 - tau) a + tau b on the edge that the vertex was made on. */
  TAU = 16,
  /** How far from its true place a vertex may be. */
  RHO = 24,
  /**
   * What its numbers may be off by beside their rounding errors, as a distance: where signs were settled that floats
   * could not tell.
   */
  KAPPA = 32,
  EA = 40,
  EB = 44,
  /**
   * The wall of that edge, the cutter that made the vertex, in which face, and at which level: -1 for a corner of the
   * window.
   */
  ON = 48,
  BY = 52,
  IN = 56,
  AT = 60,
  /** How many vertices of the same level stand between a vertex and those of levels before. */
  GENERATION = 64,
  BYTES = 72,
}

/** Where what is known of a half-edge stands in its bytes. */
// codes
export enum EdgeAt {
  NEXT = 0,
  ORIGIN = 4,
  TWIN = 8,
  WALL = 12,
  FACE = 16,
  /** How far from its true line an edge may be. */
  ETA = 24,
  BYTES = 32,
}

// @ts-ignore
@inline export function vertex(v: i32): usize {
  return VERTICES + <usize>v * VertexAt.BYTES
}
// @ts-ignore
@inline export function edge(h: i32): usize {
  return EDGES + <usize>h * EdgeAt.BYTES
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
/** Faces that wait; behind them what a unit has made of the face that it cuts, each piece with the largest candidate so far. */
// codes
export enum Stack {
  PIECES = 65536,
  /** One piece more for each pair of candidates at most. */
  MOST_PIECES = 16384,
}
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

/** A field of level k. */
// @ts-ignore
@inline export function field(k: i32, name: i32): i32 {
  return load<i32>(LEVELS + <usize>k * (4 * Level.COUNT) + ((<usize>name) << 2))
}
// @ts-ignore
@inline export function setField(k: i32, name: i32, x: i32): void {
  store<i32>(LEVELS + <usize>k * (4 * Level.COUNT) + ((<usize>name) << 2), x)
}
// @ts-ignore
@inline export function slopeOf(k: i32): f64 {
  return load<f64>(LEVELS + <usize>k * (4 * Level.COUNT) + 4 * Level.SLOPE)
}

/** What the units of a level are. */
// codes
export enum Kind {
  sign = 0,
  largest = 1,
}

/** Fields of a level, of 4 bytes. */
// codes
export enum Level {
  KIND = 0,
  /** Numbers of a row that units choose by, padded to a multiple of 8. */
  N = 1,
  /** Words of 32 signs. */
  WORDS = 2,
  UNITS = 3,
  CUTTER = 4,
  CODE = 5,
  PLANES = 6,
  POOL = 7,
  ROW_BYTES = 8,
  ROWS = 9,
  CAP_ROWS = 10,
  /** Row of each vertex, and vertex of each row. */
  ROW_OF = 11,
  VERTEX_OF = 12,
  /** Whether all of a row is known. */
  FULL = 13,
  SIGN = 14,
  HAVE = 15,
  KNOWN = 16,
  KNOWN_WORDS = 17,
  ERROR = 18,
  LIPSCHITZ = 19,
  LIVE = 20,
  /** Where in a row the numbers stand that units choose by. */
  OFFSET = 21,
  STEPS = 22,
  STEP_COUNT = 23,
  /** The matrix that leads here from the units of the level before, by columns; 0 where there is none such. */
  COLUMNS = 24,
  IS_SPARSE = 25,
  /** The largest of each number, without its sign, within the faces that a level begins with. */
  SIZES = 26,
  LIST = 27,
  LIST_COUNT = 28,
  LIST_CAP = 29,
  STATES = 30,
  PLACES = 31,
  MASK_WORDS = 32,
  /** Whether a number that is 0 is 0 for certain. */
  ZERO_IS_SURE = 33,
  /** Bytes of signs, or masks, of a vertex. */
  SIGN_BYTES = 34,
  /** Where the level's own numbers begin in the list of all: [start] of rows for the search for zeros. */
  ROW_START = 35,
  ROW_COLUMN = 36,
  /** The slope of the units, a float. */
  SLOPE = 62,
  COUNT = 64,
}

/** Fields of a step of a level, of 4 bytes. */
// codes
export enum Step {
  OP = 0,
  TO = 1,
  SIZE = 2,
  A_KIND = 3,
  A_LEVEL = 4,
  A_OFFSET = 5,
  A_SIZE = 6,
  B_KIND = 7,
  B_LEVEL = 8,
  B_OFFSET = 9,
  B_SIZE = 10,
  COLUMNS = 11,
  IS_SPARSE = 12,
  BIAS = 13,
  COUNT = 16,
}

/** What a step does. */
// codes
export enum Op {
  form = 0,
  affine = 1,
  sum = 2,
  copy = 3,
}

/** What a step reads: numbers, or what units make of theirs. */
// codes
export enum Source {
  plain = 0,
  sign = 1,
  largest = 2,
}

export { compareExactly, growEdges, growFaces, growList, growRows, growVertices, refine, settle }

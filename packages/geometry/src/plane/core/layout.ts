// How what the kernels work on lies in memory: the same numbers as in assembly/state.ts.

/** Fields of a level, as `L` of assembly/state.ts has them. */
export const L = {
  KIND: 0,
  N: 1,
  WORDS: 2,
  UNITS: 3,
  CUTTER: 4,
  CODE: 5,
  PLANES: 6,
  POOL: 7,
  ROW_BYTES: 8,
  ROWS: 9,
  CAP_ROWS: 10,
  ROW_OF: 11,
  VERTEX_OF: 12,
  FULL: 13,
  SIGN: 14,
  HAVE: 15,
  KNOWN: 16,
  KNOWN_WORDS: 17,
  ERROR: 18,
  LIPSCHITZ: 19,
  LIVE: 20,
  OFFSET: 21,
  STEPS: 22,
  STEP_COUNT: 23,
  COLUMNS: 24,
  IS_SPARSE: 25,
  SIZES: 26,
  LIST: 27,
  LIST_COUNT: 28,
  LIST_CAP: 29,
  STATES: 30,
  PLACES: 31,
  MASK_WORDS: 32,
  ZERO_IS_SURE: 33,
  SIGN_BYTES: 34,
  ROW_START: 35,
  ROW_COLUMN: 36,
} as const

export type LevelField = keyof typeof L

export const LEVEL_BYTES = 256
/** Where the slope of the units stands, a float. */
export const SLOPE = 248

export const OPS = { form: 0, affine: 1, sum: 2, copy: 3 } as const
export const SOURCES = { plain: 0, sign: 1, largest: 2 } as const
/** Ints of a step, as `St` has them. */
export const STEP_INTS = 16

/** Bytes of a vertex and of a half-edge, and where in them what is known of it stands: `At` of assembly/state.ts. */
export const VERTEX_BYTES = 72
export const EDGE_BYTES = 32
export const vertexFloats = { S: 0, T: 8, TAU: 16, RHO: 24, KAPPA: 32 } as const
export const vertexInts = { EA: 40, EB: 44, ON: 48, BY: 52, IN: 56, AT: 60, GENERATION: 64 } as const
export const edgeInts = { NEXT: 0, ORIGIN: 4, TWIN: 8, WALL: 12, FACE: 16 } as const
export const EDGE_FLOAT = 24

/** Faces that wait, and pieces of one, in STACK: as `PIECES` and `MOST_PIECES` of assembly/largest.ts say. */
export const STACK_BYTES = 4 * (2 ** 16 + 2 * 2 ** 14)

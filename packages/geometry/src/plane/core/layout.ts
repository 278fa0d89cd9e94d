import { codes } from './kernels.generated.ts'

// How what the kernels work on lies in memory: the enums of assembly/state.ts.

/** Fields of a level. */
export const L = codes.level
export type LevelField = Exclude<keyof typeof L, 'SLOPE' | 'COUNT'>

export const LEVEL_BYTES = 4 * L.COUNT
/** Where the slope of a level's units stands, a float. */
export const SLOPE = 4 * L.SLOPE

/** Fields of a step. */
export const St = codes.step

/** Bytes of a vertex and of a half-edge, and where in them what is known of it stands. */
export const { BYTES: VERTEX_BYTES, ...vertexAt } = codes.vertexAt
export const { BYTES: EDGE_BYTES, ...edgeAt } = codes.edgeAt

/** What of it is a float; all else are whole numbers. */
export type VertexFloat = 'S' | 'T' | 'TAU' | 'RHO' | 'KAPPA'
export type VertexInt = Exclude<keyof typeof vertexAt, VertexFloat>
export type EdgeInt = Exclude<keyof typeof edgeAt, 'ETA'>

/** Faces that wait, and pieces of one, with the largest candidate of each. */
export const STACK_BYTES = 4 * (codes.stack.PIECES + 2 * codes.stack.MOST_PIECES)

/** Rows and columns. */
export type Pair = readonly [number, number]

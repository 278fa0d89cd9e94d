/** Sums in a sketch. */
export const SUMS = 16

/** Sketches that lie together. */
export const EIGHT = 8

/** Where sum s of a sketch stands: sketches in blocks of eight, which have two sums of each side by side. */
export const placeOf = (index: number, s: number): number =>
  (index >> 3) * EIGHT * SUMS + (s >> 1) * 2 * EIGHT + (index & 7) * 2 + (s & 1)

/**
 * Third word of the counter: what a block of random words is for. Draws of different kinds from one key, and the keys
 * derived from it, never share a block.
 */
export const purpose = {
  uniform: 0,
  normal: 1,
  integers: 2,
  permutation: 3,
  childNumber: 4,
  childText: 5,
} as const

export type Purpose = (typeof purpose)[keyof typeof purpose]

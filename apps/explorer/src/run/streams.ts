/** Names of the streams of random numbers that a run draws from, below the recipe's seed. */
export const streams = {
  /** Of each step's rows, by the step. */
  batch: ['explorer', 'batch'],
  /** Of the rows that are held out of drawn points and files. */
  heldOut: ['explorer', 'held out'],
} as const

/** One in so many rows of drawn points and of files is held out for validation. */
export const HELD_OUT = 5

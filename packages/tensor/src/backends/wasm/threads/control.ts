/**
 * Words of the block through which threads agree, which lies in the memory they share. What different threads write is 64 bytes,
 * a line of the caches, apart.
 *
 * Tiles are numbered through all jobs, so that a claim made late is never one of a later job: a thread takes the tile `claimed`
 * where that is not yet `published`, by a compare and exchange.
 */
export const words = {
  /** Number behind the last tile that there is; workers without work wait for it to change. */
  published: 0,
  /** Number of the first tile of this job. */
  first: 1,
  claimed: 16,
  finished: 32,
  /** Whether the main thread waits for `finished`. */
  awaited: 48,
  /** Workers that wait for `published`. */
  asleep: 49,
  /** Set by a call that threw. */
  failed: 50,
  /** Counts how often workers were told to end. */
  ended: 51,
} as const

/** Behind the words: the calls of a job, one for each tile, in float64. */
export const TABLE_AT = 256
/** Numbers of a call: which function, how many arguments, the arguments. */
export const CALL_NUMBERS = 24
export const MOST_TILES = 128
export const CONTROL_BYTES = TABLE_AT + MOST_TILES * CALL_NUMBERS * 8

/**
 * Looks at the counter before a worker goes to sleep, or the main thread stops burning its core for a tile in flight: some
 * microseconds, about what waking costs.
 */
export const SPINS = 2000

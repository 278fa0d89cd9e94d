/**
 * Places of the 32-bit words of the control block, which lies in the memory that the threads share. Words that different threads write are
 * 64 bytes, a line of the caches, apart.
 *
 * A job is a range of tiles, and tile numbers go on from job to job: so a thread that is late cannot claim a tile of a later job by the number
 * of an earlier one. A thread claims tile number `claimed`, unless that is `published`, by a compare and exchange.
 */
export const words = {
  /** Number after the last tile of this job; workers without work wait for it to change. */
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
  /** How many modules have come since the threads were started, and of each its address and its bytes. */
  modules: 52,
  moduleAt: 53,
} as const

/** Modules that there is room for. */
export const MOST_MODULES = 5

/** Behind the words: the calls of a job, one for each tile, in float64. */
export const TABLE_AT = 256
/** Numbers of a call: which function, how many arguments, the arguments. */
export const CALL_NUMBERS = 32
export const MOST_TILES = 128
export const CONTROL_BYTES = TABLE_AT + MOST_TILES * CALL_NUMBERS * 8

/**
 * How often a worker looks for new tiles before it sleeps, and the thread that asks for the last tile to end: some microseconds, about what
 * waking a thread takes.
 */
export const SPINS = 2000

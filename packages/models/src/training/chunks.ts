/**
 * Rows that go through a model at once: bounds the memory, and how long `fit` keeps the event loop waiting. On the reference
 * backend (Node 20) 64 rows through 128-64-64-10-64-64-64-128 took 2 ms, through 784-…-784 10 ms, of the 12 ms there are.
 */
export const chunkRows = 64

/** The rows of so many samples in chunks: from which and up to which. */
export function* chunksOf(count: number, size = chunkRows): Generator<readonly [number, number], void, void> {
  for (let from = 0; from < count; from += size) yield [from, Math.min(from + size, count)]
}

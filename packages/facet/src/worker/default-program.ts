/**
 * Starts the worker's program from the package. Bundlers know a worker by these very words, address and options as literals, and move the file to where the
 * page finds it.
 */
export const startDefault = (): Worker =>
  new Worker(new URL('../../dist/train-worker.min.js', import.meta.url), { type: 'module' })

/** Where the file is if nobody has moved it. Not as a literal: bundlers would put the file into the page a second time. */
export const defaultAddress = (): URL =>
  new URL(['..', '..', 'dist', 'train-worker.min.js'].join('/'), import.meta.url)

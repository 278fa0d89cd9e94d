/**
 * Starts the worker's program from the package. Bundlers know a worker by these very words, address and options as literals, and move the file to where the
 * page finds it.
 */
export const startDefault = (): Worker =>
  new Worker(new URL('../../dist/train-worker.min.js', import.meta.url), { type: 'module' })

const here = import.meta.url

/**
 * Where the file is if nobody has moved it. Not as a literal: bundlers would put the file into the page a second time. Nor by `import.meta.url` in its
 * place: webpack takes such an address for one of its own, and throws where it is asked for.
 */
export const defaultAddress = (): URL => new URL(['..', '..', 'dist', 'train-worker.min.js'].join('/'), here)

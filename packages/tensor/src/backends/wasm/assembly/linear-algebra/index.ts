// Kernels of the family linear-algebra: a module of their own, which comes with its ops; the file of the core has them as well.
export * from './cholesky'
export * from './elimination'
export * from './expm'
export * from './symmetric-function'

// Kernels of the family ordering: a module of their own, which comes with its ops; the file of the core has them as well.
export * from './sort'
export * from './top-k-mask'

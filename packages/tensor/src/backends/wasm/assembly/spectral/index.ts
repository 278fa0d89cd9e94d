// The kernel of the family spectral: a module of its own, which comes with the op eigh; the file of the core has it as well.
export * from './eigh'

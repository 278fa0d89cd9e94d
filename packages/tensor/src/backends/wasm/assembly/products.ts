// What multiplies: a module of its own, which scripts/build-kernels.mjs compiles with and without fused multiply-add.
export * from './contraction/matmul'
export { scratch } from './contraction/scratch'
export * from './update/factors'

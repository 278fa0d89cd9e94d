// Kernels of the family convolution: a module of their own, which comes with its ops. scripts/build-kernels.mjs compiles it with and without fused
// multiply-add.
export { scratch } from '../contraction/scratch'
export * from './convolve'
export * from './lay-out'
export * from './max-pool'
export * from './weigh'
export * from './window-sums'
export * from './winners'

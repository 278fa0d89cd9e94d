// Kernels of the family convolution: a module of their own, which comes with its ops. scripts/build-kernels.mjs compiles it with and without fused
// multiply-add.
export * from './convolution'
export * from './pooling'

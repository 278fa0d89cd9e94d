export * from './activations.ts'
export * from './autoencoder.ts'
export * from './build/autoencoder.ts'
export {
  type BiasInitialisation,
  type Initialisation,
  type InitialisationName,
  initialisations,
} from './build/initialisation.ts'
export * from './build/network.ts'
export * from './file/architecture.ts'
export * from './file/model-file.ts'
export { Dense, type DenseOptions } from './layers/dense.ts'
export type * from './layers/layer.ts'
export type { LinearMap } from './layers/linear-map.ts'
export type { Pieces } from './layers/pieces.ts'
export { Reshape, type ReshapeOptions } from './layers/reshape.ts'
export { Residual, type ResidualOptions } from './layers/residual.ts'
export { Shift, type ShiftOptions } from './layers/shift.ts'
export * from './network.ts'
export * from './objectives/index.ts'
export * from './parameter.ts'
export * from './pca.ts'
export * from './probes/index.ts'
export { type Partition, RegionCode } from './region/code.ts'
export * from './training/index.ts'

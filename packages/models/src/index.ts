export * from './activations.ts'
export * from './architecture.ts'
export * from './autoencoder.ts'
export * from './autoencoder-factory.ts'
export * from './dense.ts'
export type { FrameOptions } from './frame.ts'
export {
  type BiasInitialisation,
  type Initialisation,
  type InitialisationName,
  initialisations,
} from './initialisation.ts'
export * from './model-file.ts'
export * from './network.ts'
export * from './network-factory.ts'
export * from './objectives/index.ts'
export * from './parameter.ts'
export * from './pca.ts'
export * from './probes/index.ts'
export { type CodeOwner, RegionCode, type RegionLayer } from './region-code.ts'
export * from './training/index.ts'

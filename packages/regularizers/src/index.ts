export { bankInOrder } from './banks/bank-in-order.ts'
export { type FixedBankOptions, fixedBank } from './banks/fixed-bank.ts'
export type { GeneratorBank } from './banks/generator-bank.ts'
export { type ImageBankOptions, imageBank } from './banks/image-bank.ts'
export { nearestNeighbours } from './banks/nearest-neighbours.ts'
export { drawEpsilon, type OrbitScale, type OrbitScaleOptions, orbitScale } from './banks/orbit-scale.ts'
export { type PermutedBankOptions, permutedBank } from './banks/permuted-bank.ts'
export { type SeriesBankOptions, seriesBank } from './banks/series-bank.ts'
export { type BiorthogonalityOptions, biorthogonality, biorthogonalityPenalty } from './biorthogonality.ts'
export { type ContractiveOptions, contractive } from './contractive.ts'
export { contractivePenalty, higherOrderPenalty } from './contractive-penalty.ts'
export { type DenoisingOptions, denoising } from './denoising.ts'
export { type EpsilonTable, epsilonTable } from './epsilon-table.ts'
export { basis } from './generators/basis.ts'
export { fixed } from './generators/fixed.ts'
export { full, fullFrom } from './generators/full.ts'
export {
  denseGenerators,
  type GeneratorModel,
  type GeneratorParametrisation,
  type GeneratorRequest,
} from './generators/generator-model.ts'
export { lowRank } from './generators/low-rank.ts'
export type { Matrices } from './generators/matrices.ts'
export { skewSymmetric } from './generators/skew-symmetric.ts'
export { type HigherOrderContractiveOptions, higherOrderContractive } from './higher-order-contractive.ts'
export { type KSparseOptions, kSparse } from './k-sparse.ts'
export { type LearnedOrder, type LearnOrderOptions, learnOrder } from './learned/learn-order.ts'
export { fromOrder, toOrder } from './learned/to-order.ts'
export type { LieGroupRun, PairEpsilons } from './lie-group.ts'
export { lieGroupFirstOrder } from './lie-group-first-order.ts'
export { type LieGroupOrbitOptions, lieGroupOrbit, type OrbitRun } from './lie-group-orbit.ts'
export { lieGroupSecondOrder } from './lie-group-second-order.ts'
export { type LieGroupTangentOptions, lieGroupTangent } from './lie-group-tangent.ts'
export type { LieGroupOptions, LieGroupSecondOrderOptions } from './lie-options.ts'
export { type LiePenaltyKind, liePenalty } from './lie-penalty.ts'
export { type MixupOptions, mixup } from './mixup.ts'
export { type NeighbourDifferenceOptions, neighbourDifference } from './neighbour-difference.ts'
export type { NeighbourKind } from './neighbours.ts'
export type { NormKind } from './norms.ts'
export { type AroundCodesOptions, aroundCodes } from './samplers/around-codes.ts'
export { type CodeBoxOptions, codeBox } from './samplers/code-box.ts'
export { fixedPairs } from './samplers/fixed-pairs.ts'
export { type InterpolateOptions, interpolate } from './samplers/interpolate.ts'
export type { SamplerName } from './samplers/named.ts'
export { type NormalSamplerOptions, normal } from './samplers/normal.ts'
export type { LatentPairs, Sampler, SamplerContext } from './samplers/sampler.ts'
export {
  type EpsilonMethod,
  type EpsilonSolution,
  type Ridge,
  type SolveEpsilonOptions,
  solveEpsilon,
} from './solve-epsilon.ts'
export { type SparseCodeOptions, sparseCode } from './sparse-code.ts'
export { type WeightDecayOptions, weightDecay } from './weight-decay.ts'

import type { Amount } from '@facet/models'
import {
  aCount,
  aNumber,
  aValue,
  type OptionKind,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import { full } from './generators/full.ts'
import type { GeneratorParametrisation } from './generators/generator-model.ts'
import { type LiePenaltyKind, liePenaltyKinds } from './lie-penalty.ts'
import { type NeighbourKind, neighbourKinds } from './neighbours.ts'
import { weightRow } from './options.ts'
import { namedSampler, type SamplerName } from './samplers/named.ts'
import type { Sampler } from './samplers/sampler.ts'
import {
  type EpsilonSettings,
  epsilonSettings,
  type SolveEpsilonOptions,
  solveEpsilonRows,
} from './solve-epsilon.ts'

const aSampler: OptionKind<SamplerName | Sampler> = {
  check: (operation, _option, value) => void namedSampler(operation, value as SamplerName),
}

const generatorFamily = aValue<GeneratorParametrisation>(
  'full(), skewSymmetric(), …',
  (value) => typeof (value as GeneratorParametrisation)?.create === 'function',
)

const ownRows = {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
  /** Default `squared`; see {@link liePenalty}. */
  penalty: withDefault(oneOf(liePenaltyKinds), 'squared'),
  /** Where pairs come from; default `normal`, the paper's protocol. */
  sampler: withDefault(aSampler, 'normal'),
  /** Pairs a step; default as many as the batch has samples. */
  pairs: optional(aCount()),
  /** Default `full()`. */
  generators: withDefault(generatorFamily, full()),
  /** Learning rate of learned generators; default that of the network. */
  generatorLearningRate: optional(aNumber()),
  /** Standard deviation of the first entries of learned generators; default 0.01. */
  initialScale: withDefault(aNumber(), 0.01),
}

const secondOrderRows = {
  /** Which region is the neighbour of θ's; default `dichotomic`. */
  neighbours: withDefault(oneOf(neighbourKinds), 'dichotomic'),
}

const lieGroupTables = {
  lieGroupFirstOrder: optionTable('lieGroupFirstOrder', { ...ownRows, ...solveEpsilonRows }),
  lieGroupSecondOrder: optionTable('lieGroupSecondOrder', {
    ...ownRows,
    ...solveEpsilonRows,
    ...secondOrderRows,
  }),
} as const

/** The settings of both Lie-group objectives, beside those of {@link solveEpsilon}. */
export type LieGroupOptions = SolveEpsilonOptions & OptionsOf<typeof ownRows>

/** The settings of `lieGroupSecondOrder`. */
export type LieGroupSecondOrderOptions = LieGroupOptions & OptionsOf<typeof secondOrderRows>

/** The two Lie-group objectives. */
export type LieGroupName = keyof typeof lieGroupTables

/** All settings, with their defaults filled in. */
export interface LieGroupSettings {
  readonly weight: Amount
  readonly penalty: LiePenaltyKind
  readonly sampler: Sampler
  readonly pairs: number | undefined
  readonly generators: GeneratorParametrisation
  readonly generatorLearningRate: number | undefined
  readonly initialScale: number
  readonly neighbours: NeighbourKind
  readonly epsilon: EpsilonSettings
}

/** @throws TypeError or RangeError naming the option that is unknown or out of range. */
export function resolveLieGroupOptions(
  name: LieGroupName,
  options: LieGroupSecondOrderOptions,
): LieGroupSettings {
  const { sampler, ridge, method, differentiateEpsilon, ...settings } = lieGroupTables[name].resolve(options)
  const epsilon = epsilonSettings(name, { ridge, method, differentiateEpsilon })
  return { neighbours: 'dichotomic', ...settings, sampler: namedSampler(name, sampler), epsilon }
}

import { describe, expectCount, expectNumber, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { defaultRidge } from './epsilon-system.ts'
import { full } from './generators/full.ts'
import type { GeneratorParametrisation } from './generators/generator-model.ts'
import { type LiePenaltyKind, liePenaltyTable } from './lie-penalty.ts'
import { type NeighbourKind, neighbourTable } from './neighbours.ts'
import { defaultWeight } from './options.ts'
import { namedSampler, type SamplerName } from './samplers/named.ts'
import type { Sampler } from './samplers/sampler.ts'
import { expectSolveEpsilonOptions, type SolveEpsilonOptions } from './solve-epsilon.ts'

/** The settings of both Lie-group objectives, beside those of {@link solveEpsilon}. */
export interface LieGroupOptions extends SolveEpsilonOptions {
  /** λ; default 0.01. */
  readonly weight?: number
  /** Default `squared`; see {@link liePenalty}. */
  readonly penalty?: LiePenaltyKind
  /** Where pairs come from; default `normal`, the paper's protocol. */
  readonly sampler?: SamplerName | Sampler
  /** Pairs a step; default as many as the batch has samples. */
  readonly pairs?: number
  /** Default `full()`. */
  readonly generators?: GeneratorParametrisation
  /** Learning rate of learned generators; default that of the network. */
  readonly generatorLearningRate?: number
  /** Standard deviation of the first entries of learned generators; default 0.01. */
  readonly initialScale?: number
}

/** The settings of `lieGroupSecondOrder`. */
export interface LieGroupSecondOrderOptions extends LieGroupOptions {
  /** Which region is the neighbour of θ's; default `dichotomic`. */
  readonly neighbours?: NeighbourKind
}

/** All settings, with their defaults filled in. */
export interface LieGroupSettings {
  readonly weight: number
  readonly penalty: LiePenaltyKind
  readonly sampler: Sampler
  readonly pairs: number | undefined
  readonly generators: GeneratorParametrisation
  readonly generatorLearningRate: number | undefined
  readonly initialScale: number
  readonly neighbours: NeighbourKind
  readonly epsilon: Required<SolveEpsilonOptions>
}

const knownFirstOrder = [
  'weight',
  'penalty',
  'sampler',
  'pairs',
  'generators',
  'generatorLearningRate',
  'initialScale',
  'ridge',
  'method',
  'differentiateEpsilon',
]

const known: Readonly<Record<LieGroupName, readonly string[]>> = {
  lieGroupFirstOrder: knownFirstOrder,
  lieGroupSecondOrder: [...knownFirstOrder, 'neighbours'],
}

/** The two Lie-group objectives. */
export type LieGroupName = 'lieGroupFirstOrder' | 'lieGroupSecondOrder'

/** @throws TypeError or RangeError naming the option that is unknown or out of range. */
export function resolveLieGroupOptions(
  name: LieGroupName,
  options: LieGroupSecondOrderOptions,
): LieGroupSettings {
  expectOptions(name, options, known[name])
  const {
    weight = defaultWeight,
    penalty = 'squared',
    sampler = 'normal',
    pairs,
    generators = full(),
    generatorLearningRate,
    initialScale = 0.01,
    neighbours = 'dichotomic',
    method = 'ridge',
    ridge = method === 'ridge' ? defaultRidge : { absolute: 0 },
    differentiateEpsilon = false,
  } = options
  expectNumber(name, 'weight', weight)
  expectOneOf(name, 'penalty', penalty, Object.keys(liePenaltyTable))
  expectOneOf(name, 'neighbours', neighbours, Object.keys(neighbourTable))
  if (pairs !== undefined) expectCount(name, 'pairs', pairs)
  if (typeof generators?.create !== 'function') {
    throw new TypeError(
      `${name}: generators: expected full(), skewSymmetric(), …, got ${describe(generators)}`,
    )
  }
  if (generatorLearningRate !== undefined) {
    expectNumber(name, 'generatorLearningRate', generatorLearningRate)
  }
  expectNumber(name, 'initialScale', initialScale)
  const epsilon = { method, ridge, differentiateEpsilon }
  expectSolveEpsilonOptions(name, epsilon)
  return {
    weight,
    penalty,
    sampler: namedSampler(name, sampler),
    pairs,
    generators,
    generatorLearningRate,
    initialScale,
    neighbours,
    epsilon,
  }
}

import { liveUnits, totalVariance } from '@facet/geometry'
import {
  type Autoencoder,
  amountAt,
  amountSetting,
  networksOf,
  type Objective,
  type ObjectiveRun,
  withoutGradient,
} from '@facet/models'
import { cast, type Key, mean, mul, norm, ones, scope, squeeze, sub, sum, type Tensor } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import type { GeneratorModel } from './generators/generator-model.ts'
import { explain } from './lie-diagnostics.ts'
import type { LieGroupName, LieGroupSettings } from './lie-options.ts'
import { liePenalty } from './lie-penalty.ts'
import { firstOrderRelation, type LieRelation, secondOrderRelation } from './lie-relations.ts'
import type { LatentPairs } from './samplers/sampler.ts'
import { solveRelation } from './solve-factored.ts'

/** A Lie-group objective at work, with its generators: those given, or those being learned, readable while it trains and after. */
export interface LieGroupRun extends ObjectiveRun {
  readonly generators: GeneratorModel
  /**
   * Draws pairs as a training step does and solves them as the objective does: the rows of Fig. 5.
   *
   * @param data [n, d]; only samplers that look at codes use it.
   * @param pairs how many pairs to draw
   * @throws RangeError for a number of pairs that is none.
   * @example
   * import { autoencoder } from '@facet/models'
   * import { lieGroupFirstOrder } from '@facet/regularizers'
   * import { init, key } from '@facet/tensor'
   * await init()
   * const data = key('data').normal([32, 6])
   * const model = autoencoder({ input: 6, bottleneck: 2 })
   * const run = lieGroupFirstOrder().start(model, data, key('generators')) // fit does; see history.objectives
   * const { epsilon, norms } = run.epsilonOfPairs(data, key('pairs'), 16)
   * epsilon.shape // [16, 2]
   * norms.shape // [2]
   */
  epsilonOfPairs(data: Tensor, key: Key, pairs: number): PairEpsilons
}

/** The group coordinates of single pairs. */
export interface PairEpsilons {
  /** ε [P, h], a row for each pair. */
  readonly epsilon: Tensor
  /** `‖G_k‖_F` [h]: ε scales as one over it (docs/mathematics.md 5.8). */
  readonly norms: Tensor
  /** Which pairs count, bool [P]: those of the second order that have a neighbouring region; in the first order all. */
  readonly found: Tensor
}

/** Pairs that diagnostics are taken over; in the second order 80 MB of `G_k b` at d = 784, h = 10 in float64. */
const diagnosticPairs = 128

const relationTable: Readonly<
  Record<LieGroupName, (model: Autoencoder, pairs: LatentPairs, settings: LieGroupSettings) => LieRelation>
> = {
  lieGroupFirstOrder: firstOrderRelation,
  lieGroupSecondOrder: (model, pairs, settings) => secondOrderRelation(model, pairs, settings.neighbours),
}

/** What both orders share: they differ in how pairs of latent points become bases and targets. */
export function lieGroupObjective(name: LieGroupName, settings: LieGroupSettings): Objective<LieGroupRun> {
  const { weight, penalty, epsilon } = settings
  const relate = relationTable[name]
  return {
    name,
    trains: 'autoencoder',
    get settings() {
      return describe(name, settings)
    },
    start(model, _data, key) {
      // Pairs and relations are of its encoder and decoder: a model with code of its own is refused.
      networksOf(model)
      const generators = settings.generators.create({
        name,
        bottleneck: model.bottleneck,
        dimension: model.input,
        key: key.child('generators'),
        dtype: model.dtype,
        initialScale: settings.initialScale,
        learningRate: settings.generatorLearningRate,
      })
      return {
        generators,
        parameters: generators.parameters,
        loss({ x }, at) {
          const pairs = samplePairs(settings, model, x, settings.pairs ?? x.shape[0], at.key)
          const relation = relate(model, pairs, settings)
          const { found } = relation
          const { residual, difference } = solveRelation(relation, generators, epsilon)
          const value = liePenalty(residual, difference, penalty, found)
          const reported = found && { withoutNeighbour: shareWithout(found, model.dtype) }
          return { loss: mul(value, amountAt(weight, at)), values: { [name]: value, ...reported } }
        },
        diagnostics: (data, key) =>
          scope(() => {
            const pairs = samplePairs(settings, model, data, diagnosticPairs, key)
            const points = firstOrderRelation(model, pairs)
            const relation = relate(model, pairs, settings)
            const ofPoints = explain(points, generators, epsilon)
            const own = name === 'lieGroupFirstOrder' ? ofPoints : explain(relation, generators, epsilon)
            const live = cast(liveUnits(model.encoder, model.encoder.regionCode(data)), 'int32')
            return {
              decoderVariance: totalVariance(squeeze(points.target, 1)).item(),
              unexplainedFraction: ofPoints.unexplainedFraction,
              ...(own !== ofPoints && { unexplainedTangentFraction: own.unexplainedFraction }),
              epsilon: own.epsilon,
              epsilonTimesNorm: own.epsilonTimesNorm,
              liveUnits: sum(live).item(),
              bottleneckUnits: model.bottleneck,
              withoutNeighbour: relation.found ? shareWithout(relation.found, model.dtype).item() : 0,
            }
          }),
        epsilonOfPairs: (data, key, count) =>
          scope(() => {
            expectCount(`${name}.epsilonOfPairs`, 'pairs', count)
            const pairs = samplePairs(settings, model, data, count, key)
            const relation = relate(model, pairs, settings)
            return {
              epsilon: solveRelation(relation, generators, epsilon).epsilon,
              norms: norm(generators.matrices(), [1, 2]),
              found: relation.found ?? ones([count], 'bool'),
            }
          }),
      }
    },
  }
}

function samplePairs(
  { sampler }: LieGroupSettings,
  model: Autoencoder,
  x: Tensor,
  pairs: number,
  key: Key,
): LatentPairs {
  const { encoder, bottleneck, dtype } = model
  return sampler.sample({
    key,
    pairs,
    bottleneck,
    dtype,
    nonNegative: encoder.isRectified,
    codes: () => withoutGradient(encoder.parameters, () => encoder.apply(x)),
  })
}

function shareWithout(found: Tensor, dtype: 'float32' | 'float64'): Tensor {
  return sub(1, mean(cast(found, dtype)))
}

/** What tells one objective from another when a run is resumed. */
function describe(name: LieGroupName, settings: LieGroupSettings): Record<string, number | string | boolean> {
  const { weight, penalty, sampler, pairs, generators, generatorLearningRate, initialScale } = settings
  const { ridge, method, differentiateEpsilon } = settings.epsilon
  return {
    weight: amountSetting(weight),
    penalty,
    sampler: sampler.name,
    ...prefixed('sampler', sampler.settings),
    pairs: pairs ?? 'batch',
    generators: generators.name,
    ...prefixed('generators', generators.settings),
    generatorLearningRate: generatorLearningRate ?? 'network',
    initialScale,
    ridge: JSON.stringify(ridge),
    method,
    differentiateEpsilon,
    ...(name === 'lieGroupSecondOrder' && { neighbours: settings.neighbours }),
  }
}

function prefixed(
  prefix: string,
  settings: NonNullable<Objective['settings']> = {},
): Record<string, number | string | boolean> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}.${name}`, value]))
}

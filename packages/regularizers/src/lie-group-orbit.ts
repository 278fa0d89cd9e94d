import type { Objective } from '@facet/models'
import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { BankWithScale, defaultNeighbours } from './bank-with-scale.ts'
import { expectMade } from './banks/expect-arguments.ts'
import type { GeneratorBank } from './banks/generator-bank.ts'
import { drawEpsilon, type OrbitScale } from './banks/orbit-scale.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

/** The settings of {@link lieGroupOrbit}. */
export interface LieGroupOrbitOptions {
  /** The groups along which the data vary: `seriesBank`, `imageBank`, your own. */
  readonly bank: GeneratorBank
  /** s: how far to go, in standard deviations of neighbours' ε; default 1.5. */
  readonly scale?: number
  /** λ; default 3. */
  readonly weight?: number
  /** Nearest neighbours of each training sample that the scale is estimated from; default 3. */
  readonly neighbours?: number
}

/** An objective whose ε has a scale estimated from the data: that of a {@link GeneratorBank}. */
export interface OrbitObjective extends Objective {
  /** @throws Error before `prepare`, which `fit` calls. */
  readonly scale: OrbitScale
}

/**
 * Orbit reconstruction: asks that the data's orbit lie in the decoder's surface, `λ · MSE(x_ε, D(E(x_ε)))` with
 * `x_ε = exp(Σ_b ε_b G_b) x` and a new `ε = s · C^{1/2} n`, n ~ N(0, I), for every sample of every step. Add it to
 * `reconstruction()`.
 *
 * This is augmentation along one-parameter groups that the user supplies, at a scale that the data supply: C is the covariance of
 * the closed-form ε between training samples and their nearest neighbours ({@link orbitScale}).
 *
 * Reports `orbitMse`, unweighted. Diagnostics: `explainedFraction` of the neighbours' differences; `epsilonDeviation`, √C_bb of each
 * generator in units of its prior scale, without s. The whole of it is `scale`.
 *
 * @throws TypeError for an unknown option or what is no bank, RangeError for a value out of range, and, when trained, for a model of
 * another dimension than the bank's.
 * @example
 * import { adam, autoencoder, fit, reconstruction } from '@facet/models'
 * import { lieGroupOrbit, seriesBank } from '@facet/regularizers'
 * import { init, key } from '@facet/tensor'
 * await init()
 * const orbit = lieGroupOrbit({ bank: seriesBank({ length: 32, parts: 'W', zNormalised: false }) })
 * const history = await fit(autoencoder({ input: 32, bottleneck: 2 }), key(0).normal([24, 32]), {
 *   epochs: 2,
 *   batchSize: 8,
 *   optimizer: adam(),
 *   objective: [reconstruction(), orbit],
 * })
 * history.epochs[1].train.orbitMse
 * history.diagnostics.lieGroupOrbit.explainedFraction
 * orbit.scale.covariance.shape // [8, 8]
 */
export function lieGroupOrbit(options: LieGroupOrbitOptions): OrbitObjective {
  expectOptions('lieGroupOrbit', options, ['bank', 'scale', 'weight', 'neighbours'])
  const { bank, scale = 1.5, weight = 3, neighbours = defaultNeighbours } = options
  expectNumber('lieGroupOrbit', 'scale', scale)
  expectNumber('lieGroupOrbit', 'weight', weight)
  const measured = new BankWithScale('lieGroupOrbit', bank, neighbours)
  const objective = transformedReconstruction({
    name: 'lieGroupOrbit',
    weight,
    settings: { scale, ...measured.settings },
    reported: 'orbitMse',
    prepare: (model, data) => measured.measure(model, data),
    transform(x, key) {
      const epsilon = drawEpsilon(bank, measured.scale, scale, x.shape[0], key.child('epsilon'))
      return expectMade(bank, 'act', bank.act(x, epsilon), x.shape, x)
    },
    diagnostics: () => measured.diagnostics(),
  })
  return {
    ...objective,
    get scale() {
      return measured.scale
    },
  }
}

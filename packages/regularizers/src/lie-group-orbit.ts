import { amountAt, amountSetting, anAmount, type Objective, type ObjectiveRun } from '@facet/models'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { type BankOptions, bankRows, bankSettings, scaleDiagnostics, scaleOf } from './bank-with-scale.ts'
import { expectMade } from './banks/expect-arguments.ts'
import { drawEpsilon, type OrbitScale } from './banks/orbit-scale.ts'
import { movedWeightRow } from './options.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

const ownRows = {
  /** s: how far to go, in standard deviations of neighbours' ε, a number or a schedule; default 1.5. */
  scale: withDefault(anAmount(), 1.5),
  /** λ, a number or a schedule; default 3. */
  weight: movedWeightRow,
}

const lieGroupOrbitOptions = optionTable('lieGroupOrbit', { ...bankRows, ...ownRows })

/** The settings of {@link lieGroupOrbit}. */
export type LieGroupOrbitOptions = BankOptions & OptionsOf<typeof ownRows>

/** An objective at work whose ε has a scale estimated from the data: that of a {@link GeneratorBank}. */
export interface OrbitRun extends ObjectiveRun {
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
 * generator in units of its prior scale, without s. The whole of it is `scale` of the started objective.
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
 * history.objectives[1].scale.covariance.shape // [8, 8]
 */
export function lieGroupOrbit(options: LieGroupOrbitOptions): Objective<OrbitRun> {
  const resolved = lieGroupOrbitOptions.resolve(options)
  const { bank, scale, weight } = resolved
  const { start, ...recipe } = transformedReconstruction({
    name: 'lieGroupOrbit',
    weight,
    settings: { scale: amountSetting(scale), ...bankSettings(resolved) },
    reported: 'orbitMse',
    start(model, data) {
      const measured = scaleOf('lieGroupOrbit', resolved, model, data)
      return {
        scale: measured,
        transform(x, at) {
          const s = amountAt(scale, at)
          const epsilon = drawEpsilon(bank, measured, s, x.shape[0], at.key.child('epsilon'))
          return expectMade(bank, 'act', bank.act(x, epsilon), x.shape, x)
        },
        diagnostics: () => scaleDiagnostics(measured),
      }
    },
  })
  return {
    ...recipe,
    start(model, data, key) {
      const run = start(model, data, key)
      return { ...run, scale: run.transformer.scale }
    },
  }
}

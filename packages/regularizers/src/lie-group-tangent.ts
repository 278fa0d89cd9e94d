import { amountAt, amountSetting, type Objective, withoutGradient } from '@facet/models'
import { expandDims, matmul, mean, mul, square, squeeze, stopGradient, sub } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { type BankOptions, bankRows, bankSettings, scaleDiagnostics, scaleOf } from './bank-with-scale.ts'
import { drawEpsilon } from './banks/orbit-scale.ts'
import type { OrbitRun } from './lie-group-orbit.ts'
import { movedWeightRow } from './options.ts'

const ownRows = {
  /** λ, a number or a schedule; default 3. */
  weight: movedWeightRow,
}

const lieGroupTangentOptions = optionTable('lieGroupTangent', { ...bankRows, ...ownRows })

/** The settings of {@link lieGroupTangent}. */
export type LieGroupTangentOptions = BankOptions & OptionsOf<typeof ownRows>

/**
 * The infinitesimal form of {@link lieGroupOrbit}: asks that the autoencoder's exact Jacobian be the identity along the generators,
 * `λ · mean (A^D A^E u − u)²` over samples and dimensions with `u = Σ_b n_b (C^{1/2} G)_b x`, n ~ N(0, I) new for every sample of every step. No data
 * are transformed: a bank's `act` is not asked. Add it to `reconstruction()`.
 *
 * The regions are constants of the step, so the gradient reaches the weights and not the biases. Reports `lieGroupTangent`,
 * unweighted. Diagnostics and `scale` are those of {@link lieGroupOrbit}.
 *
 * @throws TypeError for an unknown option or what is no bank, RangeError for a value out of range, and, when trained, for a model of
 * another dimension than the bank's.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { lieGroupTangent, seriesBank } from '@facet/regularizers'
 * const tangent = lieGroupTangent({ bank: seriesBank({ length: 32, parts: 'W' }), weight: 3 })
 * const objective = [reconstruction(), tangent] // for fit(model, data, { objective, … })
 */
export function lieGroupTangent(options: LieGroupTangentOptions): Objective<OrbitRun> {
  const resolved = lieGroupTangentOptions.resolve(options)
  const { bank, weight } = resolved
  return {
    name: 'lieGroupTangent',
    trains: 'autoencoder',
    settings: { weight: amountSetting(weight), ...bankSettings(resolved) },
    start(model, data) {
      const scale = scaleOf('lieGroupTangent', resolved, model, data)
      return {
        scale,
        parameters: [],
        loss({ x }, at) {
          const samples = stopGradient(x)
          const epsilon = drawEpsilon(bank, scale, 1, x.shape[0], at.key.child('epsilon'))
          const direction = squeeze(matmul(expandDims(epsilon, 1), bank.tangents(samples)), 1)
          const code = withoutGradient(model.parameters, () => model.regionCode(samples))
          const change = sub(model.applyJacobian(code, direction), direction)
          const value = mean(square(change))
          return { loss: mul(value, amountAt(weight, at)), values: { lieGroupTangent: value } }
        },
        diagnostics: () => scaleDiagnostics(scale),
      }
    },
  }
}

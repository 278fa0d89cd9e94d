import { type Autoencoder, withoutGradient } from '@facet/models'
import { expandDims, matmul, mean, mul, square, squeeze, stopGradient, sub } from '@facet/tensor'
import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { BankWithScale, defaultNeighbours } from './bank-with-scale.ts'
import type { GeneratorBank } from './banks/generator-bank.ts'
import { drawEpsilon } from './banks/orbit-scale.ts'
import type { OrbitObjective } from './lie-group-orbit.ts'

/** The settings of {@link lieGroupTangent}. */
export interface LieGroupTangentOptions {
  /** The groups along which the data vary: `seriesBank`, `imageBank`, your own. */
  readonly bank: GeneratorBank
  /** λ; default 3. */
  readonly weight?: number
  /** Nearest neighbours of each training sample that the scale is estimated from; default 3. */
  readonly neighbours?: number
}

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
export function lieGroupTangent(options: LieGroupTangentOptions): OrbitObjective {
  expectOptions('lieGroupTangent', options, ['bank', 'weight', 'neighbours'])
  const { bank, weight = 3, neighbours = defaultNeighbours } = options
  expectNumber('lieGroupTangent', 'weight', weight)
  const measured = new BankWithScale('lieGroupTangent', bank, neighbours)
  let model: Autoencoder
  return {
    name: 'lieGroupTangent',
    parameters: [],
    settings: { weight, ...measured.settings },
    get scale() {
      return measured.scale
    },
    prepare(autoencoder, data) {
      model = autoencoder
      measured.measure(autoencoder, data)
    },
    loss({ x }, key) {
      const samples = stopGradient(x)
      const epsilon = drawEpsilon(bank, measured.scale, 1, x.shape[0], key.child('epsilon'))
      const direction = squeeze(matmul(expandDims(epsilon, 1), bank.tangents(samples)), 1)
      const code = withoutGradient(model.parameters, () => model.regionCode(samples))
      const change = sub(model.applyJacobian(code, direction), direction)
      const value = mean(square(change))
      return { loss: mul(value, weight), values: { lieGroupTangent: value } }
    },
    diagnostics: () => measured.diagnostics(),
  }
}

import { Parameter } from '@facet/models'
import { keep, matmul, mul, tensor } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import { expectBank } from '../banks/expect-arguments.ts'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { bankGenerators, expectLinear, settingsOfBank } from './bank-generators.ts'
import type { GeneratorParametrisation } from './generator-model.ts'

/**
 * Learned mixtures of a bank's generators, `G_k = Σ_b c_kb p_b T_b`: T_b the operators of the bank, p_b their prior scales, c [count, B]
 * learned, at first `N(0, initialScale²)`. count·B numbers instead of count·d²; `basis` for matrices.
 *
 * Asked of the bank: tangents that are linear in x, so that the same G_k act on points (first order) and on tangents (second order).
 * `learnedBank` and `seriesBank` keep the moments of z-normalised series, which is not linear: give them `zNormalised: false`.
 * Trends (part T of `seriesBank`) do not depend on x and do not fit. Of the bank `act` is not asked.
 *
 * @param count number of generators; default the bottleneck.
 * @throws TypeError for what is no bank, RangeError for a count that is not an integer ≥ 1, and, when training starts, for a bank of
 * another dimension or with tangents that are not linear.
 * @example
 * import { fromBank, learnedBank, lieGroupFirstOrder } from '@facet/regularizers'
 * import { init, key } from '@facet/tensor'
 * await init()
 * const bank = learnedBank(key('series').normal([20, 64]), { zNormalised: false })
 * lieGroupFirstOrder({ generators: fromBank(bank) })
 */
export function fromBank(bank: GeneratorBank, count?: number): GeneratorParametrisation {
  expectBank('fromBank', bank)
  if (count !== undefined) expectCount('fromBank', 'count', count)
  return {
    name: 'fromBank',
    settings: settingsOfBank(bank),
    create(request) {
      expectLinear('fromBank', bank, request)
      const { name, bottleneck, key, dtype, initialScale, learningRate } = request
      const number = count ?? bottleneck
      const first = mul(key.normal([number, bank.size], dtype), initialScale)
      const mixing = new Parameter(`${name}.generators.mixing`, first, { learningRate })
      const units = keep(tensor([...bank.priorScale], { dtype }))
      return bankGenerators(
        bank,
        {
          count: number,
          parameters: [mixing],
          ofMembers: (images) => matmul(mul(mixing.value, units), images),
        },
        request,
      )
    },
  }
}

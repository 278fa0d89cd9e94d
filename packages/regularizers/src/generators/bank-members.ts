import { keep, mul, tensor } from '@facet/tensor'
import { expectBank } from '../banks/expect-arguments.ts'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { bankGenerators, expectLinear, settingsOfBank } from './bank-generators.ts'
import type { GeneratorParametrisation } from './generator-model.ts'

/**
 * The generators of a bank themselves, each in units of its prior scale, not learned: ε has B coordinates. `fixed` for matrices; asks of
 * the bank what {@link fromBank} asks.
 *
 * @throws TypeError for what is no bank, and, when training starts, RangeError for one of another dimension or with tangents that
 * are not linear.
 * @example
 * import { bankMembers, lieGroupFirstOrder, seriesBank } from '@facet/regularizers'
 * lieGroupFirstOrder({ generators: bankMembers(seriesBank({ length: 64, zNormalised: false })) })
 */
export function bankMembers(bank: GeneratorBank): GeneratorParametrisation {
  expectBank('bankMembers', bank)
  return {
    name: 'bankMembers',
    settings: settingsOfBank(bank),
    create(request) {
      expectLinear('bankMembers', bank, request)
      const units = keep(
        tensor(
          bank.priorScale.map((scale) => [scale]),
          { dtype: request.dtype },
        ),
      )
      return bankGenerators(
        bank,
        { count: bank.size, parameters: [], ofMembers: (images) => mul(images, units) },
        request,
      )
    },
  }
}

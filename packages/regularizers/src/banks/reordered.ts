import { gather, type Tensor } from '@facet/tensor'
import { constant, perBackend } from './constants.ts'
import { expectAction, expectSamples } from './expect-arguments.ts'
import { inverseOrder } from './expect-order.ts'
import type { GeneratorBank } from './generator-bank.ts'

/**
 * What a bank does to samples whose coordinates lie in another order: its value t is their coordinate `order[t]`.
 *
 * @param name of the bank in errors
 */
export function reordered(
  name: string,
  bank: Omit<GeneratorBank, 'settings'>,
  order: Int32Array,
): Pick<GeneratorBank, 'tangents' | 'measuredAlong' | 'act'> {
  const back = inverseOrder(order)
  const constants = perBackend(() => ({
    order: constant(order, [order.length], 'int32'),
    back: constant(back, [back.length], 'int32'),
  }))
  const self = { name, size: bank.size, dimension: bank.dimension }
  const along =
    (member: 'tangents' | 'measuredAlong') =>
    (x: Tensor): Tensor => {
      expectSamples(self, x)
      return gather(bank[member]!(gather(x, constants().order, 1)), constants().back, 2)
    }
  return {
    tangents: along('tangents'),
    ...(bank.measuredAlong === undefined ? {} : { measuredAlong: along('measuredAlong') }),
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      return gather(bank.act(gather(x, constants().order, 1), epsilon), constants().back, 1)
    },
  }
}

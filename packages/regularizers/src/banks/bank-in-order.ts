import { crc32, gather } from '@facet/tensor'
import { constant, perBackend } from './constants.ts'
import { expectAction, expectBank, expectSamples } from './expect-arguments.ts'
import { expectOrder, inverseOrder } from './expect-order.ts'
import type { GeneratorBank } from './generator-bank.ts'

/**
 * A bank that acts on coordinates in another order: `order[k]` is the coordinate that takes place k of the bank. How a bank for
 * series is used on data whose columns were shuffled, in the order that `learnOrder` found.
 *
 * @param order [d], every coordinate once
 * @throws TypeError for what is no bank or no order; RangeError for an order of another size.
 * @example
 * import { bankInOrder, seriesBank } from '@facet/regularizers'
 * bankInOrder(seriesBank({ length: 16 }), Int32Array.from({ length: 16 }, (_, k) => (5 * k) % 16)).name // 'ordered series WA'
 */
export function bankInOrder(bank: GeneratorBank, order: Int32Array): GeneratorBank {
  expectBank('bankInOrder', bank)
  expectOrder('bankInOrder', order, bank.dimension)
  const own = order.slice()
  const checksum = crc32(new Uint8Array(own.buffer))
  return inOrder(bank, own, { name: `ordered ${bank.name}`, settings: { ...bank.settings, order: checksum } })
}

/** The same bank in other coordinates. */
export function inOrder(
  bank: GeneratorBank,
  order: Int32Array,
  { name, settings }: Pick<GeneratorBank, 'name' | 'settings'>,
): GeneratorBank {
  const back = inverseOrder(order)
  const constants = perBackend(() => ({
    order: constant(order, [order.length], 'int32'),
    back: constant(back, [back.length], 'int32'),
  }))
  const self = { name, size: bank.size, dimension: bank.dimension }
  return {
    ...self,
    settings,
    priorScale: bank.priorScale,
    tangents(x) {
      expectSamples(self, x)
      return gather(bank.tangents(gather(x, constants().order, 1)), constants().back, 2)
    },
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      return gather(bank.act(gather(x, constants().order, 1), epsilon), constants().back, 1)
    },
  }
}

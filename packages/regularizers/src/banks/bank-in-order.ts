import { crc32 } from '@facet/tensor'
import { expectBank } from './expect-arguments.ts'
import { expectOrder } from './expect-order.ts'
import type { GeneratorBank } from './generator-bank.ts'
import { reordered } from './reordered.ts'

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
  const { size, dimension, priorScale } = bank
  return { name, size, dimension, settings, priorScale, ...reordered(name, bank, order) }
}

import { key } from '@facet/tensor'
import { aSeed, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { inOrder } from './bank-in-order.ts'
import { expectBank } from './expect-arguments.ts'
import type { GeneratorBank } from './generator-bank.ts'

const permutedBankOptions = optionTable('permutedBank', {
  /** Which permutation; default 0. */
  seed: withDefault(aSeed, 0),
})

/** The settings of {@link permutedBank}. */
export type PermutedBankOptions = OptionsOf<typeof permutedBankOptions>

/**
 * The same bank in randomly permuted coordinates: a group of the same size and smoothness that has nothing to do with the data. The
 * control for whether a gain comes from the generators or from moving the data about at all
 * (docs/mathematics.md 6.4).
 *
 * @throws TypeError for an unknown option or what is no bank.
 * @example
 * import { permutedBank, seriesBank } from '@facet/regularizers'
 * permutedBank(seriesBank({ length: 128 }), { seed: 1 }).name // 'permuted series WA'
 */
export function permutedBank(bank: GeneratorBank, options: PermutedBankOptions = {}): GeneratorBank {
  expectBank('permutedBank', bank)
  const { seed } = permutedBankOptions.resolve(options)
  const order = key(seed).child('permutedBank').permutation(bank.dimension)
  return inOrder(bank, order, {
    name: `permuted ${bank.name}`,
    settings: { ...bank.settings, permutation: seed },
  })
}

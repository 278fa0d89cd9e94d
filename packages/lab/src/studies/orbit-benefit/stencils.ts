import { heldOutExplained, learnedBank, stencilResponse } from '@facet/regularizers'
import { scope } from '@facet/tensor'
import * as z from 'zod'
import { oneOf } from '../../fields/fields.ts'
import {
  type BankName,
  type BankSource,
  bankNames,
  learnedOrderOf,
  recipeOf,
} from '../../sets/generator-banks.ts'
import { aNumber, shownMatrix, someNumbers } from '../../study/data.ts'
import { significant } from '../../text/round.ts'

/** Stencils of a bank, and their taps at most: ours have 2 or 3 of 9 or 25. */
const [mostStencils, mostTaps] = [16, 64]

export const learnedStencils = z
  .strictObject({
    bank: oneOf(bankNames),
    /** [k, taps]; of an image line after line. */
    stencils: shownMatrix(mostStencils, mostTaps),
    /** Of each stencil: the share of the samples that it explains. */
    identity: someNumbers,
    /** Of each stencil: the shares of dx/dt, or of ∂x across and down. */
    derivative: z.array(someNumbers.min(1).max(2)),
    /** The share of neighbours' differences that a bank learned from one half of the training part explains of the other. */
    heldOut: aNumber,
  })
  .refine(
    ({ stencils, identity, derivative }) =>
      stencils.length === identity.length && stencils.length === derivative.length,
    'expected the shares of each stencil',
  )
  .refine(
    ({ stencils, derivative }) =>
      derivative.every(({ length }) => length === derivative[0].length) &&
      (derivative[0]?.length !== 2 || Number.isInteger(Math.sqrt(stencils[0].length))),
    'expected the stencils of a line, with one derivative each, or of an image: square ones, with two',
  )

/** What was learned of a set, for the banks of the models that were trained. */
export type LearnedStencils = z.output<typeof learnedStencils>

export const learnedOrder = z.strictObject({
  /** Whether held-out samples say that there is an order at all. */
  found: z.boolean(),
  pValue: aNumber,
  /** The share of neighbours that both halves of the samples agree on. */
  agreement: aNumber,
})

/** What was said of the order of the coordinates. */
export type LearnedOrderFacts = z.output<typeof learnedOrder>

const digits = 4

const rounded = (values: readonly number[]): number[] => values.map((value) => significant(value, digits))

/** The stencils of the banks that are learned, in the order that they are learned in. */
export const stencilsOf = (source: BankSource, banks: readonly BankName[]): LearnedStencils[] =>
  banks.flatMap((bank) => {
    const recipe = recipeOf(source, bank)
    if (recipe === null) return []
    const { train, options } = recipe
    return scope(() => {
      const { learned } = learnedBank(train, options)
      const response = stencilResponse(learned, train)
      return {
        bank,
        stencils: learned.stencils.map(rounded),
        identity: rounded(response.map(({ identity }) => identity)),
        derivative: response.map(({ derivative }) => rounded(derivative)),
        heldOut: significant(heldOutExplained(train, options), digits),
      }
    })
  })

/** What `learnOrder` says of the coordinates. */
export function orderFacts(source: BankSource): LearnedOrderFacts {
  const { found, pValue, agreement } = scope(() => learnedOrderOf(source))
  return { found, pValue, agreement: significant(agreement, digits) }
}

import * as z from 'zod'
import { fieldsOf, wholeNumber } from '../fields/fields.ts'

/** Kinds of what is read back of tasks and outcomes. */

/** A number as a run may give it: also one that is not finite, as of a training that diverged. */
export const aNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number')

export const someNumbers = z.array(aNumber)

/** Samples [n, d]. */
export const samples = z.array(someNumbers)

export const setSizes = fieldsOf({
  train: wholeNumber(1),
  validation: wholeNumber(0),
  test: wholeNumber(0),
  length: wholeNumber(1),
})

export const imageShape = fieldsOf({
  height: wholeNumber(1),
  width: wholeNumber(1),
  channels: z.union([z.literal(1), z.literal(3)], 'expected 1 or 3'),
})

/** Rows of a part that are shown. */
export const shownRowNumbers = z.array(wholeNumber(0))

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

const side = wholeNumber(1, 10_000)

export const imageShape = fieldsOf({
  height: side,
  width: side,
  channels: wholeNumber(1).refine((channels): boolean => channels === 1 || channels === 3, 'expected 1 or 3'),
})

/** Whether samples are images of a shape, where there is one. */
export const areImages = (
  shown: readonly (readonly number[])[],
  image: z.output<typeof imageShape> | null,
): boolean =>
  image === null || shown.every(({ length }) => length === image.height * image.width * image.channels)

/** Rows of a part that are shown. */
export const shownRowNumbers = z.array(wholeNumber(0))

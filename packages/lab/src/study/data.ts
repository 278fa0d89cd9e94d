import * as z from 'zod'
import { fieldsOf, wholeNumber } from '../fields/fields.ts'
import type { SetSizes } from '../sets/set-sizes.ts'

/** Kinds of what is read back of tasks and outcomes. */

/** A number as a run may give it: also one that is not finite, as of a training that diverged. */
export const aNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number')

export const someNumbers = z.array(aNumber)

/** Numbers of all samples of a list: six of 3 × 224 × 224 are 903,168, and a page draws each as a coordinate. */
const mostNumbers = 1_000_000

/** Samples [n, d], each of at least one number. */
export const samples = z
  .array(someNumbers.min(1, 'expected one number or more'))
  .refine(
    (rows) => rows.reduce((sum, { length }) => sum + length, 0) <= mostNumbers,
    `expected at most ${mostNumbers} numbers`,
  )

/** A matrix that a picture shows, of at most so many rows and columns: every entry is a rectangle. */
export const shownMatrix = (rows: number, columns: number) =>
  samples.refine(
    (values) =>
      values.length <= rows && values.every(({ length }) => length <= columns && length === values[0].length),
    `expected rows of one length, at most ${rows} of ${columns} numbers`,
  )

/** What is wrong with samples that a report shows beside a test part; `null` where they are of it. */
export function shownMisfit(
  {
    originals,
    originalRows,
  }: Readonly<
    Record<'originals', readonly (readonly number[])[]> & Record<'originalRows', readonly number[]>
  >,
  { length, test }: SetSizes,
): string | null {
  if (originals.length !== originalRows.length) {
    return `originalRows: expected the row of each of ${originals.length} originals, got ${originalRows.length}`
  }
  const row = originalRows.find((shown) => shown >= test)
  if (row !== undefined) return `originalRows: expected rows of ${test} test samples, got ${row}`
  const other = originals.find((sample) => sample.length !== length)
  return other === undefined ? null : `originals: expected ${length} numbers a sample, got ${other.length}`
}

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

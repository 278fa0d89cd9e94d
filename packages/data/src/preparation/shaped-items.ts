import type { Rows } from '../rows.ts'
import { filledSteps } from './fill.ts'
import type { Items } from './items.ts'
import { type Preparation, preparedLength, rowsAreSeries } from './preparation.ts'
import { shapeSeries } from './series-shape.ts'

/** Items filled and brought to one length, one after another. */
export interface Shaper {
  /** Numbers of a shaped item. */
  readonly length: number
  /**
   * Writes an item into `out`; what could not be filled is NaN there.
   *
   * @returns how many values were filled, or why it cannot be done
   */
  shape(item: number, out: Float64Array): number | string
}

/** @throws RangeError for items of another width or span than the preparation's */
export function shaperOf(operation: string, preparation: Preparation, items: Items): Shaper {
  const { window, width, lengths, missing } = preparation
  const { steps, starts, span } = items
  const [name, expected] = window === null ? ['rows', 1] : ['windows of', window.length]
  if (span !== expected) {
    throw new RangeError(
      `${operation}: expected ${name}${window === null ? '' : ` ${expected} rows`}, got ${span === 1 ? 'rows' : `windows of ${span}`}`,
    )
  }
  if (steps.width !== width && lengths.rule === 'refuse') {
    throw new RangeError(`${operation}: expected rows of ${width} numbers, got rows of ${steps.width}`)
  }
  const own = rowsAreSeries(preparation) || (missing.rule === 'interpolate' && window === null)
  const source = filledSteps(preparation, steps)
  const length = span * steps.width
  const itemOf = (item: number) =>
    source.subarray(starts[item] * steps.width, starts[item] * steps.width + length)
  if (own) {
    return {
      length: preparedLength(preparation),
      shape: (item, out) => shapeSeries(new Float64Array(itemOf(item)), preparation, out),
    }
  }
  // Windows overlap: a value that was filled is counted in the first of them.
  let counted = 0
  return {
    length,
    shape(item, out) {
      out.set(itemOf(item))
      if (source === steps.values) return 0
      const from = starts[item] * steps.width
      let filled = 0
      for (let i = Math.max(from, counted); i < from + length; i++) {
        if (Number.isNaN(steps.values[i]) && !Number.isNaN(source[i])) filled++
      }
      counted = Math.max(counted, from + length)
      return filled
    },
  }
}

/** The rows of the file as they are, where nothing is to be done to them. */
export const untouchedRows = (preparation: Preparation, { steps, span, rows }: Items): Rows | null =>
  span === 1 && preparation.lengths.rule === 'refuse' && steps.values instanceof Float64Array ? rows : null

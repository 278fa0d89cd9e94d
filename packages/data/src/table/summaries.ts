import type { ParsedSamples } from '../samples/samples.ts'

/**
 * What is odd about a column that is to be a feature. `empty`: it has no value. `constant`: all are equal. `nearly constant`: they differ by less than a
 * millionth of their size, and scaled to unit variance a small change drowns all other columns. `counting`: each is larger than that before it, by the same
 * step or in whole numbers, as numbers of rows and times are. `placeholder`: the smallest or the largest value is one that often stands for a missing
 * one (−9999, 999, −32768, …) and is further from the next than all others are from each other. `unnamed`: the header has no name for it, as pandas writes an
 * index.
 */
export type ColumnOddity = 'empty' | 'constant' | 'nearly constant' | 'counting' | 'placeholder' | 'unnamed'

/** The values of one column. */
export interface ColumnSummary {
  /** From the header, or `column 3` where it has none. */
  readonly name: string
  /** The smallest and the largest value; NaN where there is none. */
  readonly low: number
  readonly high: number
  readonly missing: number
  readonly oddities: readonly ColumnOddity[]
}

/** Values that differ by less than this part of the largest are nearly constant. */
const NEARLY = 1e-6
/** As many values that grow from row to row are hardly chance: 1 in 120. */
const GROWING = 5
/** Steps of decimals are equal but for rounding. */
const EQUAL = 1e-6

/** Numbers that are written where there is none: nines, and the ends of 16 bits. */
const placeholder = /^-?(9{3,}(\.9+)?|32767|32768)$/

const noName = /^(Unnamed: \d+(_level_\d+)?)?$/

/**
 * The range of each column, how many of its values are missing, and what is odd about it as a feature of a model.
 *
 * @param samples `values` are `[count, length]`, in the order of the file
 * @returns one summary for each of the `length` columns
 * @example summariseColumns({ values: Float64Array.of(7, 1, 7, 3), count: 2, length: 2, columns: ['a', 'b'] })[0].oddities // ['constant']
 */
export function summariseColumns({
  values,
  count,
  length,
  columns,
}: Pick<ParsedSamples, 'values' | 'count' | 'length' | 'columns'>): ColumnSummary[] {
  return Array.from({ length }, (_, j) => {
    let [low, high, missing, step] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
    // The next smallest and the next largest.
    let [above, below] = [low, high]
    let [isWhole, isEven, grows, last] = [true, true, true, Number.NaN]
    for (let at = j; at < count * length; at += length) {
      const value = values[at]
      if (Number.isNaN(value)) {
        missing++
        continue
      }
      if (value < low) [above, low] = [low, value]
      else if (value > low && value < above) above = value
      if (value > high) [below, high] = [high, value]
      else if (value < high && value > below) below = value
      isWhole &&= Number.isInteger(value)
      if (!Number.isNaN(last)) {
        const by = value - last
        if (step === 0) step = by
        grows &&= by > 0
        isEven &&= Math.abs(by - step) <= EQUAL * step
      }
      last = value
    }
    const isEmpty = missing === count
    const size = Math.max(Math.abs(low), Math.abs(high))
    const is: Record<ColumnOddity, boolean> = {
      empty: isEmpty,
      constant: low === high && count > 1,
      'nearly constant': low < high && high - low < NEARLY * size,
      counting: grows && (isWhole || isEven) && count - missing >= GROWING,
      placeholder:
        (placeholder.test(String(low)) && above < high && above - low > high - above) ||
        (placeholder.test(String(high)) && below > low && high - below > below - low),
      unnamed: columns !== null && noName.test(columns[j]),
    }
    return {
      name: columns?.[j] || `column ${j + 1}`,
      low: isEmpty ? Number.NaN : low,
      high: isEmpty ? Number.NaN : high,
      missing,
      oddities: (Object.keys(is) as ColumnOddity[]).filter((oddity) => is[oddity]),
    }
  })
}

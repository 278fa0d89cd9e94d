import { expectTensor } from '../../checks.ts'
import { aValue, type OptionsOf, optional, optionTable, withDefault } from '../../option-table.ts'
import { formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { checkList } from './check-list.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'

const aPosition = aValue<number>('a whole number', Number.isSafeInteger)

const rangeOptions = /*#__PURE__*/ optionTable('stridedSlice', {
  /** The first position; default the first of the axis, the last where `step` is negative. */
  start: optional(aPosition),
  /** Where to end, itself left out; default behind the end that `step` leads to. */
  stop: optional(aPosition),
  /** From one position to the next, a whole number ≠ 0. Default 1. */
  step: withDefault(
    aValue<number>('a whole number ≠ 0', (step) => Number.isSafeInteger(step) && step !== 0),
    1,
  ),
})

/** Positions along an axis, NumPy's `start:stop:step`: see {@link stridedSlice}. */
export type SliceRange = OptionsOf<typeof rangeOptions>

/** What is taken of an axis. */
type Taken = readonly [start: number, size: number, step: number]

/** The positions of a range within an axis of length `n`, cut off as Python does. */
function within(range: SliceRange, axis: number, n: number): Taken {
  const { start, stop, step } = rangeOptions.resolve(range, `stridedSlice: axis ${axis}`)
  // Backwards, the place behind the last position is −1.
  const [low, high] = step > 0 ? [0, n] : [-1, n - 1]
  const placeOf = (position: number): number =>
    Math.min(Math.max(position < 0 ? position + n : position, low), high)
  const first = start === undefined ? (step > 0 ? low : high) : placeOf(start)
  const end = stop === undefined ? (step > 0 ? high : low) : placeOf(stop)
  const size = Math.max(0, Math.ceil((end - first) / step))
  return [size === 0 ? 0 : first, size, size > 1 ? step : 1]
}

/**
 * The elements at NumPy's `start:stop:step` along each axis, of any dtype: every `step`-th from `start` on and before `stop`. Negative positions count
 * from the end, positions outside are cut off, and a range may be empty. Whole rows in steps of 1 are views, everything else is a copy; {@link slice} is
 * the same by sizes, and refuses what lies outside.
 *
 * @param ranges one an axis: a range, `null` for the whole axis, or a single position, which drops the axis. Axes behind the last range are whole.
 * @throws RangeError for more ranges than axes and a single position outside its axis; TypeError for numbers that are not whole, a step of 0 and other
 *   keys
 * @example
 * const x = tensor([[0, 1, 2, 3], [4, 5, 6, 7]])
 * stridedSlice(x, [null, { start: 1, step: 2 }]).toArray()   // [[1, 3], [5, 7]]
 * stridedSlice(x, [-1, { stop: -1 }]).toArray()   // [4, 5, 6]
 * stridedSlice(x, [{ step: -1 }]).toArray()   // [[4, 5, 6, 7], [0, 1, 2, 3]]
 */
export function stridedSlice(x: Tensor, ranges: readonly (SliceRange | number | null)[]): Tensor {
  expectTensor('stridedSlice', x)
  checkList('stridedSlice', 'ranges such as { start: 1, step: 2 }', ranges)
  if (ranges.length > x.rank)
    throw new RangeError(`stridedSlice: expected at most ${x.rank} ranges, got ${ranges.length}`)
  const taken = x.shape.map((n, axis): Taken => {
    const range = ranges[axis]
    if (axis >= ranges.length || range === null) return [0, n, 1]
    if (typeof range !== 'number') return within(range, axis, n)
    if (Number.isInteger(range) && range >= -n && range < n) return [range < 0 ? range + n : range, 1, 1]
    throw new RangeError(`stridedSlice: ${range} is outside axis ${axis} of ${formatShape(x.shape)}`)
  })
  const sizes = taken.map(([, size]) => size)
  const steps = taken.map(([, , step]) => step)
  const starts = taken.map(([start]) => start)
  const part = slice(x, starts, sizes, steps.every((step) => step === 1) ? undefined : steps)
  return ranges.some((range) => typeof range === 'number')
    ? reshape(
        part,
        sizes.filter((_, axis) => typeof ranges[axis] !== 'number'),
      )
    : part
}

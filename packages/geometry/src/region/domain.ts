import { aValue } from '@facet/tensor/checks'
import type { Box } from './explorer.ts'

/** One interval for all axes, ends for each axis, or `null` for all of space. */
export type GivenBox = readonly [number, number] | Box | null

const isEnds = (lower: unknown, upper: unknown): boolean =>
  Number.isFinite(lower) && Number.isFinite(upper) && (lower as number) < (upper as number)

/** A box as an option: its interior is not empty. */
export const aBox = aValue<GivenBox>(
  'null, [lower, upper] or {lower: [inputs], upper: [inputs]} with finite lower < upper',
  (value) => {
    if (value === null) return true
    if (Array.isArray(value)) return value.length === 2 && isEnds(value[0], value[1])
    const { lower, upper } = (value ?? {}) as { lower?: unknown; upper?: unknown }
    return (
      Array.isArray(lower) &&
      Array.isArray(upper) &&
      lower.length === upper.length &&
      lower.every((lo, i) => isEnds(lo, upper[i]))
    )
  },
)

/** @throws RangeError for a box of another number of axes. */
export function boxOf(operation: string, box: GivenBox, inputs: number): Box | null {
  if (box === null) return null
  if ('lower' in box) {
    if (box.lower.length === inputs) return box
    throw new RangeError(`${operation}: box: expected ${inputs} axes, got ${box.lower.length}`)
  }
  return { lower: new Array<number>(inputs).fill(box[0]), upper: new Array<number>(inputs).fill(box[1]) }
}

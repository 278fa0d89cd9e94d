import { interpolate } from './interpolate.ts'
import type { Numbers } from './numbers.ts'
import { type Preparation, rowsAreSeries } from './preparation.ts'
import type { Steps } from './steps.ts'

/** What was filled last: items are often prepared batch by batch. */
const known = new WeakMap<Steps, { way: Way; missing: Preparation['missing']; values: Numbers }>()

/** Where values come from that fill others: from the same column, from before and after, or from nowhere else than the row. */
type Way = 'column' | 'time' | 'row'

function wayOf(preparation: Preparation): Way {
  const { missing, window } = preparation
  if (missing.rule === 'interpolate') return window === null ? 'row' : 'time'
  return 'fill' in missing && !rowsAreSeries(preparation) ? 'column' : 'row'
}

/**
 * The values of all steps, those that are missing filled from other rows: by the column, or along time for windows. Series fill themselves.
 *
 * @returns the steps' own where nothing is to be filled
 */
export function filledSteps(preparation: Preparation, steps: Steps): Numbers {
  const way = wayOf(preparation)
  if (way === 'row') return steps.values
  const { missing } = preparation
  const before = known.get(steps)
  if (before?.missing === missing && before.way === way) return before.values
  const values = hasMissing(steps.values) ? filledCopy(way, missing, steps) : steps.values
  known.set(steps, { way, missing, values })
  return values
}

function filledCopy(
  way: Way,
  missing: Preparation['missing'],
  { values, width, bounds, times }: Steps,
): Numbers {
  // In float64: a mean is not rounded before it is normalised.
  const out = new Float64Array(values)
  if (way === 'column' && 'fill' in missing) {
    for (let i = 0; i < out.length; i++) if (Number.isNaN(out[i])) out[i] = missing.fill[i % width]
    return out
  }
  for (let k = 0; k + 1 < bounds.length; k++) {
    const [begin, end] = [bounds[k], bounds[k + 1]]
    const own = times?.subarray(begin, end)
    for (let j = 0; j < width; j++) interpolate(out, begin * width + j, end - begin, width, own)
  }
  return out
}

function hasMissing(values: Numbers): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true
  return false
}

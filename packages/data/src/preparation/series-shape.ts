import { momentsOf } from '../moments.ts'
import { interpolate } from './interpolate.ts'
import { middles } from './middle.ts'
import { counted, countMissing } from './numbers.ts'
import type { Preparation } from './preparation.ts'

/** Where a series ends: behind its last value. */
export function endOf(row: ArrayLike<number>): number {
  let end = row.length
  while (end > 0 && Number.isNaN(row[end - 1])) end--
  return end
}

/** Fills what is missing in a series from the series itself, in place. @returns how many were filled */
export function fillSeries(series: Float64Array, { rule }: Preparation['missing']): number {
  const missing = countMissing(series)
  if (missing === 0 || missing === series.length || rule === 'refuse' || rule === 'drop') return 0
  if (rule === 'interpolate') return interpolate(series, 0, series.length)
  const middle = middles[rule](series.filter((value) => !Number.isNaN(value)))
  for (let i = 0; i < series.length; i++) if (Number.isNaN(series[i])) series[i] = middle
  return missing
}

type Shaped = Exclude<Preparation['lengths'], { rule: 'refuse' }>

/** One row per rule: what stands against it, and how it writes a series without gaps into `out`. */
const rules: {
  readonly [R in Shaped['rule']]: {
    obstacle(end: number, length: number): string | null
    write(series: Float64Array, out: Float64Array): void
  }
} = {
  pad: {
    obstacle: (end, length) =>
      end <= length ? null : `too long: ${counted(end, 'value')}, expected at most ${length}`,
    write(series, out) {
      out.set(series)
      if (series.length < out.length) out.fill(momentsOf(series).mean, series.length)
    },
  },
  cut: {
    obstacle: (end, length) =>
      end >= length ? null : `too short: ${counted(end, 'value')}, expected at least ${length}`,
    write: (series, out) => out.set(series.subarray(0, out.length)),
  },
  stretch: {
    obstacle: (end) => (end >= 2 ? null : `too short: ${counted(end, 'value')}, expected at least 2`),
    write(series, out) {
      if (series.length === out.length) return out.set(series)
      const step = (series.length - 1) / Math.max(1, out.length - 1)
      for (let k = 0; k < out.length; k++) {
        const at = Math.min(k * step, series.length - 1)
        const i = Math.min(Math.floor(at), series.length - 2)
        out[k] = series[i] + (series[i + 1] - series[i]) * (at - i)
      }
    },
  },
}

/**
 * A series in the length that models are given: what is missing within is filled by its rule first.
 *
 * @param out its length is that of the rule
 * @returns how many values were filled, or why it cannot be done
 */
export function shapeSeries(
  row: Float64Array,
  { missing, lengths }: Pick<Preparation, 'missing' | 'lengths'>,
  out: Float64Array,
): number | string {
  if (lengths.rule === 'refuse') {
    out.set(row)
    return fillSeries(out, missing)
  }
  const end = endOf(row)
  if (end === 0) return 'no value'
  const { obstacle, write } = rules[lengths.rule]
  const against = obstacle(end, lengths.length)
  if (against !== null) return against
  const series = row.slice(0, end)
  const filled = fillSeries(series, missing)
  write(series, out)
  return filled
}

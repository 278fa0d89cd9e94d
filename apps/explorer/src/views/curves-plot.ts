import { linePath } from '../draw/line-path.ts'
import { linearScale, logScale, type Scale } from '../draw/scale.ts'
import { thinned } from './curves-thinned.ts'
import { numberText } from './number-text.ts'

/** Numbers over steps. */
export interface Series {
  readonly length: number
  readonly stepOf: (point: number) => number
  readonly valueOf: (point: number) => number
}

/** Where a panel is drawn, in pixels. */
export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A line or a number of an axis. */
export interface Tick {
  readonly at: number
  readonly text: string
}

/** Steps from the first to the last. */
export const stepScale = (last: number, { left, right }: Area): Scale =>
  linearScale([0, Math.max(1, last)], [left, right])

/** The least and the largest value that an axis has to show; `null` where there is none. */
function extentOf(series: readonly Series[], isShown: (value: number) => boolean): [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { length, valueOf } of series)
    for (let i = 0; i < length; i++) {
      const value = valueOf(i)
      if (!isShown(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  return low <= high ? [low, high] : null
}

/** An axis of powers of 10 around all values above 0. */
export function errorScale(series: readonly Series[], { top, bottom }: Area): Scale {
  const [low, high] = extentOf(series, (value) => value > 0 && value < Infinity) ?? [0.1, 1]
  return logScale([low / 1.1, high * 1.1], [bottom, top])
}

/** An axis from 0 for numbers of things. */
export function countScale(series: Series, { top, bottom }: Area): Scale {
  const [, high] = extentOf([series], Number.isFinite) ?? [0, 1]
  return linearScale([0, Math.max(1, high) * 1.05], [bottom, top])
}

/** Tens of an axis of errors, where there are at least two of them, else numbers between. */
export function errorTicks(scale: Scale): Tick[] {
  const [low, high] = scale.domain
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))]
  const stride = Math.ceil((last - first + 1) / MOST_TICKS)
  const tens = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  const values =
    tens.length > 1
      ? tens.filter((_, i) => i % stride === 0).map((exponent) => 10 ** exponent)
      : linearScale([low, high], [0, 1]).ticks(3)
  return ticksAt(scale, values)
}

const MOST_TICKS = 5

export const countTicks = (scale: Scale, count: number): Tick[] =>
  ticksAt(scale, scale.ticks(count).filter(Number.isInteger))

const ticksAt = (scale: Scale, values: readonly number[]): Tick[] =>
  values.map((value) => ({ at: scale(value), text: numberText(value) }))

/** A series as the path of an SVG, of a few hundred points whatever its length. */
export const pathOf = ({ length, stepOf, valueOf }: Series, x: Scale, y: Scale): string =>
  linePath(
    thinned(
      length,
      (i) => x(stepOf(i)),
      (i) => y(valueOf(i)),
    ),
  )

/** The value of a series at a step: of the last point that is not behind it. `null` before the first. */
export function valueAt({ length, stepOf, valueOf }: Series, step: number): number | null {
  let [below, above] = [-1, length]
  while (above - below > 1) {
    const middle = (below + above) >> 1
    if (stepOf(middle) <= step) below = middle
    else above = middle
  }
  return below < 0 ? null : valueOf(below)
}

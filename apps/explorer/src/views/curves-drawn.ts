import type { Curve } from '../session/curve.ts'
import type { PanelLine } from './curves-panel.tsx'
import {
  type Area,
  countScale,
  countTicks,
  errorScale,
  errorTicks,
  pathOf,
  type Series,
  stepScale,
  type Tick,
} from './curves-plot.ts'
import type { RegionCounts } from './curves-regions.ts'

/** Pixels between the panels, and those of the numbers around. */
const [BETWEEN, TOP, SIDE, BELOW] = [14, 8, 48, 22]

/** Of the height that both panels have. */
const UPPER_SHARE = 0.64

/** Steps on the axis: their numbers take some 70 pixels each. */
const PER_STEP_TICK = 90

/** Everything that does not change while one only looks at other steps. */
export interface DrawnCurves {
  readonly upper: Area
  readonly lower: Area
  readonly x: ReturnType<typeof stepScale>
  readonly steps: readonly Tick[]
  readonly errors: { readonly ticks: readonly Tick[]; readonly lines: readonly PanelLine[] }
  readonly counts: {
    readonly live: readonly Tick[]
    readonly regions: readonly Tick[]
    readonly lines: readonly PanelLine[]
  }
}

/** The curves of a session. Every series has a name, which is the class that colours it. */
export interface AllSeries {
  readonly loss: Series
  readonly validation: Series
  readonly live: Series
  readonly regions: Series
}

/** Columns of the session's curve. */
const COLUMN = { step: 0, loss: 1, validation: 2, live: 3 } as const

/** A column of the session's curve. */
export const columnOf = (curve: Curve, name: 'loss' | 'validation' | 'live'): Series => ({
  length: curve.length,
  stepOf: (i) => curve.at(i, COLUMN.step),
  valueOf: (i) => curve.at(i, COLUMN[name]),
})

export const seriesOf = (curve: Curve, counts: RegionCounts): AllSeries => ({
  loss: columnOf(curve, 'loss'),
  validation: columnOf(curve, 'validation'),
  live: columnOf(curve, 'live'),
  regions: { length: counts.length, stepOf: (i) => counts.step(i), valueOf: (i) => counts.regions(i) },
})

/** @param last step of the axis */
export function drawCurves(
  { loss, validation, live, regions }: AllSeries,
  last: number,
  { width, height }: { readonly width: number; readonly height: number },
): DrawnCurves {
  const [left, right] = [SIDE, Math.max(SIDE + 1, width - SIDE)]
  const bottom = Math.max(TOP + BETWEEN + 2, height - BELOW)
  const middle = TOP + UPPER_SHARE * (bottom - TOP - BETWEEN)
  const upper: Area = { left, right, top: TOP, bottom: middle }
  const lower: Area = { left, right, top: middle + BETWEEN, bottom }
  const x = stepScale(last, upper)
  const [y, liveY, regionsY] = [
    errorScale([loss, validation], upper),
    countScale(live, lower),
    countScale(regions, lower),
  ]
  const lineOf = (name: keyof AllSeries, series: Series, scale: typeof y): PanelLine => ({
    name,
    path: pathOf(series, x, scale),
  })
  return {
    upper,
    lower,
    x,
    steps: countTicks(x, Math.max(2, Math.floor((right - left) / PER_STEP_TICK))),
    errors: { ticks: errorTicks(y), lines: [lineOf('loss', loss, y), lineOf('validation', validation, y)] },
    counts: {
      live: countTicks(liveY, 3),
      regions: countTicks(regionsY, 3),
      lines: [lineOf('live', live, liveY), lineOf('regions', regions, regionsY)],
    },
  }
}

import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import { svgOf } from '../../../report/plot.ts'
import { twoDigits } from '../../../text/number.ts'
import { extent } from '../../../text/statistics.ts'
import { generatorKinds } from '../cases.ts'
import type { Point } from '../picture.ts'
import type { ShownModel } from './picture-kind.ts'

/** Width of a panel, in pixels; it is drawn smaller where there is less room. */
const width = 260

export type Flat = readonly [x: number, y: number]

/** Where the axes of a panel begin and end. */
export interface Frame {
  readonly x: Flat
  readonly y: Flat
}

/** A panel is at most so many times as high as wide, or as wide as high. */
const mostStretched = 8

/** The smallest frame around all points, widened by a share of the larger side. */
export function frameAround(points: readonly Flat[], margin: number): Frame {
  const ends = (axis: 0 | 1): Flat => {
    const values = points.map((point) => point[axis])
    return extent(values)
  }
  const [x, y] = [ends(0), ends(1)]
  const size = Math.max(x[1] - x[0], y[1] - y[0]) || 1
  const room = margin * size
  const widened = ([from, to]: Flat): Flat => {
    const lacking = Math.max(0, size / mostStretched - (to - from)) / 2
    return [from - lacking - room, to + lacking + room]
  }
  return { x: widened(x), y: widened(y) }
}

/** What training saw. */
export const trainingDots = (train: readonly Point[], project: (point: Point) => Flat, r = 2.4): Plot.Dot =>
  Plot.dot(train.map(project), { r, fill: pageColour('ink'), stroke: pageColour('paper'), strokeWidth: 0.8 })

/** A panel without ticks, a unit being as long across as up; titled with its model and the number that it explains. */
export function panelOf(
  { generators, gapDistance }: ShownModel,
  marks: readonly Plot.Markish[],
  { x, y }: Frame,
  shows: string,
): Panel {
  const title = generatorKinds[generators].title
  const svg = svgOf({
    width,
    height: Math.round((width * (y[1] - y[0])) / (x[1] - x[0])),
    margin: 1,
    x: { axis: null, domain: x },
    y: { axis: null, domain: y },
    marks: [Plot.frame({ stroke: pageColour('rule') }), ...marks],
    ariaLabel: `${shows}: ${title}`,
  })
  return { title, colour: generatorKinds[generators].colour, note: twoDigits(gapDistance), svg }
}

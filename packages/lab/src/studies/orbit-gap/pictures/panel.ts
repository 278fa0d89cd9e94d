import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import { svgOf } from '../../../report/plot.ts'
import { twoDigits } from '../../../text/number.ts'
import { generatorColours, modelTitles, type ShownModel } from './shown-model.ts'

/** Width of a panel, in pixels; it is drawn smaller where there is less room. */
const width = 260

/** Where the axes of a panel begin and end. */
export interface Frame {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** The smallest frame around all points, widened by a share of the larger side. */
export function frameAround(points: readonly (readonly [number, number])[], margin: number): Frame {
  const ends = (axis: 0 | 1) => points.map((point) => point[axis])
  const [x, y] = [ends(0), ends(1)]
  const [left, right, bottom, top] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]
  const room = margin * Math.max(right - left, top - bottom)
  return { x: [left - room, right + room], y: [bottom - room, top + room] }
}

/** A panel without ticks, a unit being as long across as up; titled with its model and the number that it explains. */
export function panelOf(
  { generators, gapDistance }: ShownModel,
  marks: readonly Plot.Markish[],
  { x, y }: Frame,
  shows: string,
): Panel {
  const height = Math.round((width * (y[1] - y[0])) / (x[1] - x[0]))
  const title = modelTitles[generators]
  const svg = svgOf({
    width,
    height,
    margin: 1,
    x: { axis: null, domain: x },
    y: { axis: null, domain: y },
    marks: [Plot.frame({ stroke: pageColour('rule') }), ...marks],
    ariaLabel: `${shows}: ${title}`,
  })
  return { title, colour: generatorColours[generators], note: twoDigits(gapDistance), svg }
}

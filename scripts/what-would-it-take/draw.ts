import { faint, ink, lineColours, rule } from '../../packages/lab/src/draw/colours.ts'
import { sheetOf, type Titled } from '../../packages/lab/src/draw/sheet.ts'
import { type Drawn, element, text } from '../../packages/lab/src/draw/svg.ts'
import type { Compared } from './compare.ts'

/** A set with what its readings are held against, errors × 100. */
export interface SetPanel {
  readonly set: string
  readonly paper: { readonly mean: number; readonly std: number }
  readonly meanPredictor: number
}

/** A row of the picture: errors × 100 by set. */
export interface ReadingRow {
  readonly group: string
  readonly name: string
  readonly results: Readonly<Record<string, Pick<Compared, 'mean' | 'std'>>>
}

/** What {@link drawReadings} shows. */
export interface ReadingsPicture {
  readonly panels: readonly SetPanel[]
  readonly readings: readonly ReadingRow[]
  readonly command: string
  readonly seed: number
}

const rowHeight = 17
const axisRoom = 38
const plotWidth = 190
/** The longest name of a reading is 36 letters. */
const nameRoom = 236
/** Errors that are farther off say no more in a picture than a number with an arrow does. */
const farthest = 400
const [ours, paperColour] = lineColours
const ticks = [0.01, 0.1, 1, 3, 10, 30, 100]
/** Over more decades than this ticks that are no powers of ten have no room. */
const mostWithThrees = 3

/** Where the rows are: one after another, those of a group together. */
const yOf = (row: number): number => (row + 0.5) * rowHeight

/** Lines between groups, over the whole width of a panel. */
const groupLines = (readings: readonly ReadingRow[], width: number): string[] =>
  readings.flatMap(({ group }, i) =>
    i > 0 && group !== readings[i - 1].group
      ? [element('path', { d: `M0,${i * rowHeight}H${width}`, stroke: rule })]
      : [],
  )

function names(readings: readonly ReadingRow[]): Titled {
  const words = readings.map(({ name }, i) =>
    text(nameRoom, yOf(i) + 4, name, { 'text-anchor': 'end', 'font-size': 12, fill: ink }),
  )
  const svg = [...groupLines(readings, nameRoom), ...words].join('\n')
  return { svg, width: nameRoom, height: readings.length * rowHeight + axisRoom, title: 'Reading' }
}

/** A point of an axis of logarithms: what counts is by which factor an error is off. */
function axisOf({ set, paper, meanPredictor }: SetPanel, readings: readonly ReadingRow[]) {
  const shown = [...readings.map(({ results }) => results[set].mean), paper.mean, meanPredictor].filter(
    (value) => value > 0 && value < farthest,
  )
  const [low, high] = [Math.min(...shown) / 1.3, Math.max(...shown) * 1.3]
  return {
    low,
    high,
    x: (value: number): number =>
      (plotWidth * Math.log(Math.min(high, Math.max(low, value)) / low)) / Math.log(high / low),
  }
}

function panelOf(panel: SetPanel, readings: readonly ReadingRow[]): Titled {
  const { set, paper, meanPredictor } = panel
  const { low, high, x } = axisOf(panel, readings)
  const bottom = readings.length * rowHeight
  const at = (value: number, attributes: Record<string, string | number>): string =>
    element('path', { d: `M${x(value)},0V${bottom}`, ...attributes })
  const grid = ticks
    .filter((tick) => tick >= low && tick <= high)
    .filter((tick) => Number.isInteger(Math.log10(tick)) || Math.log10(high / low) <= mostWithThrees)
    .map(
      (tick) =>
        at(tick, { stroke: rule }) +
        text(x(tick), bottom + 14, String(tick), {
          'text-anchor': 'middle',
          'font-size': 11,
          fill: ink,
        }),
    )
  const [from, to] = [x(paper.mean - paper.std), x(paper.mean + paper.std)]
  const marks = readings.map(({ results }, i) => {
    const { mean, std } = results[set]
    if (mean > high)
      return text(plotWidth, yOf(i) + 4, `${Math.round(mean).toLocaleString('en-US')} →`, {
        'text-anchor': 'end',
        'font-size': 11,
        fill: ours,
      })
    const spread = element('path', {
      d: `M${x(mean - std)},${yOf(i)}H${x(mean + std)}`,
      stroke: ours,
      'stroke-width': 1.5,
    })
    return spread + element('circle', { cx: x(mean), cy: yOf(i), r: 3.5, fill: ours })
  })
  const svg = [
    ...groupLines(readings, plotWidth),
    ...grid,
    element('rect', { x: from, y: 0, width: to - from, height: bottom, fill: paperColour, opacity: 0.3 }),
    at(paper.mean, { stroke: paperColour, 'stroke-width': 2 }),
    at(meanPredictor, { stroke: faint, 'stroke-dasharray': '4 3' }),
    element('path', { d: `M0,${bottom}H${plotWidth}`, stroke: faint }),
    ...marks,
  ].join('\n')
  return { svg, width: plotWidth, height: bottom + axisRoom, title: set, note: String(paper.mean) }
}

const legend: Drawn = {
  svg: [
    element('circle', { cx: 8, cy: 0, r: 3.5, fill: ours }) +
      text(20, 4, 'ours, mean and deviation over runs', { 'font-size': 12, fill: ink }),
    element('path', { d: 'M250,-7V7', stroke: paperColour, 'stroke-width': 2 }) +
      text(260, 4, "the paper's figure, beside the name of the set", { 'font-size': 12, fill: ink }),
    element('path', { d: 'M540,-7V7', stroke: faint, 'stroke-dasharray': '4 3' }) +
      text(550, 4, 'mean predictor', { 'font-size': 12, fill: ink }),
  ].join('\n'),
  width: 650,
  height: 12,
}

/** Test errors of all readings beside the paper's figure, a panel a set, as one SVG. */
export const drawReadings = ({ panels, readings, command, seed }: ReadingsPicture): string =>
  sheetOf({
    rows: [[names(readings), ...panels.map((panel) => panelOf(panel, readings))]],
    legends: [legend],
    caption:
      'Test error × 100 of the plain autoencoder with one unstated setting at a time read otherwise than in the first row. Axes are logarithmic; numbers with an arrow lie outside.',
    provenance: { command, seed },
  })

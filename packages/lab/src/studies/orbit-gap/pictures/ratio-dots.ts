import * as Plot from '@observablehq/plot'
import type { Html } from '../../../report/html.ts'
import { pageColour } from '../../../report/palette.ts'
import { svgOf } from '../../../report/plot.ts'
import { twoDigits } from '../../../text/number.ts'
import { generatorTitles } from '../cases.ts'
import { helpedBelow, type OrbitRow } from '../summarise.ts'
import { generatorColours } from './shown-model.ts'

/** The axis of every case; what lies beyond stands at its ends. */
const ticks = [0.05, 0.1, 0.2, helpedBelow, 1, 2, 5, 10, 20]
const domain = [0.03, 20]

/** Plot leaves out labels of its logarithmic axes: the logarithm is taken here. */
const logarithm = Math.log10

/** A row of dots, and what is above and below the rows, in pixels. */
const rowHeight = 52
const margins = { marginLeft: 14, marginRight: 14, marginTop: 16, marginBottom: 42 }

/** Of the chart with so many rows. */
export const heightOf = (rows: number): number => rowHeight * rows + margins.marginTop + margins.marginBottom

const nameOf = ({ case: { generators, weight } }: OrbitRow): string =>
  `${generatorTitles[generators]}, λ ${weight}`

/** All seeds of a case, a dot each: its gap distance divided by that of the plain autoencoder of the same seed. */
export function ratioDots(rows: readonly OrbitRow[]): Html {
  const finished = rows.filter(({ ratios }) => ratios.length > 0)
  const dots = finished.flatMap((row) =>
    row.ratios.map((ratio) => ({
      name: nameOf(row),
      ratio: logarithm(ratio),
      colour: generatorColours[row.case.generators],
    })),
  )
  return svgOf({
    width: 420,
    height: heightOf(rows.length),
    ...margins,
    style: { fontSize: '12px' },
    x: {
      domain: domain.map(logarithm),
      clamp: true,
      ticks: ticks.map(logarithm),
      tickFormat: (_: number, i: number) => String(ticks[i]),
      label: 'ratio to the plain autoencoder of the same seed',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    fy: { domain: rows.map(nameOf), axis: null, padding: 0 },
    marks: [
      Plot.ruleX([logarithm(1)], { stroke: pageColour('faint') }),
      Plot.ruleX([logarithm(helpedBelow)], { stroke: pageColour('faint'), strokeDasharray: '3 3' }),
      Plot.text(rows, {
        fy: nameOf,
        text: nameOf,
        frameAnchor: 'top-left',
        dy: 3,
        fontWeight: 600,
        fill: ({ case: { generators } }: OrbitRow) => generatorColours[generators],
      }),
      Plot.text(finished, {
        fy: nameOf,
        text: ({ medianRatio }: OrbitRow) => `median ${twoDigits(medianRatio)}`,
        frameAnchor: 'top-right',
        dy: 3,
        fill: pageColour('faint'),
      }),
      Plot.dot(
        dots,
        Plot.dodgeY('middle', { fy: 'name', x: 'ratio', r: 3, dy: 9, fill: 'colour', padding: 0.5 }),
      ),
      Plot.tickX(finished, {
        fy: nameOf,
        x: ({ medianRatio }: OrbitRow) => logarithm(medianRatio),
        stroke: pageColour('ink'),
        strokeWidth: 2,
        insetTop: 20,
        insetBottom: 2,
      }),
    ],
    ariaLabel: `Ratios of all seeds: ${finished.map((row) => `${nameOf(row)}: median ${twoDigits(row.medianRatio)}`).join('; ')}`,
  })
}

import * as Plot from '@observablehq/plot'
import { pageColour } from '../../../report/palette.ts'
import { svgOf } from '../../../report/plot.ts'
import { twoDigits } from '../../../text/number.ts'
import { generatorKinds } from '../cases.ts'
import { helpedBelow, type OrbitGapRow } from '../report.ts'
import type { PictureKind } from './picture-kind.ts'

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

const nameOf = ({ case: { generators, weight } }: OrbitGapRow): string =>
  `${generatorKinds[generators].title}, λ ${weight}`
const colourOf = ({ case: { generators } }: OrbitGapRow): string => generatorKinds[generators].colour
const medianText = ({ medianRatio }: OrbitGapRow): string => `median ${twoDigits(medianRatio)}`

/** All seeds of a case, a dot each: its gap distance divided by that of the plain autoencoder of the same seed. */
export const ratioDots: PictureKind = {
  title: 'All seeds',
  caption:
    'Each seed is a dot: the gap distance of the regularized model divided by that of the plain autoencoder of the same seed. Left of the solid line the regularizer helps, left of the dashed one it halves the distance; bars are medians.',
  chart(_, rows) {
    const finished = rows.filter(({ ratios }) => ratios.length > 0)
    const dots = finished.flatMap((row) =>
      row.ratios.map((ratio) => ({ name: nameOf(row), ratio: logarithm(ratio), colour: colourOf(row) })),
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
          fill: colourOf,
        }),
        Plot.text(finished, {
          fy: nameOf,
          text: medianText,
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
          x: ({ medianRatio }: OrbitGapRow) => logarithm(medianRatio),
          stroke: pageColour('ink'),
          strokeWidth: 2,
          insetTop: 20,
          insetBottom: 2,
        }),
      ],
      ariaLabel: `Ratios of all seeds: ${finished.map((row) => `${nameOf(row)}: ${medianText(row)}`).join('; ')}`,
    })
  },
}

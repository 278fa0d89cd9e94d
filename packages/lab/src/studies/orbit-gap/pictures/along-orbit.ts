import * as Plot from '@observablehq/plot'
import { pageColour } from '../../../report/palette.ts'
import { svgOf } from '../../../report/plot.ts'
import { generatorKinds } from '../cases.ts'
import { gapOf } from './gap.ts'
import type { PictureKind } from './picture-kind.ts'
import { heightOf } from './ratio-dots.ts'

/** The axis of distances: what is nearer or farther is drawn at its ends. */
const distances: [number, number] = [5e-4, 1]

/** Distance of the true curve to what each model learned, along the curve; as high as the dots of its case. */
export const alongOrbit: PictureKind = {
  title: 'Distance along the orbit',
  caption:
    'Seed 0, colours as above. How far each point of the true orbit is from the nearest point of each learned curve.',
  chart(models) {
    if (models.length === 0) return null
    const { picture } = models[0]
    const [from, to] = gapOf(picture)
    const last = picture.orbit.length - 1
    const lines = models.flatMap(({ generators, picture: { toSurface } }) =>
      toSurface.map((distance, i) => ({ generators, share: i / last, distance })),
    )
    return svgOf({
      width: 420,
      height: heightOf(models.length - 1),
      marginTop: 24,
      marginLeft: 44,
      marginRight: 24,
      marginBottom: 42,
      style: { fontSize: '12px' },
      x: {
        domain: [0, 1],
        label: 'along the orbit',
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: [0, from, to, 1],
        tickFormat: (share: number) => `${Math.round(100 * share)} %`,
      },
      y: {
        type: 'log',
        domain: distances,
        clamp: true,
        ticks: [0.001, 0.01, 0.1, 1],
        tickFormat: '~g',
        label: 'distance to the learned curve',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        Plot.rectX([0], { x1: from, x2: to, fill: pageColour('faint'), fillOpacity: 0.16 }),
        Plot.text(['gap'], { x: (from + to) / 2, frameAnchor: 'bottom', dy: -6, fill: pageColour('faint') }),
        Plot.line(lines, {
          x: 'share',
          y: 'distance',
          z: 'generators',
          stroke: ({ generators }: (typeof lines)[number]) => generatorKinds[generators].colour,
          strokeWidth: 2,
        }),
      ],
      ariaLabel: 'Distance from each point of the true orbit to the curve that each model learned',
    })
  },
}

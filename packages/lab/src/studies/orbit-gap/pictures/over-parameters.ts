import * as Plot from '@observablehq/plot'
import { pageColour } from '../../../report/palette.ts'
import type { Point } from '../picture.ts'
import { distanceColour, distanceSteps } from './distance-colours.ts'
import { gridSide, parametersOf } from './gap.ts'
import { type Frame, panelOf, trainingDots } from './panel.ts'
import type { PictureKind } from './picture-kind.ts'

/** Room for half a dot around the parameters' range. */
const frame: Frame = { x: [-0.02, 1.02], y: [-0.02, 1.02] }

/** One panel a model over the two parameters of the torus patch: how far the true point there is from the learned surface. */
export const overParameters: PictureKind = {
  title: 'Distance over the two parameters',
  caption:
    'Seed 0. How far the true point at each pair of parameters is from the learned surface. Dots: what training saw; the square is the hole.',
  ofDistances: true,
  suffix: '-hole',
  panels: (models) =>
    models.map((model) => {
      const { orbit, train, test, toSurface } = model.picture
      const side = gridSide(orbit)
      const at = (point: Point) => parametersOf(orbit, side, point)
      // Values lie in the middle of cells: the grid's ends are the range's ends.
      const half = 0.5 / (side - 1)
      const bounds = { x1: -half, x2: 1 + half, y1: -half, y2: 1 + half }
      const [from, to] = [test[0], test[test.length - 1]].map((point) => at(point)[1])
      const marks = [
        ...[0, ...distanceSteps].map((threshold, step) =>
          Plot.contour(toSurface, {
            width: side,
            height: side,
            ...bounds,
            thresholds: [threshold],
            fill: distanceColour(step),
            stroke: 'none',
            clip: true,
          }),
        ),
        Plot.rect([0], { x1: from, x2: to, y1: from, y2: to, stroke: pageColour('paper'), strokeWidth: 1.5 }),
        trainingDots(train, at),
      ]
      return panelOf(model, marks, frame, 'Distance of the true patch to the learned surface')
    }),
}

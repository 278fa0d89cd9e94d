import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import { distanceColour, distanceSteps } from './distance-colours.ts'
import { gridSide, parametersOf } from './gap.ts'
import { type Frame, panelOf } from './panel.ts'
import type { ShownModel } from './shown-model.ts'

/** Room for half a dot around the parameters' range. */
const frame: Frame = { x: [-0.02, 1.02], y: [-0.02, 1.02] }

/** One panel a model over the two parameters of the torus patch: how far the true point there is from the learned surface. */
export const holePanels = (models: readonly ShownModel[]): Panel[] =>
  models.map((model) => {
    const { picture } = model
    const side = gridSide(picture)
    // Values lie in the middle of cells: the grid's ends are the range's ends.
    const half = 0.5 / (side - 1)
    const bounds = { x1: -half, x2: 1 + half, y1: -half, y2: 1 + half }
    const corners = [picture.test[0], picture.test[picture.test.length - 1]].map(
      (point) => parametersOf(picture, point)[1],
    )
    const [from, to] = corners
    const marks = [
      ...[0, ...distanceSteps].map((threshold, step) =>
        Plot.contour(picture.toSurface, {
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
      Plot.dot(
        picture.train.map((point) => parametersOf(picture, point)),
        { r: 2.4, fill: pageColour('ink'), stroke: pageColour('paper'), strokeWidth: 0.8 },
      ),
    ]
    return panelOf(model, marks, frame, 'Distance of the true patch to the learned surface')
  })

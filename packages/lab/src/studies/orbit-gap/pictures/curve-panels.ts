import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import type { Point } from '../picture.ts'
import { frameAround, panelOf } from './panel.ts'
import { generatorColours, type ShownModel } from './shown-model.ts'

/** One panel a model, all of one scale: the true curve, its gap, the training points, and the curve that was learned. */
export function curvePanels(
  models: readonly ShownModel[],
  [across, up]: readonly [across: number, up: number],
): Panel[] {
  const flat = (points: readonly Point[]) =>
    points.map((point): [number, number] => [point[across], point[up]])
  const frame = frameAround(flat(models[0].picture.orbit), 0.12)
  return models.map((model) => {
    const { orbit, test, surface, train } = model.picture
    const marks = [
      Plot.line(flat(test), {
        stroke: pageColour('faint'),
        strokeOpacity: 0.28,
        strokeWidth: 14,
        strokeLinecap: 'round',
      }),
      Plot.line(flat(orbit), { stroke: pageColour('ink'), strokeWidth: 1 }),
      Plot.line(flat(surface), {
        stroke: generatorColours[model.generators],
        strokeWidth: 3.5,
        strokeLinejoin: 'round',
        clip: true,
      }),
      Plot.dot(flat(train), {
        r: 2.6,
        fill: pageColour('ink'),
        stroke: pageColour('paper'),
        strokeWidth: 0.8,
      }),
    ]
    return panelOf(model, marks, frame, 'The learned curve against the true orbit')
  })
}

import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import { generatorKinds } from '../cases.ts'
import type { Point } from '../picture.ts'
import { type Flat, frameAround, panelOf, trainingDots } from './panel.ts'
import type { PictureKind, ShownModel } from './picture-kind.ts'

/** One panel a model, all of one scale: the true curve, its gap, the training points, and the curve that was learned. */
function panels(models: readonly ShownModel[], [across, up]: Flat): Panel[] {
  const project = (point: Point): Flat => [point[across], point[up]]
  return models.map((model, _, [{ picture }]) => {
    const { orbit, test, surface, train } = model.picture
    const marks = [
      Plot.line(test.map(project), {
        stroke: pageColour('faint'),
        strokeOpacity: 0.28,
        strokeWidth: 14,
        strokeLinecap: 'round',
      }),
      Plot.line(orbit.map(project), { stroke: pageColour('ink'), strokeWidth: 1 }),
      Plot.line(surface.map(project), {
        stroke: generatorKinds[model.generators].colour,
        strokeWidth: 3.5,
        strokeLinejoin: 'round',
        clip: true,
      }),
      trainingDots(train, project, 2.6),
    ]
    const frame = frameAround(picture.orbit.map(project), 0.12)
    return panelOf(model, marks, frame, 'The learned curve against the true orbit')
  })
}

export const learnedCurve: PictureKind = {
  title: 'Learned curve against true orbit',
  caption:
    'Seed 0; the number is its gap distance. Thin: the true orbit, seen along its two widest axes; shaded: the gap; dots: what training saw; thick: what was learned, the decoder’s curve over the code box and its margin.',
  panels: (models) => panels(models, [0, 1]),
}

export const learnedCurveFromThirdAxis: PictureKind = {
  title: 'The same along the third axis',
  caption:
    'The same curves with the third axis up, in which the second harmonic shows: it turns twice as fast.',
  panels: (models) => panels(models, [0, 2]),
}

import * as Plot from '@observablehq/plot'
import { pageColour } from '../../../report/palette.ts'
import type { Point } from '../picture.ts'
import { distanceColour, distanceStep, distanceSteps } from './distance-colours.ts'
import { gridSide } from './gap.ts'
import { type Flat, frameAround, panelOf, trainingDots } from './panel.ts'
import type { PictureKind } from './picture-kind.ts'

/** From where the dome is looked at: turned about its axis, then seen from above. */
const azimuth = (25 * Math.PI) / 180
const elevation = (52 * Math.PI) / 180

const projected = ([x, y, z]: Point): Flat => [
  x * Math.cos(azimuth) - y * Math.sin(azimuth),
  (x * Math.sin(azimuth) + y * Math.cos(azimuth)) * Math.sin(elevation) + z * Math.cos(elevation),
]

/** The lines of a square grid listed row by row, as indices: along one parameter, then along the other. */
function gridLines(side: number, every = 1): number[][] {
  const steps = Array.from({ length: side }, (_, i) => i)
  const kept = steps.filter((k) => k % every === 0)
  return [
    ...kept.map((k) => steps.map((i) => k * side + i)),
    ...kept.map((k) => steps.map((i) => i * side + k)),
  ]
}

/** Ends one stroke of a line mark: the next point begins another. */
const lift: Flat = [Number.NaN, Number.NaN]

/** The edges of a wireframe that have one colour, that of their farther end, as strokes. */
function strokesOf(
  step: number,
  lines: readonly number[][],
  at: readonly Flat[],
  distances: readonly number[],
): Flat[] {
  const isDrawn = (a: number, b: number) => distanceStep(Math.max(distances[a], distances[b])) === step
  return lines.flatMap((line) => [
    ...line.flatMap((b, i) => {
      const a = line[i - 1]
      if (i === 0 || !isDrawn(a, b)) return [lift]
      return i > 1 && isDrawn(line[i - 2], a) ? [at[b]] : [at[a], at[b]]
    }),
    lift,
  ])
}

/**
 * One panel a model, a dome seen from above: every third line of the true patch, the decoder's image as a wireframe
 * coloured by its distance to the torus, the training points, and the points of the hole.
 */
export const learnedSurface: PictureKind = {
  title: 'Learned surface against the torus',
  caption:
    'Seed 0; the number is its gap distance. A patch of the torus seen from above its middle, as a dome. Thin: every third line of the true patch; wireframe: the decoder’s surface over the code box and its margin, coloured by its distance to the torus; large dots: what training saw; small dots: the hole.',
  ofDistances: true,
  panels: (models) =>
    models.map((model, _, [{ picture }]) => {
      const { orbit, surface, fromOrbit, train, test } = model.picture
      const [truth, image] = [orbit.map(projected), surface.map(projected)]
      const lines = gridLines(gridSide(surface))
      const farthest = distanceSteps.length
      const wires = Array.from({ length: farthest + 1 }, (_, k) => farthest - k).map((step) =>
        Plot.line(strokesOf(step, lines, image, fromOrbit!), {
          stroke: distanceColour(step),
          strokeWidth: step === farthest ? 0.5 : 1.25,
          clip: true,
        }),
      )
      const marks = [
        ...wires,
        Plot.line(
          gridLines(gridSide(orbit), 3).flatMap((line) => [...line.map((i) => truth[i]), lift]),
          { stroke: pageColour('ink'), strokeWidth: 0.6 },
        ),
        // A stroke of no length is a dot, in a third of a circle's bytes.
        Plot.line(
          test.flatMap((point) => [projected(point), lift]),
          { stroke: pageColour('ink'), strokeWidth: 2, strokeLinecap: 'round' },
        ),
        trainingDots(train, projected),
      ]
      const frame = frameAround(picture.orbit.map(projected), 0.05)
      return panelOf(model, marks, frame, 'The learned surface against the torus')
    }),
}

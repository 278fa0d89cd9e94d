import * as Plot from '@observablehq/plot'
import type { Panel } from '../../../report/figure.ts'
import { pageColour } from '../../../report/palette.ts'
import type { Point } from '../picture.ts'
import { distanceColour, distanceStep, distanceSteps } from './distance-colours.ts'
import { gridSide } from './gap.ts'
import { frameAround, panelOf } from './panel.ts'
import type { ShownModel } from './shown-model.ts'

type Flat = readonly [number, number]

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
export function surfacePanels(models: readonly ShownModel[]): Panel[] {
  const frame = frameAround(models[0].picture.orbit.map(projected), 0.05)
  return models.map((model) => {
    const { orbit, surface, fromOrbit, train, test } = model.picture
    const [truth, image] = [orbit.map(projected), surface.map(projected)]
    const lines = gridLines(Math.round(Math.sqrt(surface.length)))
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
        gridLines(gridSide(model.picture), 3).flatMap((line) => [...line.map((i) => truth[i]), lift]),
        { stroke: pageColour('ink'), strokeWidth: 0.6 },
      ),
      // A stroke of no length is a dot, in a third of a circle's bytes.
      Plot.line(
        test.flatMap((point) => [projected(point), lift]),
        { stroke: pageColour('ink'), strokeWidth: 2, strokeLinecap: 'round' },
      ),
      Plot.dot(train.map(projected), {
        r: 2.4,
        fill: pageColour('ink'),
        stroke: pageColour('paper'),
        strokeWidth: 0.8,
      }),
    ]
    return panelOf(model, marks, frame, 'The learned surface against the torus')
  })
}

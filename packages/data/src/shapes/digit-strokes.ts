import { cosine, sine } from '@facet/tensor/checks'

/** In the unit square, y down. */
export type Place = readonly [x: number, y: number]

/** Corners of a line that the pen follows. */
export type Stroke = readonly Place[]

/** Corners to a whole ellipse: at a size of 16 its lines are 2 pixels long. */
const CORNERS = 20

/** Part of an ellipse, angles in degrees from the right, 90 being down. */
function arc([x, y]: Place, [across, down]: Place, from: number, to: number): Stroke {
  const count = Math.ceil((CORNERS * Math.abs(to - from)) / 360)
  return Array.from({ length: count + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / count) * Math.PI) / 180
    return [x + across * cosine(angle), y + down * sine(angle)] as const
  })
}

/** How each digit from 0 to 9 is written. */
export const digitStrokes: readonly (readonly Stroke[])[] = [
  [arc([0.5, 0.5], [0.25, 0.38], -90, 270)],
  [
    [
      [0.36, 0.3],
      [0.53, 0.12],
      [0.53, 0.88],
    ],
  ],
  [[...arc([0.49, 0.34], [0.24, 0.22], -165, 40), [0.24, 0.87], [0.78, 0.87]]],
  [[...arc([0.46, 0.31], [0.23, 0.19], -155, 80), ...arc([0.46, 0.69], [0.27, 0.2], -80, 155)]],
  [
    [
      [0.56, 0.12],
      [0.22, 0.62],
      [0.82, 0.62],
    ],
    [
      [0.63, 0.38],
      [0.63, 0.9],
    ],
  ],
  [[[0.74, 0.13], [0.33, 0.13], [0.3, 0.47], ...arc([0.47, 0.65], [0.26, 0.23], -125, 145)]],
  [[[0.66, 0.12], [0.42, 0.3], [0.29, 0.52], ...arc([0.5, 0.68], [0.23, 0.2], -180, 180)]],
  [
    [
      [0.23, 0.14],
      [0.77, 0.14],
      [0.42, 0.89],
    ],
  ],
  [arc([0.5, 0.31], [0.2, 0.19], 90, 450), arc([0.5, 0.69], [0.25, 0.2], -90, 270)],
  [[...arc([0.49, 0.33], [0.23, 0.21], 0, 360), [0.7, 0.6], [0.58, 0.89]]],
]

import { aValue, cosine, type OptionsOf, optionTable, sine, withDefault } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { evenly, evenlyBetween } from '../orbits/parameters.ts'
import { type Place, shapeRows, shapeSet } from './shape-set.ts'

type Gap = readonly [from: number, to: number]

const turn = 2 * Math.PI

const aGap = aValue<Gap>(
  'two angles in radians, from ≤ to, less than a turn apart and at most a turn from 0',
  (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((angle) => typeof angle === 'number' && Math.abs(angle) <= turn) &&
    value[0] <= value[1] &&
    value[1] - value[0] < turn,
)

const table = optionTable('circle', {
  ...shapeRows,
  /** Where no training point is, in radians; default `[0, 0]`: nowhere. */
  gap: withDefault(aGap, [0, 0]),
})

/** What {@link circle} takes. */
export type CircleOptions = OptionsOf<typeof table>

const placeAt = (angle: number): Place => ({ point: [cosine(angle), sine(angle)], label: 1 })

/**
 * The unit circle with a gap: training points evenly on the rest of it, from one edge of the gap to the other, test points evenly
 * inside, as in {@link rotationOrbit}. Without a gap both parts are spread over the circle, the test points half a step on. All are of class 1.
 *
 *     x = (cos θ, sin θ) + noise · ε     ε standard normal
 *
 * @returns train `[200, 2]`, test `[100, 2]`
 * @throws RangeError for numbers out of range, TypeError for a gap that is none
 * @example
 * await init()
 * const { train, test } = circle({ points: 40, gap: [0.35 * Math.PI, 0.65 * Math.PI] })
 */
export function circle(options: CircleOptions = {}): Dataset {
  const settings = table.resolve(options)
  const [from, to] = settings.gap
  const angles =
    from < to
      ? { train: evenly(to, from + turn, settings.points), test: evenlyBetween(from, to, settings.test) }
      : { train: around(from, settings.points, 0), test: around(from, settings.test, 0.5) }
  return shapeSet('circle', settings, {
    train: angles.train.map(placeAt),
    test: angles.test.map(placeAt),
  })
}

/** `count` angles evenly over a whole turn, `share` of a step after `start`. */
const around = (start: number, count: number, share: number): number[] =>
  Array.from({ length: count }, (_, i) => start + (turn * (i + share)) / count)

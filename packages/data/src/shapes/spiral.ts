import { aCount, aNumber, cosine, type OptionsOf, optionTable, sine, withDefault } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { drawnPlaces, shapeRows, shapeSet } from './shape-set.ts'

const table = optionTable('spiral', {
  ...shapeRows,
  /** How many arms there are; default 2. */
  arms: withDefault(aCount(), 2),
  /** How often an arm goes round, below 100; default 1.25. */
  turns: withDefault(aNumber(0, 100), 1.25),
})

/** What {@link spiral} takes. */
export type SpiralOptions = OptionsOf<typeof table>

/** Radius at which the arms begin; they end at 1. */
const inner = 0.15

/**
 * Arms of an Archimedean spiral from radius 0.15 to 1: for arm k (class k + 1) of n
 *
 *     r = √(0.15² + (1 − 0.15²) u)     u uniform on [0, 1): about as many points on every piece of an arm of one length
 *     θ = 2π (turns (r − 0.15)/0.85 + k/n)
 *     x = r (cos θ, sin θ) + noise · ε
 *
 * @returns train `[200, 2]`, test `[100, 2]`
 * @throws RangeError for numbers out of range
 * @example
 * await init()
 * const { train, trainLabels } = spiral({ arms: 3, noise: 0.01 })
 */
export function spiral(options: SpiralOptions = {}): Dataset {
  const settings = table.resolve(options)
  const { arms, turns } = settings
  const places = drawnPlaces('spiral', settings, arms, (arm, u) => {
    const radius = Math.sqrt(inner * inner + (1 - inner * inner) * u)
    const angle = 2 * Math.PI * ((turns * (radius - inner)) / (1 - inner) + arm / arms)
    return [radius * cosine(angle), radius * sine(angle)]
  })
  return shapeSet('spiral', settings, places)
}

import type * as data from '@facet/data'
import type { DataRecipe, Recipe, SetName } from '../state/recipe.ts'
import { type Call, callsOf } from './calls.ts'

/** Side of drawn digits: 144 pixels, which a small network learns in seconds. */
export const digitSide = 12

/** Samples of a set that is made by a formula. */
export type MadeSet = Exclude<SetName, 'drawn' | 'file'>

const call = callsOf<typeof data>('@facet/data')

const calls: Readonly<Record<MadeSet, (recipe: DataRecipe, seed: number) => Call>> = {
  circle: ({ points, noise, gap }, seed) =>
    call('circle', {
      points,
      noise,
      seed,
      gap: [(0.5 - gap / 2) * 2 * Math.PI, (0.5 + gap / 2) * 2 * Math.PI],
    }),
  arcs: ({ points, noise }, seed) => call('arcs', { points, noise, seed }),
  moons: ({ points, noise }, seed) => call('twoMoons', { points, noise, seed }),
  spiral: ({ points, noise }, seed) => call('spiral', { points, noise, seed }),
  swissRoll: ({ points, noise }, seed) => call('swissRoll', { points, noise, seed }),
  torus: ({ points, noise }, seed) => call('torus', { points, noise, seed }),
  cbf: ({ points }, seed) => call('cylinderBellFunnel', { train: points, test: Math.max(30, points), seed }),
  digits: ({ points }, seed) => call('drawnDigits', { train: points, test: points, size: digitSide, seed }),
}

/** What makes the samples of a recipe; `null` for points that were drawn and for rows of a file. */
export function dataCall({ data: recipe, seed }: Recipe): Call | null {
  const { set } = recipe
  return set === 'drawn' || set === 'file' ? null : calls[set](recipe, seed)
}

import type { DataRecipe, SetName } from '../state/recipe.ts'

/** A set as the page offers it. */
export interface SetText {
  readonly title: string
  readonly what: string
  /** What of the recipe it takes. */
  readonly takes: readonly ('points' | 'noise' | 'gap')[]
  /** Numbers of a sample; `null` where the rows say so. */
  readonly width: number | null
}

const plane = { takes: ['points', 'noise'], width: 2 } as const
const space = { takes: ['points', 'noise'], width: 3 } as const

/** The sets in the order of the page. */
export const setTexts: Readonly<Record<SetName, SetText>> = {
  circle: {
    title: 'circle with a gap',
    what: 'The unit circle; the points held out lie in the gap.',
    takes: ['points', 'noise', 'gap'],
    width: 2,
  },
  arcs: { title: 'arcs', what: 'Three arcs of the unit circle.', ...plane },
  moons: { title: 'two moons', what: 'Two half circles, one in the other.', ...plane },
  spiral: { title: 'spiral', what: 'A spiral of the plane.', ...plane },
  swissRoll: { title: 'Swiss roll', what: 'A rolled sheet in space.', ...space },
  torus: { title: 'torus', what: 'The surface of a ring in space.', ...space },
  cbf: {
    title: 'series: cylinder, bell, funnel',
    what: 'Series of 128 numbers of three kinds.',
    takes: ['points'],
    width: 128,
  },
  digits: {
    title: 'digits, drawn by formula',
    what: 'Pictures of 12 × 12 pixels.',
    takes: ['points'],
    width: 144,
  },
  drawn: { title: 'points drawn by hand', what: 'Every fifth is held out.', takes: [], width: 2 },
  file: { title: 'a file of your own', what: 'Every fifth row is held out.', takes: [], width: null },
}

/** Points of sets whose samples are long take longer. */
export const pointCounts: readonly number[] = [
  16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1000, 1500, 2000,
]

/** What another set asks of the bottleneck: it may not be wider than the data. */
export const fittingBottleneck = (set: SetName, bottleneck: number): number =>
  Math.min(bottleneck, setTexts[set].width ?? bottleneck)

/** A recipe's part by name. */
export type DataPart = Partial<DataRecipe>

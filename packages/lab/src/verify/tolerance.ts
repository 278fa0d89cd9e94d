export type FloatType = 'float32' | 'float64'

/** What kind of number is compared: each has a tolerance of its own. */
export type QuantityKind =
  | 'exact'
  | 'measure'
  | 'radius'
  | 'crossing'
  | 'value'
  | 'bisection'
  | 'solution'
  | 'gradient'
  | 'ridgeGradient'
  | 'trajectory'

/**
 * An entry agrees when `|got − want| ≤ relative · |want| + floor · scale`, scale being the largest entry of its
 * quantity. The floor is there for entries that are zero but for rounding.
 */
export interface Tolerance {
  readonly relative: number
  readonly floor: number
}

const exact: Tolerance = { relative: 0, floor: 0 }

/** Geometry is computed in float64 whatever the dtype. */
const geometry = {
  measure: { relative: 1e-9, floor: 0 },
  radius: { relative: 1e-7, floor: 1e-13 },
  crossing: { relative: 1e-10, floor: 1e-12 },
}

/**
 * float64: the tolerances of the golden files' README. With these floors an entry that is changed by 1e-3 of itself
 * is noticed down to 1e-10 of the largest entry. float32: down to 1.1e-3 of it.
 *
 * A bisected point needs no floor in float64, where every step is repeated bit for bit: without bias a wall is at 0,
 * and 40 halvings leave 1e-12. Rounding in a linear system is relative to the whole of its solution, so ε is held to
 * 1e-10 of its largest entry, and so are gradients under a ridge: 1e-3 on a singular system leaves condition numbers of
 * 1e4 to 1e6, where two float64 programs were seen to differ by up to 4e-11 (ε) and 2e-11 (gradients) of the largest
 * entry. Changes there are noticed down to 1e-7 of it.
 *
 * Lengths and areas have no floor: none is zero, however small the window. A crossing is a share of its segment: one at 1e-8 of it is as
 * exact as its place on the segment, not as its distance from the beginning.
 */
export const tolerances: Readonly<Record<FloatType, Readonly<Record<QuantityKind, Tolerance>>>> = {
  float64: {
    exact,
    ...geometry,
    value: { relative: 1e-10, floor: 1e-13 },
    bisection: { relative: 1e-10, floor: 0 },
    solution: { relative: 0, floor: 1e-10 },
    gradient: { relative: 1e-8, floor: 1e-13 },
    ridgeGradient: { relative: 1e-8, floor: 1e-11 },
    trajectory: { relative: 1e-7, floor: 1e-13 },
  },
  float32: {
    exact,
    ...geometry,
    value: { relative: 1e-4, floor: 1e-6 },
    bisection: { relative: 1e-4, floor: 1e-6 },
    solution: { relative: 1e-4, floor: 1e-6 },
    gradient: { relative: 1e-4, floor: 1e-6 },
    ridgeGradient: { relative: 1e-4, floor: 1e-6 },
    trajectory: { relative: 1e-4, floor: 1e-6 },
  },
}

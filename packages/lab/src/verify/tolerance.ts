export type FloatType = 'float32' | 'float64'

/** What kind of number is compared: each has a tolerance of its own. */
export type QuantityKind = 'exact' | 'value' | 'gradient' | 'trajectory'

/**
 * An entry agrees when `|got − want| ≤ relative · |want| + floor · scale`, scale being the largest entry of its
 * quantity. The floor is there for entries that are zero but for rounding.
 */
export interface Tolerance {
  readonly relative: number
  readonly floor: number
}

const exact: Tolerance = { relative: 0, floor: 0 }

/**
 * float64: the tolerances of the golden files' README. With these floors an entry that is changed by 1e-3 of itself
 * is noticed down to 1e-10 of the largest entry. float32: down to 1.1e-3 of it.
 */
export const tolerances: Readonly<Record<FloatType, Readonly<Record<QuantityKind, Tolerance>>>> = {
  float64: {
    exact,
    value: { relative: 1e-10, floor: 1e-13 },
    gradient: { relative: 1e-8, floor: 1e-13 },
    trajectory: { relative: 1e-7, floor: 1e-13 },
  },
  float32: {
    exact,
    value: { relative: 1e-4, floor: 1e-6 },
    gradient: { relative: 1e-4, floor: 1e-6 },
    trajectory: { relative: 1e-4, floor: 1e-6 },
  },
}

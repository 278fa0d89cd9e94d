import { addAlongAxis, takeAlongAxis } from '@facet/tensor'
import type { JvpRules, VjpRules } from './rule.ts'

/** Rules that hold in both modes. `topKMask` is constant between ties. */
export const orderingRules = {
  topKMask: null,
} satisfies JvpRules

/** The places that were taken, the second output, are constant between ties. */
export const orderingVjp = {
  sort: (g, { x: [x], y }) => addAlongAxis(g, y[1], x.shape[x.rank - 1]),
} satisfies VjpRules

export const orderingJvp = {
  sort: (t, { y }) => takeAlongAxis(t, y[1]),
} satisfies JvpRules

import type { JvpRules } from './rule.ts'

/** Rules that hold in both modes. `topKMask` is constant between ties. */
export const orderingRules = {
  topKMask: null,
} satisfies JvpRules

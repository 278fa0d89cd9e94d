/** What packages that build on tensors are tested with; source only, never built or published. */
import type { Arbitrary } from 'fast-check'
import type { OpName } from '../op-table.ts'
import type { SmoothCase } from './case.ts'
import { cases } from './cases/index.ts'

export type { SmoothCase } from './case.ts'
export { instantiated } from './instantiated.ts'

/** A generator of calls for each op, `null` for those that take no floating numbers. */
export const smoothCases = Object.fromEntries(
  Object.entries(cases).map(([op, { smooth }]) => [op, smooth]),
) as { readonly [N in OpName]: Arbitrary<SmoothCase<N>> | null }

import type { OpName } from '../../op-table.ts'
import { cases } from '../../testing/cases/index.ts'
import type { Tolerance } from '../../testing/tolerance.ts'

export type { Tolerance } from '../../testing/tolerance.ts'

export type Tolerances = Readonly<Record<OpName, Tolerance>>

/** What every backend is asked for, gathered from the ops' rows. */
export const tolerances = Object.fromEntries(
  Object.entries(cases).map(([op, { tolerance }]) => [op, tolerance]),
) as Tolerances

import type { Changed } from '../line/segment-walk.ts'
import type { ProgramPlan } from './group-plan.ts'

/** The units that differ: [group, unit, state before, state after]. */
export function changedStates(
  { groups }: ProgramPlan,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): Changed[] {
  const changed: Changed[] = []
  for (const { index, firstName, firstUnit, units } of groups)
    for (let u = 0; u < units; u++) {
      const [a, b] = [before[firstUnit + u], after[firstUnit + u]]
      if (a !== b) changed.push([index, firstName + u, a, b])
    }
  return changed
}

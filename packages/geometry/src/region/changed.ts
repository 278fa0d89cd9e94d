import type { ProgramPlan } from './group-plan.ts'

/** A unit that changes across a wall: its group, its place there, its state before and after. */
export type Changed = readonly [group: number, unit: number, before: number, after: number]

/** The units that differ. */
export function changedStates(
  { groups }: ProgramPlan,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): Changed[] {
  const changed: Changed[] = []
  for (const { index, firstUnit, units } of groups)
    for (let u = 0; u < units; u++) {
      const [a, b] = [before[firstUnit + u], after[firstUnit + u]]
      if (a !== b) changed.push([index, u, a, b])
    }
  return changed
}

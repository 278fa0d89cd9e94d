import type { RegionCode } from '@facet/models'
import { forStates } from './for-states.ts'

/** For every unit, group after group, the samples that have it in state 0, 1, … Reads the code back. */
export function stateCounts(code: RegionCode): Int32Array[] {
  const states = code.owner.groups.flatMap((group) => new Array<number>(group.units).fill(group.states))
  const from = new Int32Array(code.units)
  for (let u = 1; u < code.units; u++) from[u] = from[u - 1] + states[u - 1]
  const counts = new Int32Array(states.reduce((sum, own) => sum + own, 0))
  forStates(code, (seen) => {
    for (let i = 0; i < seen.length; ) for (let u = 0; u < code.units; u++, i++) counts[from[u] + seen[i]]++
  })
  return states.map((own, u) => counts.subarray(from[u], from[u] + own))
}

import type { RegionCode } from '@facet/models'
import { scope } from '@facet/tensor'

/** For every unit, group after group, the samples that have it in state 0, 1, … Reads the code back. */
export function stateCounts(code: RegionCode): Int32Array[] {
  const states = code.owner.groups.flatMap((group) => new Array<number>(group.units).fill(group.states))
  const from = new Int32Array(code.units)
  for (let u = 1; u < code.units; u++) from[u] = from[u - 1] + states[u - 1]
  const counts = new Int32Array(states.reduce((sum, own) => sum + own, 0))
  const seen = scope(() => code.states().dataSync())
  for (let n = 0, i = 0; n < code.count; n++)
    for (let u = 0; u < code.units; u++, i++) counts[from[u] + seen[i]]++
  return states.map((own, u) => counts.subarray(from[u], from[u] + own))
}

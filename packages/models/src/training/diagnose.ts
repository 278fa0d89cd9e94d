import type { Key } from '@facet/tensor'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import type { NamedRuns } from '../objectives/sum.ts'
import type { History } from './history.ts'
import { liveUnits } from './live-units.ts'
import type { Samples } from './samples.ts'

/** What the history tells of the final weights: the live units under `model`, then each objective's own numbers. */
export function diagnose(
  model: Model,
  { names, runs }: NamedRuns,
  { x, y }: Samples,
  key: Key,
): History['diagnostics'] {
  const own = runs.map((run, i) => [names[i], run.diagnostics(x, key.child(i), y)] as const)
  const live = liveUnits(model, x)
  return {
    model:
      model instanceof Network
        ? { units: unitsOf(model), liveUnits: live }
        : { bottleneck: model.bottleneck, liveUnits: live },
    ...Object.fromEntries(own),
  }
}

const unitsOf = ({ groups }: Network): number => groups.reduce((sum, { units }) => sum + units, 0)

import type { Layer } from '@facet/models'

/** The paths of the layers that have states, in the order in which they run. */
export const statePaths = (layers: readonly Layer[], path: readonly number[] = []): number[][] =>
  layers.flatMap((layer, l) =>
    layer.inside.length > 0 ? statePaths(layer.inside, [...path, l]) : layer.groups.map(() => [...path, l]),
  )

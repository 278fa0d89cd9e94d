import { Dense } from '../layers/dense.ts'
import type { Layer } from '../layers/layer.ts'
import { Residual } from '../layers/residual.ts'

/** The dense layers of a network, those inside residual layers included. */
export const denseLayers = ({ layers }: { readonly layers: readonly Layer[] }): Dense[] =>
  layers.flatMap((layer) => {
    if (layer instanceof Residual) return denseLayers(layer.inner)
    return layer instanceof Dense ? [layer] : []
  })

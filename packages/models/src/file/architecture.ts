import type { Autoencoder } from '../autoencoder.ts'
import type { Float, LayerDescription } from '../layers/layer.ts'
import type { Network } from '../network.ts'

/** All of an autoencoder but its numbers, as plain JSON: a layer without `kind` is a dense one. */
export interface Architecture {
  readonly dtype: Float
  readonly encoder: readonly LayerDescription[]
  readonly decoder: readonly LayerDescription[]
}

/** The architecture of a model: what a file must agree with. */
export function architectureOf({ dtype, encoder, decoder }: Autoencoder): Architecture {
  return { dtype, encoder: layersOf(encoder), decoder: layersOf(decoder) }
}

/** The layers of a network without their numbers. */
export const layersOf = ({ layers }: Network): LayerDescription[] => layers.map((layer) => layer.describe())

/**
 * A model without its numbers in one line, for errors and reports.
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, formatArchitecture } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2, encoderHidden: [], decoderHidden: [3] })
 * formatArchitecture(model) // 'float32, encoder 4-2(identity), decoder 2-3(relu)-4(identity)'
 */
export function formatArchitecture(model: Autoencoder | Network): string {
  if ('layers' in model) return `${model.dtype}, ${formatNetwork(model)}`
  const { dtype, encoder, decoder } = model
  return `${dtype}, encoder ${formatNetwork(encoder)}, decoder ${formatNetwork(decoder)}`
}

/** `4-2(relu)`; images as `[1, 28, 28]-conv 16 3×3(relu)`. */
function formatNetwork({ layers }: Network): string {
  const [{ inputs }] = layers
  return [inputs.length === 1 ? inputs[0] : `[${inputs.join(', ')}]`, ...layers].join('-')
}

import type { Activation } from '@facet/tensor'
import type { Autoencoder } from './autoencoder.ts'
import type { Network } from './network.ts'

/** One layer of an {@link Architecture}. */
export interface LayerArchitecture {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  readonly bias: boolean
}

/** All of an autoencoder but its numbers, as plain JSON. */
export interface Architecture {
  readonly dtype: 'float32' | 'float64'
  readonly encoder: readonly LayerArchitecture[]
  readonly decoder: readonly LayerArchitecture[]
}

/** The architecture of a model: what a checkpoint must agree with. */
export function architectureOf(model: Autoencoder): Architecture {
  return { dtype: model.dtype, encoder: layersOf(model.encoder), decoder: layersOf(model.decoder) }
}

/**
 * An architecture in one line, for errors and reports.
 * @example
 * import { init } from '@facet/tensor'
 * import { architectureOf, autoencoder, formatArchitecture } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2, encoderHidden: [], decoderHidden: [3] })
 * formatArchitecture(architectureOf(model)) // 'float32, encoder 4-2(relu), decoder 2-3(relu)-4(identity)'
 */
export function formatArchitecture({ dtype, encoder, decoder }: Architecture): string {
  return `${dtype}, encoder ${formatLayers(encoder)}, decoder ${formatLayers(decoder)}`
}

function layersOf(network: Network): LayerArchitecture[] {
  return network.layers.map((layer) => ({
    inputs: layer.inputs,
    outputs: layer.outputs,
    activation: { name: layer.activation.name, alpha: layer.activation.alpha },
    bias: layer.bias !== null,
  }))
}

function formatLayers(layers: readonly LayerArchitecture[]): string {
  return [layers[0].inputs, ...layers.map(formatLayer)].join('-')
}

function formatLayer({ outputs, activation, bias }: LayerArchitecture): string {
  const slope = activation.name === 'leakyRelu' ? ` ${activation.alpha}` : ''
  return `${outputs}(${activation.name}${slope}${bias ? '' : ', no bias'})`
}

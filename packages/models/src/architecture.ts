import type { Activation } from '@facet/tensor'
import type { Autoencoder } from './autoencoder.ts'
import { type FramePart, frameParts } from './frame.ts'
import type { Network } from './network.ts'

/** One layer of an {@link Architecture}. */
export interface LayerArchitecture {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  readonly bias: boolean
}

/** What stands around the layers of a network: any of its skip, centre and offset. */
export type FrameArchitecture = readonly FramePart[]

/** All of an autoencoder but its numbers, as plain JSON. */
export interface Architecture {
  readonly dtype: 'float32' | 'float64'
  readonly encoder: readonly LayerArchitecture[]
  readonly decoder: readonly LayerArchitecture[]
  /** Left out where nothing stands around either. */
  readonly frames?: { readonly encoder: FrameArchitecture; readonly decoder: FrameArchitecture }
}

/** The architecture of a model: what a checkpoint must agree with. */
export function architectureOf(model: Autoencoder): Architecture {
  const { dtype, encoder, decoder } = model
  const frames = { encoder: framePartsOf(encoder), decoder: framePartsOf(decoder) }
  const isPlain = frames.encoder.length + frames.decoder.length === 0
  return {
    dtype,
    encoder: layersOf(encoder),
    decoder: layersOf(decoder),
    ...(isPlain ? {} : { frames }),
  }
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
export function formatArchitecture({ dtype, encoder, decoder, frames }: Architecture): string {
  const parts = [formatNetwork(encoder, frames?.encoder), formatNetwork(decoder, frames?.decoder)]
  return `${dtype}, encoder ${parts[0]}, decoder ${parts[1]}`
}

function layersOf(network: Network): LayerArchitecture[] {
  return network.layers.map((layer) => ({
    inputs: layer.inputs,
    outputs: layer.outputs,
    activation: { name: layer.activation.name, alpha: layer.activation.alpha },
    bias: layer.bias !== null,
  }))
}

function framePartsOf(network: Network): FrameArchitecture {
  return frameParts.filter((part) => network[part] !== null)
}

/** `4-2(relu) + skip + centre` */
function formatNetwork(layers: readonly LayerArchitecture[], frame: FrameArchitecture = []): string {
  return [[layers[0].inputs, ...layers.map(formatLayer)].join('-'), ...frame].join(' + ')
}

function formatLayer({ outputs, activation, bias }: LayerArchitecture): string {
  const slope = activation.name === 'leakyRelu' ? ` ${activation.alpha}` : ''
  return `${outputs}(${activation.name}${slope}${bias ? '' : ', no bias'})`
}

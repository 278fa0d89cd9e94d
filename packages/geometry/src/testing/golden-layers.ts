import { absActivation, identityActivation, leakyReluActivation, reluActivation } from '@facet/tensor'
import { type Image, outputImage, type Pair, type PlainLayer } from './plain-layers.ts'

/** A layer of a golden file. */
export interface GoldenLayer {
  readonly kind?: string
  // biome-ignore lint/suspicious/noExplicitAny: a file's weights have as many axes as its layers want
  readonly [field: string]: any
}

const activations = {
  relu: () => reluActivation,
  leaky: (alpha: number) => leakyReluActivation(alpha),
  abs: () => absActivation,
  identity: () => identityActivation,
}

/** The layers of a golden file as plain ones. @param shape of what comes in, where an image */
export function goldenLayers(layers: readonly GoldenLayer[], shape: readonly number[] = []): PlainLayer[] {
  let image = shape as Image
  const seen = <L extends Parameters<typeof outputImage>[0]>(layer: L): L => {
    image = outputImage(layer)
    return layer
  }
  // What comes out of a block is shaped as its last layer says, so all of them share the image.
  const read = (list: readonly GoldenLayer[]): PlainLayer[] => list.flatMap(readLayer)
  const readLayer = (layer: GoldenLayer): PlainLayer[] => {
    const activation = activations[(layer.activation ?? 'identity') as keyof typeof activations](layer.alpha)
    switch (layer.kind ?? 'dense') {
      case 'dense':
        return [{ weight: layer.W, bias: layer.b ?? null, activation }]
      case 'conv2d':
        return [
          seen({
            kind: 'conv',
            inputs: image,
            weight: layer.W,
            bias: layer.b ?? null,
            activation,
            stride: layer.stride as Pair,
            padding: layer.padding as Pair,
          }),
        ]
      case 'maxPool2d':
      case 'averagePool2d': {
        const kind = layer.kind === 'maxPool2d' ? 'maxPool' : 'averagePool'
        const [size, stride] = [layer.size as Pair, layer.stride as Pair]
        return [seen({ kind, inputs: image, size, stride, padding: [0, 0] })]
      }
      case 'maxout':
        return [{ kind: 'maxout', weight: layer.W, bias: layer.b ?? null }]
      case 'flatten':
        return []
      case 'residual':
        return [{ kind: 'residual', layers: read(layer.layers), skip: layer.skip?.W ?? null }]
      default:
        throw new Error(`goldenLayers: a layer of kind '${layer.kind}' is not read`)
    }
  }
  return read(layers)
}

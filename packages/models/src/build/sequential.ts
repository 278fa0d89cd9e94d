import {
  aFloatDType,
  aKey,
  anything,
  aText,
  type OptionsOf,
  optionTable,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { aShape } from '../layers/options.ts'
import { Network } from '../network.ts'
import { drawLayers } from './draw-layers.ts'
import { anInitialisation, namedInitialisation } from './initialisation.ts'
import type { LayerPlan } from './plan.ts'

const sequentialOptions = optionTable('sequential', {
  /** The shape of a sample: `[d]`, an image [C, H, W], or a series [C, L]. */
  input: required(aShape),
  /** What the layers are, in order: `dense`, `conv`, `convTranspose`, `maxPool`, `averagePool`, `upsample`, `flatten`, `reshaped`, `residual`, `maxout`. */
  layers: required(anything<readonly LayerPlan[]>()),
  /** Draws the weights. */
  key: required(aKey),
  /** Begins the names of the parameters; default `network`. */
  name: withDefault(aText, 'network'),
  /** Default `torchUniform`. */
  initialisation: withDefault(anInitialisation, 'torchUniform'),
  /** Default `float32`. */
  dtype: withDefault(aFloatDType, 'float32'),
})

/** The settings of {@link sequential}. */
export type SequentialOptions = OptionsOf<typeof sequentialOptions>

/**
 * A network of layers of any kind with random first weights; each layer reads what the one before gives.
 *
 * @throws Error for layers that do not fit what comes before; TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { conv, dense, maxPool, residual, sequential } from '@facet/models'
 * await init()
 * const net = sequential({
 *   input: [1, 28, 28],
 *   layers: [
 *     conv({ channels: 8, padding: 1 }),
 *     maxPool({ size: 2 }),
 *     residual({ layers: [conv({ channels: 8, padding: 1 }), conv({ channels: 8, padding: 1, activation: 'identity' })] }),
 *     dense({ units: 10, activation: 'identity' }),
 *   ],
 *   key: key(0),
 * })
 * const { output, code } = net.forward(key('x').normal([5, 784])) // [5, 10]
 */
export function sequential(options: SequentialOptions): Network {
  const { input, layers, key, name, initialisation, dtype } = sequentialOptions.resolve(options)
  const drawing = { name, key: key.child(name), dtype, initialisation: namedInitialisation(initialisation) }
  return new Network(drawLayers(input, layers, drawing), name, dtype)
}

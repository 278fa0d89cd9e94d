import { aBoolean, aFloatDType, type OptionsOf, withDefault } from '@facet/tensor/checks'
import { anInitialisation } from './initialisation.ts'

/** Options that networks and autoencoders share. */
export const layerRows = {
  /** Whether layers have biases; default true. */
  bias: withDefault(aBoolean, true),
  /** Default `torchUniform`. */
  initialisation: withDefault(anInitialisation, 'torchUniform'),
  /** Default `float32`. */
  dtype: withDefault(aFloatDType, 'float32'),
}

export type LayerOptions = OptionsOf<typeof layerRows>

import type { Activation, ActivationName, Key, Shape } from '@facet/tensor'
import type { OptionKind } from '@facet/tensor/checks'
import { namedActivation } from '../activations.ts'
import type { Float, Layer } from '../layers/layer.ts'
import type { Initialisation } from './initialisation.ts'

/** What the layers of a network are drawn with. */
export interface Drawing {
  /** Of the layer: begins the names of its parameters. */
  readonly name: string
  /** Of the layer: its weights are drawn from it. */
  readonly key: Key
  readonly dtype: Float
  readonly initialisation: Initialisation
}

/** A layer before it is known what comes in: see {@link sequential}. */
export interface LayerPlan {
  /** The layer for samples of a shape. @throws Error where it cannot read them. */
  readonly draw: (inputs: Shape, drawing: Drawing) => Layer
}

/** Activations as options: names, or made ones such as `leakyReluActivation(0.2)`. */
export const anActivation: OptionKind<ActivationName | Activation> = {
  check: (operation, _option, value) => void namedActivation(value as ActivationName, operation),
}

import { formatShape, keep, reshape, type Shape, type Tensor } from '@facet/tensor'
import { aTensor, aText, type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import type { Float, LayerDescription } from './layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { aShape } from './options.ts'

const shiftOptions = optionTable('Shift', {
  name: required(aText),
  /** What is added to every sample, of the sample's shape. It is not trained. */
  by: required(aTensor),
})

/** What a {@link Shift} is made of. */
export type ShiftOptions = OptionsOf<typeof shiftOptions>

/** A {@link Shift} layer without its numbers. */
export interface ShiftDescription extends LayerDescription {
  readonly shape: Shape
}

/**
 * Adds the same numbers to every sample: the mean of the data taken away before an encoder, or added behind a decoder. Training leaves them
 * as they are; a model file holds them.
 *
 * @throws TypeError for an option that is unknown or none of its kind.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { Network, Shift } from '@facet/models'
 * await init()
 * const centred = new Network([new Shift({ name: 'centre', by: tensor([-1, 2]) })])
 * centred.apply(tensor([[1, 1]])).toArray() // [[0, 3]]
 */
export class Shift extends AffineLayer {
  readonly kind = 'shift'
  readonly #by: { value: Tensor }

  constructor(options: ShiftOptions) {
    const { name, by } = shiftOptions.resolve(options)
    super(name, by.shape, by.shape, by.dtype as Float, null)
    this.#by = { value: keep(by) }
  }

  get [rowOfKind](): LayerKind {
    return shiftKind
  }

  override get values(): { readonly value: { value: Tensor } } {
    return { value: this.#by }
  }

  linear(): null {
    return null
  }

  shift(): Tensor {
    const { value } = this.#by
    return reshape(value, [value.size])
  }

  describe(): ShiftDescription {
    return { kind: this.kind, name: this.name, shape: this.inputs }
  }

  toString(): string {
    return `shift ${formatShape(this.inputs)}`
  }
}

/** The row of the table of kinds. */
export const shiftKind: LayerKind = {
  kind: 'shift',
  layer: Shift,
  read(name, description, source) {
    const { shape } = description as ShiftDescription
    aShape.check('loadModel', `${name}: shape`, shape)
    return new Shift({ name, by: source.tensor('value', shape) })
  },
}

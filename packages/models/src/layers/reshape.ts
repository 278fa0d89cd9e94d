import { formatShape, sizeOf, type Tensor } from '@facet/tensor'
import { aText, type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import { AffineLayer } from './affine-layer.ts'
import type { LayerDescription } from './layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { aShape } from './options.ts'

const reshapeOptions = optionTable('Reshape', {
  name: required(aText),
  /** The shape of a sample that comes in. */
  inputs: required(aShape),
  /** The shape that it is read as, of as many numbers: `[d]` flattens. */
  outputs: required(aShape),
})

/** What a {@link Reshape} is made of. */
export type ReshapeOptions = OptionsOf<typeof reshapeOptions>

/**
 * Reads a sample in another shape; no number changes. Samples are flat rows between layers, so it only tells the next layer what it looks at.
 *
 * @throws Error for shapes of different lengths, TypeError for an option that is unknown or none of its kind.
 * @example
 * import { Reshape } from '@facet/models'
 * new Reshape({ name: 'flatten', inputs: [16, 7, 7], outputs: [784] }).toString() // '[784]'
 */
export class Reshape extends AffineLayer {
  readonly kind = 'reshape'

  constructor(options: ReshapeOptions) {
    const { name, inputs, outputs } = reshapeOptions.resolve(options)
    if (sizeOf(inputs) !== sizeOf(outputs))
      throw new Error(
        `Reshape '${name}': expected shapes of as many numbers, got ${formatShape(inputs)} and ${formatShape(outputs)}`,
      )
    super(name, inputs, outputs, null, null)
  }

  get [rowOfKind](): LayerKind {
    return reshapeKind
  }

  linear(): null {
    return null
  }

  shift(): Tensor | null {
    return null
  }

  describe(): ReshapeOptions & LayerDescription {
    const { kind, name, inputs, outputs } = this
    return { kind, name, inputs, outputs }
  }

  toString(): string {
    return formatShape(this.outputs)
  }
}

/** The row of the table of kinds. */
export const reshapeKind: LayerKind = {
  kind: 'reshape',
  layer: Reshape,
  read: (name, { kind: _, ...description }) => new Reshape({ ...(description as ReshapeOptions), name }),
}

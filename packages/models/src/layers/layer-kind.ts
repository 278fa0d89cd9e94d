import type { Shape, Tensor } from '@facet/tensor'
import type { Float, Layer, LayerDescription } from './layer.ts'

/** Where a layer that is read from a file finds its parts, by their places in the layer. */
export interface LayerSource {
  readonly dtype: Float
  /** @throws Error unless there is a tensor of this shape. */
  tensor(place: string, shape: Shape): Tensor
  /** A layer within the layer. */
  layer(place: string, description: LayerDescription): Layer
}

/**
 * A kind of layer: its row in the table of kinds. That of a kind of one's own goes to whatever writes and reads files, as `{ kinds: [row] }`:
 * see the example of `AffineLayer`.
 */
export interface LayerKind {
  /** What its layers say as `kind`, and files of them. */
  readonly kind: string
  /** Its class: a file holds layers of this very class, none made of it. */
  readonly layer: { readonly prototype: Layer }
  /**
   * The layer that `describe` and `values` tell of. Descriptions may be anybody's, who wrote a file: a row checks what it reads there.
   * @throws Error for a description or tensors that do not fit.
   */
  read(name: string, description: LayerDescription, source: LayerSource): Layer
}

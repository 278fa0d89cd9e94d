import type { Shape, Tensor } from '@facet/tensor'
import type { Float, Layer, LayerDescription } from './layer.ts'

/**
 * Under what a layer of one of Facet's own kinds has the row of its kind, so that whatever writes or copies it needs no table of all kinds. Classes made of it
 * inherit the row, whose class is another: see `own-code.ts`.
 */
export const rowOfKind: unique symbol = Symbol('row of kind')

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

/** The row of one of Facet's own kinds that a layer, or the prototype of its class, has; `null` for one that answers for itself. */
export const knownRow = (layer: Layer): LayerKind | null =>
  (layer as { readonly [rowOfKind]?: LayerKind })[rowOfKind] ?? null

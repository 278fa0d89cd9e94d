import type { Shape, Tensor } from '@facet/tensor'
import { Parameter } from '../parameter.ts'
import { AffineLayer } from './affine-layer.ts'
import type { Float } from './layer.ts'
import type { Pieces } from './pieces/pieces.ts'

/** An {@link AffineLayer} with numbers of its own: the parameters `<name>.weight` and, if there is one, `<name>.bias`. */
export abstract class WeightedLayer extends AffineLayer {
  readonly weight: Parameter
  readonly bias: Parameter | null

  constructor(
    name: string,
    inputs: Shape,
    outputs: Shape,
    pieces: Pieces | null,
    weight: Tensor,
    bias: Tensor | null,
  ) {
    super(name, inputs, outputs, weight.dtype as Float, pieces)
    this.weight = new Parameter(`${name}.weight`, weight)
    this.bias = bias === null ? null : new Parameter(`${name}.bias`, bias)
  }

  /** Every step of vectors asks, and need not make the map for it. */
  override get isTranslation(): boolean {
    return false
  }

  /** Weight first, then bias if there is one. */
  override get parameters(): readonly Parameter[] {
    return this.bias === null ? [this.weight] : [this.weight, this.bias]
  }

  override get values(): Readonly<Record<string, Parameter>> {
    return this.bias === null ? { weight: this.weight } : { weight: this.weight, bias: this.bias }
  }
}

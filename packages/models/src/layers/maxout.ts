import { formatShape, reshape, type Shape, type Tensor, transpose } from '@facet/tensor'
import { aTensor, aText, expectBoolean, type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import type { LayerDescription, UnitCost, Vectors } from './layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { MatrixMap } from './maps/matrix-map.ts'
import { aBias, aShape } from './options.ts'
import { MaxPieces } from './pieces/max-pieces.ts'
import { WeightedLayer } from './weighted-layer.ts'

const maxoutOptions = optionTable('Maxout', {
  /** Begins the names of the parameters. */
  name: required(aText),
  /** [out, pieces, in]; with one piece it is linear, and its units have one state */
  weight: required(aTensor),
  /** [out, pieces], or none */
  bias: required(aBias),
})

/** What a {@link Maxout} layer is made of: `weight` [out, pieces, in], `bias` [out, pieces] or none. */
export type MaxoutOptions = OptionsOf<typeof maxoutOptions>

interface MaxoutDescription extends LayerDescription {
  readonly weight: Shape
  readonly bias: boolean
}

/**
 * Units that are the largest of several affine pieces: `y_u = max_k (w_uk · x + b_uk)` (Goodfellow et al., 2013). A unit's state is the place of
 * the piece, the first on ties.
 *
 * @throws Error for shapes that do not fit, TypeError naming an option that is unknown or none of its kind.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { Maxout, Network } from '@facet/models'
 * await init()
 * const absolute = new Maxout({ name: 'abs', weight: tensor([[[1], [-1]]]), bias: null })
 * const { output, code } = new Network([absolute]).forward(tensor([[3], [-2]]))
 * output.toArray() // [[3], [2]]
 * code.states().toArray() // [[0], [1]]
 */
export class Maxout extends WeightedLayer {
  readonly kind = 'maxout'

  constructor(options: MaxoutOptions) {
    const { name, weight, bias } = maxoutOptions.resolve(options)
    checkShapes(name, weight, bias)
    const [units, pieces, inputs] = weight.shape
    const windows = { kernel: [1, pieces], stride: [1, pieces], padding: [0, 0], dilation: [1, 1] } as const
    const choice = pieces > 1 ? new MaxPieces(1, [units, pieces], [units, 1], windows) : null
    super(name, [inputs], [units], choice, weight, bias)
  }

  get [rowOfKind](): LayerKind {
    return maxoutKind
  }

  /** Going forward the unit vectors become Wᵀ, which nobody multiplies by. */
  override get unitCost(): UnitCost {
    return { push: 0, pull: this.cost }
  }

  linear(): MatrixMap {
    const [units, pieces, inputs] = this.weight.value.shape
    return new MatrixMap(reshape(this.weight.value, [units * pieces, inputs]))
  }

  shift(): Tensor | null {
    return this.bias === null ? null : reshape(this.bias.value, [this.bias.value.size])
  }

  protected override pushLinear(v: Vectors): Vectors {
    if (v !== null) return super.pushLinear(v)
    const columns = transpose(this.linear().weight())
    return reshape(columns, [1, ...columns.shape])
  }

  describe(): MaxoutDescription {
    const { kind, name, weight, bias } = this
    return { kind, name, weight: weight.value.shape, bias: bias !== null }
  }

  toString(): string {
    const [units, pieces] = this.weight.value.shape
    return `${units}(maxout ${pieces}${this.bias === null ? ', no bias' : ''})`
  }
}

/** The row of the table of kinds. */
export const maxoutKind: LayerKind = {
  kind: 'maxout',
  layer: Maxout,
  read(name, description, source) {
    const { weight, bias } = description as MaxoutDescription
    aShape.check('loadModel', `${name}: weight`, weight)
    expectBoolean('loadModel', `${name}: bias`, bias)
    return new Maxout({
      name,
      weight: source.tensor('weight', weight),
      bias: bias ? source.tensor('bias', weight.slice(0, 2)) : null,
    })
  },
}

function checkShapes(name: string, weight: Tensor, bias: Tensor | null): void {
  if (weight.rank !== 3 || weight.shape[1] < 1)
    throw new Error(
      `Maxout '${name}': expected a weight [out, pieces, in] with a piece or more, got ${formatShape(weight.shape)}`,
    )
  if (bias === null) return
  const expected = weight.shape.slice(0, 2)
  if (bias.dtype === weight.dtype && bias.shape.join() === expected.join()) return
  throw new Error(
    `Maxout '${name}': expected a bias ${weight.dtype} ${formatShape(expected)}, got ${bias.dtype} ${formatShape(bias.shape)}`,
  )
}

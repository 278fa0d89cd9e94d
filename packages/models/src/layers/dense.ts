import {
  type Activation,
  affine,
  formatShape,
  identityActivation,
  reshape,
  type Tensor,
  transpose,
} from '@facet/tensor'
import {
  aTensor,
  aText,
  expectBoolean,
  expectCount,
  type OptionsOf,
  optionTable,
  required,
} from '@facet/tensor/checks'
import { readActivation } from '../activations.ts'
import { checkBias } from './check-bias.ts'
import type {
  JacobianFactors,
  LayerCode,
  LayerDescription,
  TangentFactors,
  UnitCost,
  Vectors,
} from './layer.ts'
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { MatrixMap } from './maps/matrix-map.ts'
import { aBias, aLayerActivation } from './options.ts'
import { activationText, piecesOf } from './pieces/activation-pieces.ts'
import { WeightedLayer } from './weighted-layer.ts'

const denseOptions = optionTable('Dense', {
  /** Begins the names of the parameters. */
  name: required(aText),
  /** [out, in] */
  weight: required(aTensor),
  /** [out], or none */
  bias: required(aBias),
  /** φ */
  activation: required(aLayerActivation),
})

/** What a {@link Dense} layer is made of: `weight` [out, in], `bias` [out] or none. */
export type DenseOptions = OptionsOf<typeof denseOptions>

/** A {@link Dense} layer without its numbers. */
export interface DenseDescription extends LayerDescription {
  readonly kind: 'dense'
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  readonly bias: boolean
}

/**
 * A fully connected layer `y = φ(x Wᵀ + b)` that returns its output and its part of the region code from one pass (mathematics.md 2.2, Sec. 2).
 *
 * The tensors become the parameters `<name>.weight` and `<name>.bias`.
 *
 * @throws Error if weight is not a matrix, or bias has another shape or dtype than the weight asks for; TypeError naming an
 * option that is unknown or none of its kind.
 */
export class Dense extends WeightedLayer {
  readonly kind = 'dense'
  readonly activation: Activation

  constructor(options: DenseOptions) {
    const { name, weight, bias, activation } = denseOptions.resolve(options)
    checkShapes(name, weight, bias)
    const [outputs, inputs] = weight.shape
    super(name, [inputs], [outputs], piecesOf(activation, outputs), weight, bias)
    this.activation = activation
  }

  get [rowOfKind](): LayerKind {
    return denseKind
  }

  override get isRectified(): boolean {
    return this.activation.name === 'relu'
  }

  /** The unit vectors become Wᵀ, or W, which nobody multiplies by. */
  override get unitCost(): UnitCost {
    return { push: 0, pull: 0 }
  }

  linear(): MatrixMap {
    return new MatrixMap(this.weight.value)
  }

  shift(): Tensor | null {
    return this.bias?.value ?? null
  }

  /** All three steps in one op. */
  override forward(x: Tensor): { output: Tensor; code: LayerCode } {
    const { output, code } = affine(x, this.weight.value, this.shift(), this.activation)
    return { output, code: this.pieces === null ? [] : [code] }
  }

  override tangentFactors(code: LayerCode, v: Vectors): TangentFactors {
    if (v === null || this.pieces !== null) return super.tangentFactors(code, v)
    return { rows: v, readout: this.weight.value }
  }

  override jacobianFactors(code: LayerCode, g: Vectors): JacobianFactors {
    const rows = g === null ? null : this.behind(code, g)
    return rows === null ? super.jacobianFactors(code, g) : { rows, readin: this.weight.value, skip: null }
  }

  protected override pushLinear(v: Vectors): Vectors {
    return v === null ? asVectors(transpose(this.weight.value)) : super.pushLinear(v)
  }

  protected override pullLinear(g: Vectors): Vectors {
    return g === null ? asVectors(this.weight.value) : super.pullLinear(g)
  }

  protected override firstSteps(x: Tensor): Tensor {
    return affine(x, this.weight.value, this.shift(), identityActivation).output
  }

  describe(): DenseDescription {
    const { kind, name, weight, activation, bias } = this
    const [outputs, inputs] = weight.value.shape
    return { kind, name, inputs, outputs, activation: { ...activation }, bias: bias !== null }
  }

  toString(): string {
    return `${this.outputs[0]}(${activationText(this.activation)}${this.bias === null ? ', no bias' : ''})`
  }
}

/** The row of the table of kinds. */
export const denseKind: LayerKind = {
  kind: 'dense',
  layer: Dense,
  read(name, description, source) {
    const { inputs, outputs, activation, bias } = description as DenseDescription
    expectCount('loadModel', `${name}: inputs`, inputs)
    expectCount('loadModel', `${name}: outputs`, outputs)
    expectBoolean('loadModel', `${name}: bias`, bias)
    return new Dense({
      name,
      activation: readActivation(activation),
      weight: source.tensor('weight', [outputs, inputs]),
      bias: bias ? source.tensor('bias', [outputs]) : null,
    })
  },
}

/** A matrix as the vectors of all samples. */
const asVectors = (matrix: Tensor): Tensor => reshape(matrix, [1, ...matrix.shape])

function checkShapes(name: string, weight: Tensor, bias: Tensor | null): void {
  if (weight.rank !== 2) {
    throw new Error(`Dense '${name}': expected a weight [out, in], got ${formatShape(weight.shape)}`)
  }
  checkBias('Dense', name, weight, weight.shape[0], bias)
}

import { type Activation, affine, formatShape, isActivation, Tensor } from '@facet/tensor'
import { aTensor, aText, aValue, type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import { Parameter } from './parameter.ts'
import type { RegionLayer } from './region-code.ts'

const denseOptions = optionTable('Dense', {
  /** Begins the names of the parameters. */
  name: required(aText),
  /** [out, in] */
  weight: required(aTensor),
  /** [out], or none */
  bias: required(
    aValue<Tensor | null>('a tensor or null', (value) => value === null || value instanceof Tensor),
  ),
  /** φ */
  activation: required(aValue<Activation>('an activation such as reluActivation', isActivation)),
})

/** What a {@link Dense} layer is made of: `weight` [out, in], `bias` [out] or none. */
export type DenseOptions = OptionsOf<typeof denseOptions>

/**
 * A fully connected layer `y = φ(x Wᵀ + b)` that returns its output and its part of the region code from one pass (mathematics.md 2.2, Sec. 2).
 *
 * The tensors become the parameters `<name>.weight` and `<name>.bias`.
 *
 * @throws Error if weight is not a matrix, or bias has another shape or dtype than the weight asks for; TypeError naming an
 * option that is unknown or none of its kind.
 */
export class Dense {
  readonly name: string
  readonly weight: Parameter
  readonly bias: Parameter | null
  readonly activation: Activation
  readonly inputs: number
  readonly outputs: number

  constructor(options: DenseOptions) {
    const { name, weight, bias, activation } = denseOptions.resolve(options)
    checkShapes(name, weight, bias)
    this.name = name
    this.weight = new Parameter(`${name}.weight`, weight)
    this.bias = bias === null ? null : new Parameter(`${name}.bias`, bias)
    this.activation = activation
    this.outputs = weight.shape[0]
    this.inputs = weight.shape[1]
  }

  /** Weight first, then bias if there is one. */
  get parameters(): readonly Parameter[] {
    return this.bias === null ? [this.weight] : [this.weight, this.bias]
  }

  /**
   * @param x [N, in]
   * @returns output [N, out] and the states of the layer's units.
   */
  forward(x: Tensor): { output: Tensor; code: RegionLayer } {
    const { output, code } = affine(x, this.weight.value, this.bias?.value ?? null, this.activation)
    return { output, code: { words: code, units: this.outputs, activation: this.activation } }
  }
}

function checkShapes(name: string, weight: Tensor, bias: Tensor | null): void {
  if (weight.rank !== 2) {
    throw new Error(`Dense '${name}': expected a weight [out, in], got ${formatShape(weight.shape)}`)
  }
  if (bias === null) return
  if (bias.rank !== 1 || bias.shape[0] !== weight.shape[0]) {
    throw new Error(
      `Dense '${name}': weight ${formatShape(weight.shape)} expects a bias [${weight.shape[0]}], ` +
        `got ${formatShape(bias.shape)}`,
    )
  }
  if (bias.dtype !== weight.dtype) {
    throw new Error(
      `Dense '${name}': expected weight and bias of one dtype, got ${weight.dtype} and ${bias.dtype}`,
    )
  }
}

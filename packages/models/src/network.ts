import { formatShape, packStates, slice, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Dense } from './dense.ts'
import { localJacobian, localOffset, localTangents } from './local-affine.ts'
import type { Parameter } from './parameter.ts'
import { hasStates, RegionCode, type RegionLayer } from './region-code.ts'

/** The affine map of each sample's region: output = A x + b, with `A` [N, out, in] and `b` [N, out]. */
export interface AffineMap {
  readonly A: Tensor
  readonly b: Tensor
}

/**
 * Fully connected layers one after another: a continuous piecewise-affine map that knows, for every sample, which piece it is on.
 *
 * @throws Error if there is no layer, or a layer takes another number of inputs than the one before gives.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0), dtype: 'float64' })
 * const x = tensor([[0.5, -1]], { dtype: 'float64' })
 * const { output, code } = net.forward(x)
 * const { A, b } = net.localAffine(code) // output = A x + b, exactly
 */
export class Network {
  readonly name: string
  readonly layers: readonly Dense[]
  readonly inputs: number
  readonly outputs: number

  constructor(layers: readonly Dense[], name = 'network') {
    checkChain(layers, name)
    this.name = name
    this.layers = layers
    this.inputs = layers[0].inputs
    this.outputs = layers[layers.length - 1].outputs
  }

  get parameters(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters)
  }

  /**
   * @param x [N, in]
   * @returns output [N, out] and the region code of every sample, from the same pass.
   * @throws Error if x is not [N, in] in the dtype of the weights.
   */
  forward(x: Tensor): { output: Tensor; code: RegionCode } {
    const { dtype } = this.layers[0].weight.value
    if (!(x instanceof Tensor) || x.rank !== 2 || x.shape[1] !== this.inputs || x.dtype !== dtype) {
      const got = x instanceof Tensor ? `${x.dtype} ${formatShape(x.shape)}` : describe(x)
      throw new Error(`${this.name}: expected x ${dtype} [N, ${this.inputs}], got ${got}`)
    }
    let output = x
    const layers: RegionLayer[] = []
    for (const layer of this.layers) {
      const result = layer.forward(output)
      output = result.output
      layers.push(result.code)
    }
    return { output, code: new RegionCode(this, layers) }
  }

  /** The output [N, out] alone. */
  apply(x: Tensor): Tensor {
    return this.forward(x).output
  }

  /** The region code of every sample of x [N, in]. */
  regionCode(x: Tensor): RegionCode {
    return this.forward(x).code
  }

  /**
   * The affine map of the region of each sample (Eq. 5): exact, differentiable in the weights, constant in the code.
   * @param at samples x [N, in], or a code of this network.
   * @throws Error for a code of another network.
   */
  localAffine(at: Tensor | RegionCode): AffineMap {
    const code = this.#codeOf(at)
    return { A: localJacobian(this.layers, code), b: localOffset(this.layers, code) }
  }

  /**
   * The Jacobian of each sample's region, [N, out, in]: the A of {@link localAffine} alone.
   * @throws Error for a code of another network.
   */
  jacobian(at: Tensor | RegionCode): Tensor {
    return localJacobian(this.layers, this.#codeOf(at))
  }

  /**
   * The Jacobian transposed, [N, in, out]: row i is the tangent ∂ output / ∂ input i (Eq. 8). Cheaper than
   * {@link jacobian} where inputs are fewer than outputs, as in a decoder.
   * @throws Error for a code of another network.
   */
  tangents(at: Tensor | RegionCode): Tensor {
    return localTangents(this.layers, this.#codeOf(at))
  }

  /**
   * The code with given states of all units that have more than one, as `RegionCode.states` returns them. No sample
   * need lie in that region.
   * @param states bool [N, units]
   * @throws Error if the states are not bool [N, units].
   */
  codeFromStates(states: Tensor): RegionCode {
    const units = this.layers.filter(hasStates).reduce((sum, layer) => sum + layer.outputs, 0)
    if (states.rank !== 2 || states.shape[1] !== units || states.dtype !== 'bool') {
      throw new Error(
        `${this.name}.codeFromStates: expected states bool [N, ${units}], got ${states.dtype} ${formatShape(states.shape)}`,
      )
    }
    const count = states.shape[0]
    let from = 0
    const layers = this.layers.map((layer) => {
      const width = hasStates(layer) ? layer.outputs : 0
      const words = packStates(slice(states, [0, from], [count, width]))
      from += width
      return { words, units: layer.outputs, activation: layer.activation }
    })
    return new RegionCode(this, layers)
  }

  #codeOf(at: Tensor | RegionCode): RegionCode {
    if (!(at instanceof RegionCode)) return this.regionCode(at)
    if (at.owner === this) return at
    throw new Error(
      `${this.name}: expected a code of this network, got one of another network, '${at.owner.name}'`,
    )
  }
}

function checkChain(layers: readonly Dense[], name: string): void {
  if (layers.length === 0) throw new Error(`network '${name}': expected at least one layer, got none`)
  for (let l = 1; l < layers.length; l++) {
    if (layers[l].inputs === layers[l - 1].outputs) continue
    throw new Error(
      `network '${name}': layer ${l} expects ${layers[l].inputs} inputs, got ${layers[l - 1].outputs} from layer ${l - 1}`,
    )
  }
}

import { broadcastTo, expandDims, formatShape, squeeze, Tensor, zeros } from '@facet/tensor'
import { type Copy, copyOf, describe } from '@facet/tensor/checks'
import { models } from './copy.ts'
import { Chain } from './layers/chain.ts'
import type { Float, JacobianFactors, Layer, LayerWalk, TangentFactors, UnitGroup } from './layers/layer.ts'
import { strangeClass, whyUnknown } from './layers/own-code.ts'
import type { Parameter } from './parameter.ts'
import { type Partition, RegionCode } from './region/code.ts'
import {
  localJacobian,
  localJacobianFactors,
  localTangentFactors,
  localTangents,
} from './region/local-map.ts'

/** The affine map of each sample's region: output = A x + b, with `A` [N, out, in] and `b` [N, out]. */
export interface AffineMap {
  readonly A: Tensor
  readonly b: Tensor
}

/**
 * Layers one after another: a continuous piecewise-affine map that knows, for every sample, which piece it is on. What a layer is made of
 * is the layer's own affair: a network only hands outputs, vectors and parts of codes from one to the next.
 *
 * Samples are flat rows [N, in], whatever shape the first layer reads them in.
 *
 * @throws Error if there is no layer, a layer takes another shape than the one before gives, or their dtypes differ.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0), dtype: 'float64' })
 * const x = tensor([[0.5, -1]], { dtype: 'float64' })
 * const { output, code } = net.forward(x)
 * const { A, b } = net.localAffine(code) // output = A x + b, exactly
 */
export class Network implements Partition {
  readonly name: string
  readonly #layers: Chain
  #isDisposed = false

  /** Of which copy of the package it is. @internal */
  get [copyOf](): Copy {
    return models
  }

  /** @param dtype where no layer has numbers */
  constructor(layers: readonly Layer[], name = 'network', dtype: Float = 'float32') {
    this.name = name
    this.#layers = new Chain(`network '${name}'`, layers, dtype)
  }

  /** @throws Error where it was disposed: of whatever asks for its layers. */
  get #chain(): Chain {
    if (!this.#isDisposed) return this.#layers
    throw new Error(`${this.name}: expected a network with its weights, got one that was disposed`)
  }

  /**
   * Gives the memory of all its tensors back, trained and fixed ones, without waiting for the collector; for `using` as well. Used afterwards it says
   * that it was disposed. Safe to call twice. Tensors that it shares with another network are gone there too.
   */
  dispose(): void {
    if (this.#isDisposed) return
    for (const layer of this.layers) {
      for (const { value } of [...layer.parameters, ...Object.values(layer.values)]) value.dispose()
    }
    this.#isDisposed = true
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  get layers(): readonly Layer[] {
    return this.#chain.layers
  }

  /** Dimensions of a sample. */
  get inputs(): number {
    return this.#chain.inputs
  }

  /** Dimensions of an output. */
  get outputs(): number {
    return this.#chain.outputs
  }

  /** Of its numbers; where it has none, as it was made. */
  get dtype(): Float {
    return this.#chain.dtype as Float
  }

  /** The units that have more than one state, in the order in which they run: the entries of a region code. */
  get groups(): readonly UnitGroup[] {
    return this.#chain.groups
  }

  /** The layers' parameters in order. */
  get parameters(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters)
  }

  /** The parameters that multiply: matrices and kernels, no biases. */
  get weights(): readonly Parameter[] {
    return this.parameters.filter(({ value }) => value.rank > 1)
  }

  /** Whether no output can be below 0: the last layer's units are ReLUs. */
  get isRectified(): boolean {
    return this.layers[this.layers.length - 1].isRectified
  }

  /**
   * @param x [N, in]
   * @returns output [N, out] and the region code of every sample, from the same pass.
   * @throws Error if x is not [N, in] in the dtype of the weights.
   */
  forward(x: Tensor): { output: Tensor; code: RegionCode } {
    this.#checkRows(this.name, 'x', x)
    const { output, code } = this.#chain.forward(x)
    const why = this.#strangeLayer()
    if (why === null) return { output, code: new RegionCode(this, code, x.shape[0]) }
    const refusal = this.#unknown(why)
    return {
      output,
      get code(): RegionCode {
        throw refusal
      },
    }
  }

  /** The output [N, out] alone. */
  apply(x: Tensor): Tensor {
    return this.forward(x).output
  }

  /** The region code of every sample of x [N, in]: layers after the last one that has states are not computed. */
  regionCode(x: Tensor): RegionCode {
    this.#expectKnown()
    this.#checkRows(this.name, 'x', x)
    return new RegionCode(this, this.#chain.code(x), x.shape[0])
  }

  /**
   * The affine map of the region of each sample (Eq. 5): exact, differentiable in the weights, constant in the code.
   * @param at samples x [N, in], or a code of this network.
   * @throws Error for a code of another network.
   */
  localAffine(at: Tensor | RegionCode): AffineMap {
    const code = this.#codeOf(at)
    const shape = [code.count, this.outputs]
    const b = this.#chain.hold(code.words, null)
    return { A: this.jacobian(code), b: b === null ? zeros(shape, this.dtype) : broadcastTo(b, shape) }
  }

  /**
   * The Jacobian of each sample's region, [N, out, in]: the A of {@link localAffine} alone.
   * @throws Error for a code of another network.
   */
  jacobian(at: Tensor | RegionCode): Tensor {
    const { words, count } = this.#codeOf(at)
    return localJacobian(this.#chain, words, count)
  }

  /**
   * The Jacobian transposed, [N, in, out]: row i is the tangent ∂ output / ∂ input i (Eq. 8). Cheaper than
   * {@link jacobian} where inputs are fewer than outputs, as in a decoder.
   * @throws Error for a code of another network.
   */
  tangents(at: Tensor | RegionCode): Tensor {
    const { words, count } = this.#codeOf(at)
    return localTangents(this.#chain, words, count)
  }

  /**
   * A v: the change of each sample's output for a change v of its input that stays in its region (a Jacobian-vector
   * product). The vectors go through the layers one by one and A is never built: N of them cost what N samples cost.
   * Exact, differentiable in the weights and in v, constant in the code.
   *
   * @param at samples x [N, in], or a code of this network.
   * @param v [N, in]
   * @returns [N, out]
   * @throws Error for a code of another network, or v of another shape or dtype.
   * @example
   * import { init, key, tensor } from '@facet/tensor'
   * import { network } from '@facet/models'
   * await init()
   * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
   * const change = net.applyJacobian(tensor([[0.5, -1]]), tensor([[1, 0]])) // the first column of A, [1, 1]
   */
  applyJacobian(at: Tensor | RegionCode, v: Tensor): Tensor {
    const { words, count } = this.#codeOf(at)
    this.#checkRows(`${this.name}.applyJacobian`, 'v', v, count)
    return squeeze(this.#chain.push(words, expandDims(v, 1)) as Tensor, 1)
  }

  /**
   * {@link tangents} with the weight of a linear last layer left unmultiplied: `rows [N, in, w] · readoutᵀ`, exactly. What is
   * linear in tangents can then be done to the w columns of the readout, which all samples share.
   * @throws Error for a code of another network.
   */
  tangentFactors(at: Tensor | RegionCode): TangentFactors {
    const { words, count } = this.#codeOf(at)
    return localTangentFactors(this.#chain, words, count)
  }

  /**
   * {@link jacobian} with the weight of the first layer left unmultiplied, and a skip not added:
   * `rows [N, out, w] · readin [w, in] + skip [out, in]`, exactly. What is quadratic in Jacobians can then be done with
   * `readin · readinᵀ` [w, w], which all samples share.
   * @throws Error for a code of another network.
   */
  jacobianFactors(at: Tensor | RegionCode): JacobianFactors {
    const { words, count } = this.#codeOf(at)
    return localJacobianFactors(this.#chain, words, count)
  }

  /**
   * The code with given states of all units that have more than one, as `RegionCode.states` returns them. No sample
   * need lie in that region.
   * @param states int32 [N, units], or bool where no unit has more than two states
   * @throws Error if the states are of another shape or dtype.
   */
  codeFromStates(states: Tensor): RegionCode {
    this.#expectKnown()
    return RegionCode.ofStates(this, states)
  }

  /** The steps of all layers in the order in which they run: see `Layer.walk`. */
  walk<V>(walk: LayerWalk<V>, v: V): V {
    this.#expectKnown()
    return this.#chain.walk(walk, v)
  }

  /** Which layer has regions and a map that are not known, and why. */
  #strangeLayer(): string | null {
    const { layers } = this
    for (let l = 0; l < layers.length; l++) {
      const why = whyUnknown(layers[l])
      if (why !== null) return `layer ${l}, ${why}`
    }
    return null
  }

  #unknown(why: string): TypeError {
    return new TypeError(
      `${this.name}: regions and local maps: expected plain layers, or such as fill in the interface Layer themselves, got ${why}`,
    )
  }

  /** @throws TypeError where a layer, or a class made of this one, computes something its own way. */
  #expectKnown(): void {
    const own = strangeClass(this, Network.prototype)
    const why = own ?? this.#strangeLayer()
    if (why !== null) throw this.#unknown(why)
  }

  #checkRows(operation: string, what: string, x: Tensor, count?: number): void {
    const { inputs, dtype } = this
    const isFit = x instanceof Tensor && x.rank === 2 && x.shape[1] === inputs && x.dtype === dtype
    if (isFit && (count === undefined || x.shape[0] === count)) return
    const got = x instanceof Tensor ? `${x.dtype} ${formatShape(x.shape)}` : describe(x)
    throw new Error(`${operation}: expected ${what} ${dtype} [${count ?? 'N'}, ${inputs}], got ${got}`)
  }

  #codeOf(at: Tensor | RegionCode): RegionCode {
    this.#expectKnown()
    if (!(at instanceof RegionCode)) return this.regionCode(at)
    if (at.owner === this) return at
    throw new Error(
      `${this.name}: expected a code of this network, got one of another network, '${at.owner.name}'`,
    )
  }
}

import { formatShape, packStates, slice, Tensor, zeros } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Dense } from './dense.ts'
import {
  aroundOutput,
  centred,
  type Frame,
  type FrameOptions,
  frameOf,
  seenAtZero,
  withSkip,
  withSkipApart,
  withSkipBeside,
  withSkippedVectors,
  withSkipTransposed,
} from './frame.ts'
import {
  localJacobian,
  localJacobianFactors,
  localOffset,
  localTangentFactors,
  localTangents,
  pushVectors,
} from './local-affine.ts'
import type { Parameter } from './parameter.ts'
import { hasStates, RegionCode, type RegionLayer } from './region-code.ts'

/** The affine map of each sample's region: output = A x + b, with `A` [N, out, in] and `b` [N, out]. */
export interface AffineMap {
  readonly A: Tensor
  readonly b: Tensor
}

/** Tangents [N, in, out] as a product whose right side all samples share: `rows · readoutᵀ`. */
export interface TangentFactors {
  /** [N, in, w], or the tangents themselves where there is no readout. */
  readonly rows: Tensor
  /** The weight [out, w] of a last layer without states, beside it that of a skip; `null` where the last layer has states, is the only one, or rows are cheaper. */
  readonly readout: Tensor | null
}

/** Jacobians [N, out, in] as a product whose right side all samples share: `rows · readin + skip`. */
export interface JacobianFactors {
  /** [N, out, w], or the Jacobians themselves where there is no readin. */
  readonly rows: Tensor
  /** The weight [w, in] of the first layer; `null` where it is the only one, no layer has states, or columns are cheaper. */
  readonly readin: Tensor | null
  /** P [out, in], which all samples share; `null` where there is none, or no readin. */
  readonly skip: Tensor | null
}

/**
 * Fully connected layers one after another: a continuous piecewise-affine map that knows, for every sample, which piece it is on.
 *
 * Around the layers there may be a trained linear map that goes past them, a fixed centre and a fixed offset:
 * `output = layers(x − centre) + P (x − centre) + offset`. P is added behind the last activation, so that regions are those of
 * the layers alone and every local map gains P (the skip autoencoder).
 *
 * @throws Error if there is no layer, a layer takes another number of inputs than the one before gives, or what is
 * around them has another shape or dtype.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0), dtype: 'float64' })
 * const x = tensor([[0.5, -1]], { dtype: 'float64' })
 * const { output, code } = net.forward(x)
 * const { A, b } = net.localAffine(code) // output = A x + b, exactly
 */
export class Network implements Frame {
  readonly name: string
  readonly layers: readonly Dense[]
  readonly inputs: number
  readonly outputs: number
  /** P [out, in], the parameter `<name>.skip.weight`. */
  readonly skip: Parameter | null
  /** [in]; training leaves it as it is. */
  centre: Tensor | null
  /** [out]; training leaves it as it is. */
  offset: Tensor | null

  constructor(layers: readonly Dense[], name = 'network', frame: FrameOptions = {}) {
    checkChain(layers, name)
    this.name = name
    this.layers = layers
    this.inputs = layers[0].inputs
    this.outputs = layers[layers.length - 1].outputs
    const { skip, centre, offset } = frameOf(frame, this)
    this.skip = skip
    this.centre = centre
    this.offset = offset
  }

  get dtype(): Tensor['dtype'] {
    return this.layers[0].weight.value.dtype
  }

  /** The layers' parameters in order, then that of the skip. */
  get parameters(): readonly Parameter[] {
    const ofLayers = this.layers.flatMap((layer) => layer.parameters)
    return this.skip === null ? ofLayers : [...ofLayers, this.skip]
  }

  /** The matrices among the parameters: the layers' weights and the skip. */
  get weights(): readonly Parameter[] {
    const ofLayers = this.layers.map((layer) => layer.weight)
    return this.skip === null ? ofLayers : [...ofLayers, this.skip]
  }

  /**
   * @param x [N, in]
   * @returns output [N, out] and the region code of every sample, from the same pass.
   * @throws Error if x is not [N, in] in the dtype of the weights.
   */
  forward(x: Tensor): { output: Tensor; code: RegionCode } {
    const inside = this.#inside(x)
    const { output, codes } = this.#through(inside, this.layers.length)
    return { output: aroundOutput(this, inside, output), code: new RegionCode(this, codes) }
  }

  /** x − centre [N, in]: what the first layer sees. */
  centred(x: Tensor): Tensor {
    return centred(this, x)
  }

  /** The output [N, out] alone. */
  apply(x: Tensor): Tensor {
    return this.forward(x).output
  }

  /** The region code of every sample of x [N, in]: layers after the last one that has states are not computed. */
  regionCode(x: Tensor): RegionCode {
    const { codes } = this.#through(this.#inside(x), this.layers.findLastIndex(hasStates) + 1)
    const rest = this.layers.slice(codes.length).map(({ outputs, activation }) => {
      return { words: zeros([x.shape[0], 0], 'uint32'), units: outputs, activation }
    })
    return new RegionCode(this, [...codes, ...rest])
  }

  /**
   * The affine map of the region of each sample (Eq. 5): exact, differentiable in the weights, constant in the code.
   * @param at samples x [N, in], or a code of this network.
   * @throws Error for a code of another network.
   */
  localAffine(at: Tensor | RegionCode): AffineMap {
    const code = this.#codeOf(at)
    const point = seenAtZero(this)
    return {
      A: this.jacobian(code),
      b: aroundOutput(this, point, localOffset(this.layers, code, point)),
    }
  }

  /**
   * The Jacobian of each sample's region, [N, out, in]: the A of {@link localAffine} alone.
   * @throws Error for a code of another network.
   */
  jacobian(at: Tensor | RegionCode): Tensor {
    return withSkip(this, localJacobian(this.layers, this.#codeOf(at)))
  }

  /**
   * The Jacobian transposed, [N, in, out]: row i is the tangent ∂ output / ∂ input i (Eq. 8). Cheaper than
   * {@link jacobian} where inputs are fewer than outputs, as in a decoder.
   * @throws Error for a code of another network.
   */
  tangents(at: Tensor | RegionCode): Tensor {
    return withSkipTransposed(this, localTangents(this.layers, this.#codeOf(at)))
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
    const code = this.#codeOf(at)
    this.#checkRows(`${this.name}.applyJacobian`, 'v', v, code.count)
    return withSkippedVectors(this, v, pushVectors(this.layers, code, v))
  }

  /**
   * {@link tangents} with the weight of a linear last layer left unmultiplied: `rows [N, in, w] · readoutᵀ`, exactly. What is
   * linear in tangents can then be done to the w columns of the readout, which all samples share.
   * @throws Error for a code of another network.
   */
  tangentFactors(at: Tensor | RegionCode): TangentFactors {
    return withSkipApart(this, localTangentFactors(this.layers, this.#codeOf(at)))
  }

  /**
   * {@link jacobian} with the weight of the first layer left unmultiplied, and a skip not added:
   * `rows [N, out, w] · readin [w, in] + skip [out, in]`, exactly. What is quadratic in Jacobians can then be done with
   * `readin · readinᵀ` [w, w], which all samples share.
   * @throws Error for a code of another network.
   */
  jacobianFactors(at: Tensor | RegionCode): JacobianFactors {
    return withSkipBeside(this, localJacobianFactors(this.layers, this.#codeOf(at)))
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

  /** x − centre, of an x that fits. */
  #inside(x: Tensor): Tensor {
    this.#checkRows(this.name, 'x', x)
    return this.centred(x)
  }

  /** The first `depth` layers. */
  #through(inside: Tensor, depth: number): { output: Tensor; codes: RegionLayer[] } {
    let output = inside
    const codes = this.layers.slice(0, depth).map((layer) => {
      const result = layer.forward(output)
      output = result.output
      return result.code
    })
    return { output, codes }
  }

  #checkRows(operation: string, what: string, x: Tensor, count?: number): void {
    const { inputs, dtype } = this
    const isFit = x instanceof Tensor && x.rank === 2 && x.shape[1] === inputs && x.dtype === dtype
    if (isFit && (count === undefined || x.shape[0] === count)) return
    const got = x instanceof Tensor ? `${x.dtype} ${formatShape(x.shape)}` : describe(x)
    throw new Error(`${operation}: expected ${what} ${dtype} [${count ?? 'N'}, ${inputs}], got ${got}`)
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

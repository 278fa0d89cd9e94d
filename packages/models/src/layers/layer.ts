import type { Shape, Tensor } from '@facet/tensor'
import type { FloatDType } from '@facet/tensor/checks'
import type { Parameter } from '../parameter.ts'
import type { LinearMap } from './maps/linear-map.ts'
import type { Pieces } from './pieces/pieces.ts'

/** The dtypes of a network. */
export type Float = FloatDType

/** Units whose states are packed together: one entry of a region code. */
export interface UnitGroup {
  readonly units: number
  /** How many states each of them has, at least 2. */
  readonly states: number
}

/** The packed states of N samples, uint32 [N, words], one tensor for each of a layer's groups, in their order. */
export type LayerCode = readonly Tensor[]

/**
 * Stacked vectors of N samples: [N, k, size], or [1, k, size] where they are the same for all samples; `null` stands for the unit
 * vectors, k = size, which nobody needs to multiply by.
 */
export type Vectors = Tensor | null

/** What a computation makes of the steps that every layer consists of, whatever its kind: see {@link Layer.walk}. */
export interface LayerWalk<V> {
  /** A linear map, or none, and then a bias [out], or none. */
  affine(map: LinearMap | null, bias: Tensor | null, v: V): V
  /** Units that choose among pieces. */
  pieces(pieces: Pieces, v: V): V
  /** The sum of two branches that began with the same numbers. */
  add(a: V, b: V): V
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

/** Multiplications with additions that the unit vectors cost, each of them, on their way through a layer. */
export interface UnitCost {
  readonly push: number
  readonly pull: number
}

/** A layer without its numbers, as plain JSON: see {@link Layer.describe}. */
export interface LayerDescription {
  readonly kind: string
  readonly name: string
}

/**
 * One layer of a continuous piecewise-affine network. Given the states of its units it is an affine map; `code` is always
 * the layer's own part of a region code, as {@link forward} returned it. Samples are flat rows: an image [C, H, W] is
 * flattened channel by channel, row by row.
 *
 * A kind of layer is one class in a file of its own and a row in the table of kinds; `checkLayer` holds a layer to the laws that
 * networks, files, regularizers and geometry rely on, and `laws.test.ts` every row of Facet's own. A layer of one's own fills this in, which is easiest
 * by extending `AffineLayer`.
 */
export interface Layer {
  /** Its row in the table of kinds. */
  readonly kind: string
  readonly name: string
  /** The shape of one sample. */
  readonly inputs: Shape
  readonly outputs: Shape
  /** Of its numbers; `null` where it has none. */
  readonly dtype: Float | null
  readonly parameters: readonly Parameter[]
  /** The layers within, whose parameters and groups are among its own; none in most kinds. */
  readonly inside: readonly Layer[]
  /** Every tensor of the layer by its place, the trained ones and the others: what a file holds, and puts back. */
  readonly values: Readonly<Record<string, { value: Tensor }>>
  /** In the order in which they run. */
  readonly groups: readonly UnitGroup[]
  /** Multiplications with additions that one vector costs. */
  readonly cost: number
  readonly unitCost: UnitCost
  /** Whether its linear part is the identity: vectors pass it as they are. */
  readonly isTranslation: boolean
  /** Whether its outputs are ReLUs, none of which is below 0. */
  readonly isRectified: boolean
  /**
   * @param x [N, in]
   * @returns output [N, out] and the states of its units, from the same pass.
   */
  forward(x: Tensor): { output: Tensor; code: LayerCode }
  /** The affine map of the states, applied to points [N, in] or [1, in]; to `null`, which is 0. Returns `null` for 0. */
  hold(code: LayerCode, x: Tensor | null): Tensor | null
  /** A v: a change of the input forward. */
  push(code: LayerCode, v: Vectors): Vectors
  /** Aᵀ g: rows over the outputs backward. */
  pull(code: LayerCode, g: Vectors): Vectors
  /** {@link push}, with a weight that all samples share left unmultiplied at the end. */
  tangentFactors(code: LayerCode, v: Vectors): TangentFactors
  /** {@link pull}, with a weight that all samples share left unmultiplied at the end. */
  jacobianFactors(code: LayerCode, g: Vectors): JacobianFactors
  /** The steps of the layer in the order in which they run: rays, exact arithmetic and error bounds are such walks. */
  walk<V>(walk: LayerWalk<V>, v: V): V
  /** All but its numbers. */
  describe(): LayerDescription
  /** In one word or two, for errors and reports: `64(relu)`. */
  toString(): string
}

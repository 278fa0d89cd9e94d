import {
  cast,
  div,
  expandDims,
  greater,
  logicalAnd,
  matmul,
  minimum,
  norm,
  scope,
  slice,
  squeeze,
  stack,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'
import { orthonormalRows } from '../generators/orthonormal-fields.ts'
import { describe } from '../numbers/checks.ts'
import { areFinite, scaled } from '../numbers/scaled.ts'
import { decoderOf, type Surface, type SurfacePlace } from './decoder-of.ts'

/**
 * The share of a direction's length that leaves the decoder's image: `‖(I − P) v‖ / ‖v‖`, P the orthogonal projection on the tangents of the sample's own
 * piece (Eq. 8). 0 for a direction along the surface, 1 for one at right angles to it or where the piece is a point. With `v = G x` it says whether a group
 * acts along what the autoencoder can draw (docs/mathematics.md 2.6).
 *
 * In float64; the tangents are made orthonormal by the rank rule of `generatorAlignment`. Right at any scale.
 *
 * @param surface a decoder, or an autoencoder: then its decoder
 * @param at N points in the decoder's inputs, of an autoencoder N samples; or their region codes
 * @param directions v, [N, k, d]: k for every point
 * @returns float64 [N, k]; NaN for a direction of length 0, and where a number is not finite.
 * @throws Error for shapes that do not fit, TypeError for what is no network.
 * @example
 * import { identityActivation, init, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { leavingShare } from '@facet/geometry'
 * await init()
 * const line = new Network([new Dense({ name: 'line', weight: tensor([[1], [0]]), bias: null, activation: identityActivation })])
 * leavingShare(line, tensor([[2]]), tensor([[[3, 0], [3, 4]]])).toArray() // [[0, 0.8]]
 */
export function leavingShare(surface: Surface, at: SurfacePlace, directions: Tensor): Tensor {
  return scope(() => {
    const { network, code, isKnown } = decoderOf('leavingShare', surface, at)
    const [count, d] = [code.count, network.outputs]
    if (directions.rank !== 3 || directions.shape[0] !== count || directions.shape[2] !== d)
      throw new Error(
        `leavingShare: expected directions [${count}, k, ${d}], one row of k for each point, got ${describe(directions)}`,
      )
    const tangents = cast(network.tangents(code), 'float64') // [N, h, d]
    const near = scaled(tangents, [1, 2]).value
    const each = Array.from({ length: network.inputs }, (_, k) =>
      squeeze(slice(near, [0, k, 0], [count, 1, d]), 1),
    )
    const basis = stack(orthonormalRows(each), 1)
    const given = scaled(cast(directions, 'float64'), 2).value
    // Once more, because the first subtraction leaves rounding errors as large as what was subtracted.
    const rest = withoutSpan(basis, withoutSpan(basis, given))
    const length = norm(given, 2)
    const share = minimum(div(norm(rest, 2), length), 1)
    const isPoint = logicalAnd(isKnown, areFinite(tangents))
    return where(logicalAnd(expandDims(isPoint, 1), greater(length, 0)), share, Number.NaN)
  })
}

/** Rows of v [N, k, d] without what lies in the span of orthonormal rows [N, h, d]. */
const withoutSpan = (basis: Tensor, v: Tensor): Tensor =>
  sub(v, matmul(matmul(v, basis, { transposeB: true }), basis))

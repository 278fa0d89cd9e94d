import type { Network } from '@facet/models'
import {
  add,
  choleskySolve,
  div,
  expandDims,
  less,
  matmul,
  max,
  maximum,
  min,
  minimum,
  mul,
  onesLike,
  square,
  squeeze,
  sub,
  sum,
  type Tensor,
  where,
} from '@facet/tensor'
import { scaled } from '../numbers/scaled.ts'

/** For each point a latent and how far its image is. */
export interface Nearest {
  /** [N, h] */
  readonly latents: Tensor
  /** ‖p − D(z)‖² in units of the point's scale, [N] */
  readonly squared: Tensor
}

/**
 * Moves each latent towards the one whose image is nearest to its point. On the region of z the decoder is affine, so one
 * least-squares step `z + (AᵀA)⁻¹ Aᵀ (p − D(z))` reaches the nearest point of the piece; where that lies beyond the piece and
 * is no nearer, the step is halved. Latents stay in the box of `latents`; no distance grows. At a crease that both pieces
 * climb from it stays: the nearest point along the crease is not looked for.
 *
 * @param scale the size of each point's distance, [N, 1]
 */
export function refineNearest(
  decoder: Network,
  latents: Tensor,
  points: Tensor,
  scale: Tensor,
  start: Nearest,
  steps: number,
): Nearest {
  if (steps === 0) return start
  const away = (latents: Tensor) => div(sub(points, decoder.apply(latents)), scale)
  const [low, high] = [min(latents, 0), max(latents, 0)]
  let nearest = start
  let size = onesLike(start.squared)
  for (let step = 0; step < steps; step++) {
    const residual = away(nearest.latents)
    const { value: tangents, scale: stretch } = scaled(decoder.tangents(nearest.latents), [1, 2])
    const gram = matmul(tangents, tangents, { transposeB: true })
    const solution = choleskySolve(gram, matmul(tangents, expandDims(residual, 2)))
    const move = mul(squeeze(solution, 2), div(scale, squeeze(stretch, 2)))
    const moved = minimum(maximum(add(nearest.latents, mul(move, expandDims(size, 1))), low), high)
    const squared = sum(square(away(moved)), 1)
    const nearer = less(squared, nearest.squared)
    nearest = {
      latents: where(expandDims(nearer, 1), moved, nearest.latents),
      squared: minimum(squared, nearest.squared),
    }
    size = where(nearer, 1, mul(size, 0.5))
  }
  return nearest
}

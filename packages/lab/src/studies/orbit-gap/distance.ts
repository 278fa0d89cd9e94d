import { distanceToImage } from '@facet/geometry'
import type { Autoencoder } from '@facet/models'
import { broadcastTo, concat, linspace, max, min, reshape, type Tensor } from '@facet/tensor'
import type { CaseProtocol } from './settings.ts'

/**
 * Latents evenly over the box of the codes widened by `margin` of its span on each side, the last coordinate fastest.
 *
 * @param codes [N, h]
 * @param count points along each axis
 * @returns [count^h, h]
 */
export function latentGrid(codes: Tensor, margin: number, count: number): Tensor {
  const h = codes.shape[1]
  const low = min(codes, 0).toArray() as number[]
  const high = max(codes, 0).toArray() as number[]
  const grid = new Array<number>(h).fill(count)
  const coordinates = low.map((from, axis) => {
    const reach = margin * (high[axis] - from)
    const values = linspace(from - reach, high[axis] + reach, count, codes.dtype)
    const along = grid.map((_, other) => (other === axis ? count : 1))
    return reshape(broadcastTo(reshape(values, along), grid), [-1, 1])
  })
  return concat(coordinates, 1)
}

/** Distances of points [N, d] to the decoder's image of the code box and its margin, [N]. */
export const distanceToSurface = (
  model: Autoencoder,
  train: Tensor,
  points: Tensor,
  { margin, latents, refine }: Pick<CaseProtocol, 'margin' | 'latents' | 'refine'>,
): Tensor =>
  distanceToImage(model.decoder, latentGrid(model.encode(train), margin, latents), points, { refine })

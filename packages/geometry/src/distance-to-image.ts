import type { Network } from '@facet/models'
import { expandDims, min, minimum, rows, scope, sqrt, square, sub, sum, type Tensor } from '@facet/tensor'
import { describe, expectPoints } from './checks.ts'

/**
 * How many differences are held at a time: 2^20 numbers are 8 MB in float64, whatever the number of points and latents.
 */
const CHUNK_ELEMENTS = 2 ** 20

/**
 * The distance of each point to the decoder's image of some latents: `min_m ‖p_n − D(z_m)‖`, in units of the data. With latents
 * dense in the code box it measures how near the decoded surface passes (SPEC 5, gap distance).
 *
 * Differences are squared as they are: `‖p‖² + ‖y‖² − 2 p·y` would lose half of the digits of a small distance.
 *
 * @param latents [M, h]
 * @param points [N, d]
 * @returns [N]
 * @throws Error for shapes or dtypes that do not fit, or no latents.
 * @example
 * import { identityActivation, init, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { distanceToImage } from '@facet/geometry'
 * await init()
 * const line = new Network([new Dense({ name: 'line', weight: tensor([[1], [0]]), bias: null, activation: identityActivation })])
 * distanceToImage(line, tensor([[0], [1], [2]]), tensor([[1, 3]])).toArray() // [3]
 */
export function distanceToImage(decoder: Network, latents: Tensor, points: Tensor): Tensor {
  expectPoints('distanceToImage', 'latents', decoder, latents)
  const [count, d] = points.shape
  if (points.rank !== 2 || d !== decoder.outputs || points.dtype !== latents.dtype) {
    const expected = `${latents.dtype} [N, ${decoder.outputs}]`
    throw new Error(`distanceToImage: expected points ${expected}, got ${describe(points)}`)
  }
  const total = latents.shape[0]
  if (total === 0) throw new Error(`distanceToImage: expected at least one latent, got ${describe(latents)}`)
  const chunk = Math.max(1, Math.floor(CHUNK_ELEMENTS / Math.max(1, count * d)))
  return scope(() => {
    const column = expandDims(points, 1)
    let nearest: Tensor | undefined
    for (let from = 0; from < total; from += chunk) {
      const distances = scope(() =>
        squaredDistances(decoder, rows(latents, from, Math.min(from + chunk, total)), column),
      )
      nearest = nearest === undefined ? distances : minimum(nearest, distances)
    }
    return sqrt(nearest!)
  })
}

/** To the nearest of the decoded latents [m, h], for points [N, 1, d]: [N]. */
function squaredDistances(decoder: Network, latents: Tensor, points: Tensor): Tensor {
  const image = expandDims(decoder.apply(latents), 0)
  return min(sum(square(sub(points, image)), 2), 1)
}

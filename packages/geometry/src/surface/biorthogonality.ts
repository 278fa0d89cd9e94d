import { div, eye, matmul, scope, squeeze, sub, type Tensor } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { scaledNorm } from '../numbers/scaled.ts'

/**
 * How far encoder and decoder are from inverting each other on the surface (Prop. 1): `‖A^E A^D − I‖_F / √h` per
 * sample, 0 where they do, 1 where one of them is 0.
 *
 * @param encoder A^E [N, h, d]
 * @param decoder A^D [N, d, h]
 * @returns [N]; not finite where a number of either is not, or their product has no place in the dtype.
 * @throws Error for shapes that do not fit each other.
 * @example
 * import { eye, init, reshape } from '@facet/tensor'
 * import { biorthogonality } from '@facet/geometry'
 * await init()
 * const identity = reshape(eye(2), [1, 2, 2])
 * biorthogonality(identity, identity).toArray() // [0]
 */
export function biorthogonality(encoder: Tensor, decoder: Tensor): Tensor {
  const [count, h, d] = encoder.shape
  const expected = [count, d, h]
  if (encoder.rank !== 3 || decoder.shape.join() !== expected.join()) {
    throw new Error(
      `biorthogonality: expected A^E [N, h, d] and A^D [N, d, h], got ${describe(encoder)} and ${describe(decoder)}`,
    )
  }
  return scope(() => {
    const rest = sub(matmul(encoder, decoder), eye(h, encoder.dtype))
    return div(squeeze(scaledNorm(rest, [1, 2]), [1, 2]), Math.sqrt(h))
  })
}

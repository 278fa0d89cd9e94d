import { dispatch } from '../../dispatch.ts'
import { NONE } from '../../op.ts'
import type { Tensor } from '../../tensor.ts'
import ops from './family.ts'

/**
 * The matrix exponential, batched: scaling and squaring with Padé 13 (Higham 2005), halved as often as the norms of powers ask for (Al-Mohy
 * & Higham 2009). The relative error is about ε · ‖A‖, as any change of A by a rounding makes it, and some ε where the large
 * entries lie above a diagonal (nilpotent and triangular matrices, in any order of the rows) or in another block than the
 * small ones. A matrix of a norm above 2⁵⁴, where no digit would be left, is NaN unless it is triangular or its exponential is 0
 * beyond doubt; so is one with a NaN or an infinity. A result beyond the largest number is infinite or NaN. The backend
 * `gpu` computes in float32 and up to a norm of 32,768, beyond it is NaN. For symmetric matrices there is also {@link symmetricFunction}.
 *
 * @param a `[..., n, n]`
 * @returns `[..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { expm, init, tensor } from '@facet/tensor'
 * await init()
 * expm(tensor([[0, 3], [0, 0]])).toArray() // [[1, 3], [0, 1]]
 */
export const expm = (a: Tensor): Tensor => dispatch(ops.expm, [a], NONE)[0]

import type { Tensor } from '@facet/tensor'
import { grad } from './grad.ts'
import { jvp } from './jvp.ts'
import type { TreeOf } from './tree.ts'

/**
 * Hessian–vector product of a scalar function, forward over reverse: about twice the cost of a gradient, the Hessian
 * is never formed.
 *
 * @param p a tensor, or a tree of tensors, of any shapes
 * @param v like `p`: the direction
 * @returns the product, like `p`
 * @throws TypeError as {@link grad} and {@link jvp} do.
 * @example hvp((x: Tensor) => sum(pow(x, 3)), tensor([1, 2]), tensor([1, 1]))   // [6, 12]
 */
export const hvp = <P extends TreeOf<P>>(f: (p: P) => Tensor, p: P, v: P): P => jvp(grad(f), p, v).tangent

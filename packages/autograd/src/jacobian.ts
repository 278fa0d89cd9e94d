import { cast, eye, reshape, rows, type Shape, scope, sizeOf, stack, Tensor, zeros } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { jvp } from './jvp.ts'
import { vjp } from './vjp.ts'

/** The unit vectors of the space of tensors of this shape. */
function unitVectors(like: Tensor): Tensor[] {
  const identity = eye(like.size, like.dtype)
  return Array.from({ length: like.size }, (_, i) => reshape(rows(identity, i, i + 1), like.shape))
}

function expectTensor(what: string, value: unknown): void {
  if (!(value instanceof Tensor))
    throw new TypeError(`jacobian: expected ${what} to be a tensor, got ${describe(value)}`)
}

/**
 * The whole Jacobian `[...output, ...input]` of a function of one tensor: a pullback for each output or a pushforward
 * for each input, whichever are fewer. For networks `localAffine` gives it in one pass.
 *
 * @param f from a tensor `[...input]` to a tensor `[...output]`
 * @throws TypeError for an argument or a result that is no tensor, and as {@link vjp} does.
 * @example jacobian((x: Tensor) => square(x))(tensor([1, 2]))   // [[2, 0], [0, 4]]
 */
export const jacobian =
  (f: (x: Tensor) => Tensor): ((x: Tensor) => Tensor) =>
  (x) =>
    scope(() => {
      expectTensor('x', x)
      const { value, pullback } = vjp(f, x)
      expectTensor('f(x)', value)
      const shape: Shape = [...value.shape, ...x.shape]
      if (sizeOf(shape) === 0) return zeros(shape, x.dtype)
      if (value.size <= x.size) return reshape(stack(unitVectors(value).map(pullback)), shape)
      const columns = unitVectors(x).map((direction) => jvp(f, x, direction).tangent)
      return cast(reshape(stack(columns, -1), shape), x.dtype)
    })

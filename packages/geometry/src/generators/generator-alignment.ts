import {
  abs,
  add,
  cast,
  div,
  greater,
  isFinite,
  max,
  maximum,
  minimum,
  norm,
  scope,
  sqrt,
  square,
  sum,
  type Tensor,
  where,
  zeros,
} from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { scaled } from '../numbers/scaled.ts'
import { dotRows, fieldOf, orthonormalFields } from './orthonormal-fields.ts'

/**
 * How much of the true generator's field the learned generators span: mean over the data of
 * `‖P_span{G_k x} G x‖ / ‖G x‖` (docs/mathematics.md 2.6), between 0 and 1. Points that the true generator does not
 * move are left out.
 *
 * The projection is orthonormal: a G_k x of which less than `√max(1e-10, 10 h ε)` of its length is new adds no direction,
 * so that duplicate and zero generators do no harm (the rank rule of docs/mathematics.md 5.2, in lengths).
 *
 * @param generators G_k, [h, d, d]
 * @param x [N, d]
 * @param trueGenerator G, [d, d]
 * @returns a scalar; 0 if no point is moved, NaN if a number is not finite.
 * @throws Error for shapes that do not fit each other.
 * @example
 * import { init, reshape, tensor } from '@facet/tensor'
 * import { generatorAlignment } from '@facet/geometry'
 * await init()
 * const rotation = tensor([[0, -1], [1, 0]])
 * generatorAlignment(reshape(rotation, [1, 2, 2]), tensor([[1, 2]]), rotation).item() // 1
 */
export function generatorAlignment(generators: Tensor, x: Tensor, trueGenerator: Tensor): Tensor {
  expectGenerators(generators, x, trueGenerator)
  return scope(() => {
    // Shares of lengths are the same at any scale; squares of lengths around 1 have a place in the dtype.
    const points = scaled(x, 1).value
    const target = fieldOf(scaled(trueGenerator).value, points)
    const basis = orthonormalFields(scaled(generators, [1, 2]).value, points)
    const explained = basis.reduce(
      (total, q) => add(total, square(dotRows(q, target))),
      zeros([x.shape[0], 1], x.dtype),
    )
    const length = norm(target, 1, true)
    const moved = greater(length, 0)
    const share = where(moved, minimum(div(sqrt(explained), length), 1), 0)
    const count = sum(cast(moved, x.dtype))
    const largest = [generators, x, trueGenerator].map((given) => max(abs(given))).reduce(maximum)
    return where(isFinite(largest), div(sum(share), maximum(count, 1)), Number.NaN)
  })
}

function expectGenerators(generators: Tensor, x: Tensor, trueGenerator: Tensor): void {
  const d = x.shape[1]
  const fits = x.rank === 2 && generators.rank === 3 && trueGenerator.rank === 2
  if (fits && [...generators.shape.slice(1), ...trueGenerator.shape].every((size) => size === d)) return
  throw new Error(
    `generatorAlignment: expected generators [h, d, d], x [N, d] and a true generator [d, d], ` +
      `got ${describe(generators)}, ${describe(x)} and ${describe(trueGenerator)}`,
  )
}

import { activeBackend } from './active-backend.ts'
import { describe, isTensor } from './checks.ts'
import { fromAnotherCopy } from './copies.ts'
import { formatShape, type Shape, sameShape } from './shape.ts'
import { ConcreteTensor, type Tensor } from './tensor.ts'
import type { UpdateName, UpdateTable } from './update-table.ts'

/** A gradient left unevaluated (docs/architecture.md 3): its value is `reshape(leftᵀ · right, shape)`. */
export interface Factors {
  /** `[P, m]` */
  readonly left: Tensor
  /** `[P, n]` */
  readonly right: Tensor
  /** m · n elements. */
  readonly shape: Shape
}

/** One of the terms a gradient is the sum of. */
export type Contribution = Tensor | Factors

/** A parameter and its moments, by name. */
type State<N extends UpdateName> = Readonly<Record<UpdateTable[N]['state'], Tensor>>

/**
 * Updates a parameter and its moments in place from the terms of its gradient, in one pass; factored terms are
 * never multiplied out. The only op of the engine that writes into an existing tensor.
 *
 * @throws if a shape or dtype differs from the parameter's.
 * @example
 * const [parameter, velocity] = [ones([2, 3]), zeros([2, 3])]
 * updateInPlace('sgd', { parameter, velocity }, [ones([2, 3])], { learningRate: 0.1, momentum: 0, weightDecay: 0 })
 */
export function updateInPlace<N extends UpdateName>(
  name: N,
  state: State<N>,
  gradient: readonly Contribution[],
  params: UpdateTable[N]['params'],
): void {
  prepareUpdate(name, state, gradient)(params)
}

/**
 * {@link updateInPlace} for tensors that keep their places while their numbers change: everything is checked now, and the
 * function that is returned updates, as often as it is called.
 *
 * @throws if a shape or dtype differs from the parameter's.
 * @example
 * const [parameter, velocity] = [ones([2, 3]), zeros([2, 3])]
 * const update = prepareUpdate('sgd', { parameter, velocity }, [ones([2, 3])])
 * for (const learningRate of [0.1, 0.05]) update({ learningRate, momentum: 0, weightDecay: 0 })
 */
export function prepareUpdate<N extends UpdateName>(
  name: N,
  state: State<N>,
  gradient: readonly Contribution[],
): (params: UpdateTable[N]['params']) => void {
  const tensors = state as Readonly<Record<string, Tensor>>
  const { parameter } = tensors
  for (const key in tensors) {
    const t = tensors[key]
    expectLike(name, key, parameter, t.shape, t.dtype)
    expectConcrete(name, key, t)
  }
  for (let i = 0; i < gradient.length; i++) checkTerm(name, parameter, gradient[i])
  const update = activeBackend(name).updates[name] as (
    state: unknown,
    gradient: readonly unknown[],
    params: UpdateTable[N]['params'],
  ) => void
  // What has been checked are operands as they stand.
  return (params) => update(tensors, gradient, params)
}

function checkTerm(name: string, parameter: Tensor, term: Contribution): void {
  if (isTensor(term)) {
    expectLike(name, 'a gradient', parameter, term.shape, term.dtype)
    expectConcrete(name, 'a gradient', term)
    return
  }
  const { left, right, shape } = term
  expectLike(name, 'a gradient', parameter, shape, left.dtype)
  expectLike(name, 'a gradient', parameter, shape, right.dtype)
  const fit =
    left.rank === 2 &&
    right.rank === 2 &&
    left.shape[0] === right.shape[0] &&
    left.shape[1] * right.shape[1] === parameter.size
  if (!fit) {
    throw new RangeError(
      `${name}: factors ${formatShape(left.shape)} and ${formatShape(right.shape)} do not make ${formatShape(parameter.shape)}`,
    )
  }
  expectConcrete(name, 'a factor', left)
  expectConcrete(name, 'a factor', right)
}

function expectLike(name: string, what: string, like: Tensor, shape: Shape, dtype: string): void {
  if (sameShape(shape, like.shape) && dtype === like.dtype) return
  throw new RangeError(
    `${name}: expected ${what} ${formatShape(like.shape)} ${like.dtype}, got ${formatShape(shape)} ${dtype}`,
  )
}

function expectConcrete(name: string, what: string, t: Tensor): void {
  if (t instanceof ConcreteTensor) return
  if (fromAnotherCopy(t) !== '')
    throw new TypeError(`${name}: expected ${what} of this engine, got ${describe(t)}`)
  throw new TypeError(`${name}: expected ${what} that holds numbers, got ${t.toString()} under a transform`)
}

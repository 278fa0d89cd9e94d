import { activeBackend } from './engine.ts'
import { formatShape, type Shape, sizeOf } from './shape.ts'
import { ConcreteTensor, Tensor } from './tensor.ts'
import type { ContributionOperand, UpdateName, UpdateTable } from './update-table.ts'

/** A gradient left unevaluated (DESIGN 8): its value is `reshape(leftᵀ · right, shape)`. */
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

const concrete = (name: string, what: string, t: Tensor): ConcreteTensor => {
  if (t instanceof ConcreteTensor) return t
  throw new TypeError(`${name}: expected ${what} that holds numbers, got ${t.toString()} under a transform`)
}

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
  state: Readonly<Record<UpdateTable[N]['state'], Tensor>>,
  gradient: readonly Contribution[],
  params: UpdateTable[N]['params'],
): void {
  const tensors = state as Readonly<Record<string, Tensor>>
  const { shape, dtype } = tensors.parameter
  const expectLike = (what: string, gotShape: Shape, gotType: string): void => {
    if (
      sizeOf(gotShape) !== sizeOf(shape) ||
      formatShape(gotShape) !== formatShape(shape) ||
      gotType !== dtype
    ) {
      throw new RangeError(
        `${name}: expected ${what} ${formatShape(shape)} ${dtype}, got ${formatShape(gotShape)} ${gotType}`,
      )
    }
  }
  const stateOperands: Record<string, ConcreteTensor> = {}
  for (const key of Object.keys(tensors)) {
    expectLike(key, tensors[key].shape, tensors[key].dtype)
    stateOperands[key] = concrete(name, key, tensors[key])
  }
  const terms = gradient.map((term): ContributionOperand<unknown> => {
    expectLike('a gradient', term.shape, term instanceof Tensor ? term.dtype : term.left.dtype)
    if (term instanceof Tensor) return concrete(name, 'a gradient', term)
    const { left, right } = term
    if (
      left.rank !== 2 ||
      right.rank !== 2 ||
      left.shape[0] !== right.shape[0] ||
      left.shape[1] * right.shape[1] !== sizeOf(shape)
    ) {
      throw new RangeError(
        `${name}: factors ${formatShape(left.shape)} and ${formatShape(right.shape)} do not make ${formatShape(shape)}`,
      )
    }
    return { left: concrete(name, 'a factor', left), right: concrete(name, 'a factor', right) }
  })
  activeBackend(name).updates[name](stateOperands as never, terms, params as never)
}

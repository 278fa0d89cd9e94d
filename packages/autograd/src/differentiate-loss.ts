import { type Contribution, isFloat, onesLike, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { distinctFrom } from './distinct-tensors.ts'
import { runOnTape } from './run-on-tape.ts'
import { describeLeaf, mapTensors } from './tree.ts'

/** A loss, what the function returned beside it, and the terms of the gradient in each leaf of the argument. */
export interface LossDerivative<A> {
  readonly value: Tensor
  readonly aux: A
  readonly inputs: readonly Tensor[]
  readonly contributions: readonly (readonly Contribution[])[]
}

/** Reverse mode for a function that returns `[loss, aux]`. @throws TypeError unless the loss is one floating number. */
export function differentiateLoss<P, A>(
  operation: string,
  p: P,
  f: (p: P) => readonly [loss: Tensor, aux: A],
): LossDerivative<A> {
  const { tape, inputs, result } = runOnTape(operation, p, f)
  if (!Array.isArray(result)) {
    throw new TypeError(`${operation}: with aux, expected f(p) to be [loss, aux], got ${describe(result)}`)
  }
  const [loss, aux] = result
  if (!(loss instanceof Tensor) || loss.rank !== 0 || !isFloat(loss.dtype))
    throw new TypeError(`${operation}: expected f(p) to be a floating scalar, got ${describeLeaf(loss)}`)
  const contributions = tape.pullBack([loss], [onesLike(loss)], inputs.length)
  // The function may return its argument: the caller gets a view of it, which may be disposed while the argument is kept.
  const valueOf = (t: Tensor): Tensor => {
    const value = tape.primal(t)
    return inputs.includes(value) ? distinctFrom(inputs)(value) : value
  }
  return { value: valueOf(loss), aux: mapTensors(aux, valueOf), inputs, contributions }
}

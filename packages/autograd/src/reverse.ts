import { type Contribution, formatShape, isFloat, onesLike, Tensor, zerosLike } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { withLevel } from '@facet/tensor/dispatch'
import { materialise } from './contribution.ts'
import { distinctFrom } from './distinct-tensors.ts'
import { Tape } from './tape.ts'
import { floatLeaves, mapTensors, rebuild } from './tree.ts'

/** A function's run on a tape; the leaves of its argument are the tape's first variables. */
export interface Trace<R> {
  readonly tape: Tape
  readonly inputs: readonly Tensor[]
  readonly result: R
}

/** @throws TypeError for a value in place of the function: `grad(f)(x)`, not `grad(f(x))`. */
export function expectFunction(operation: string, f: unknown): void {
  if (typeof f !== 'function') throw new TypeError(`${operation}: expected a function, got ${describe(f)}`)
}

/** Runs `f` with the tensors of `p` traced. @throws TypeError for anything in `p` that is not a floating tensor. */
export function trace<P, R>(operation: string, p: P, f: (p: P) => R): Trace<R> {
  expectFunction(operation, f)
  const inputs = floatLeaves(operation, 'p', p)
  return withLevel((level) => {
    const tape = new Tape(level)
    try {
      const variables = inputs.map((input) => tape.variable(input))
      return { tape, inputs, result: f(rebuild(p, variables)) }
    } finally {
      tape.close()
    }
  })
}

/** A loss, what came with it, and the terms of its gradient in each leaf. */
export interface Reverse<A> {
  readonly value: Tensor
  readonly aux: A
  readonly inputs: readonly Tensor[]
  readonly contributions: readonly (readonly Contribution[])[]
}

/** @throws TypeError unless the loss is one floating number. */
export function differentiate<P, A>(
  operation: string,
  p: P,
  f: (p: P) => readonly [loss: Tensor, aux: A],
): Reverse<A> {
  const { tape, inputs, result } = trace(operation, p, f)
  if (!Array.isArray(result)) {
    throw new TypeError(`${operation}: with aux, expected f(p) to be [loss, aux], got ${describe(result)}`)
  }
  const [loss, aux] = result
  if (!(loss instanceof Tensor) || loss.rank !== 0 || !isFloat(loss.dtype)) {
    const got = loss instanceof Tensor ? `${loss.dtype} ${formatShape(loss.shape)}` : describe(loss)
    throw new TypeError(`${operation}: expected f(p) to be a floating scalar, got ${got}`)
  }
  const contributions = tape.pullBack([loss], [onesLike(loss)], inputs.length)
  // A function may answer with its argument: as it is given back it is another tensor.
  const own = (t: Tensor): Tensor => (inputs.includes(t) ? distinctFrom(inputs)(t) : t)
  return {
    value: own(tape.primal(loss)),
    aux: mapTensors(aux, (t) => own(tape.primal(t))),
    inputs,
    contributions,
  }
}

/**
 * The sum of each list, zeros for an empty one. No tensor is handed out twice nor is one of `taken`, so that each
 * may be disposed on its own.
 */
export function gradients(
  inputs: readonly Tensor[],
  contributions: readonly (readonly Contribution[])[],
  taken: readonly Tensor[] = [],
): Tensor[] {
  const own = distinctFrom(taken)
  return inputs.map((input, i) =>
    own(contributions[i].length === 0 ? zerosLike(input) : materialise(contributions[i])),
  )
}

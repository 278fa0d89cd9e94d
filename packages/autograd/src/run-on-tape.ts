import type { Tensor } from '@facet/tensor'
import { withLevel } from '@facet/tensor/dispatch'
import { expectFunction } from './expect-function.ts'
import { Tape } from './tape.ts'
import { floatLeaves, rebuild } from './tree.ts'

/** A function's run on a tape; the leaves of its argument are the tape's first variables. */
export interface TapedRun<R> {
  readonly tape: Tape
  readonly inputs: readonly Tensor[]
  readonly result: R
}

/** Runs `f` with the tensors of `p` as variables. @throws TypeError for anything in `p` that is not a floating tensor. */
export function runOnTape<P, R>(operation: string, p: P, f: (p: P) => R): TapedRun<R> {
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

import type { DType, TypedArray } from '../../../dtype.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import { sizeOf } from '../../../shape.ts'
import type { Values } from '../../../testing/case.ts'
import { filled } from '../../../testing/values.ts'
import type { ContributionOperand, UpdateName } from '../../../update-table.ts'
import { referenceBackend } from '../../reference/index.ts'
import { isDense, type Term, type UpdateCase } from './cases.ts'
import type { Arrays } from './rows.ts'

/** In float64, each number mapped by `f`, under the name of its own dtype. */
const widened = (
  { values, shape, dtype }: Values,
  f: (x: number) => number = (x) => x,
): KernelOperand<TypedArray> => ({
  buffer: Float64Array.from(values, f),
  shape,
  size: sizeOf(shape),
  dtype,
})

const operandsOf = (terms: readonly Term[], f?: (x: number) => number): ContributionOperand<TypedArray>[] =>
  terms.map((term) =>
    isDense(term) ? widened(term, f) : { left: widened(term.left, f), right: widened(term.right, f) },
  )

/** Σ|terms| of every element. */
export function magnitudes({ shape, terms }: UpdateCase, dtype: DType): TypedArray {
  const state = {
    parameter: widened(filled(dtype, shape, () => 0)),
    velocity: widened(filled(dtype, shape, () => 0)),
  }
  const params = { learningRate: 1, momentum: 0, weightDecay: 0 }
  referenceBackend.updates.sgd(state, operandsOf(terms, Math.abs), params)
  return state.velocity.buffer
}

/** The state after one update by `reference` in float64. */
export function referenceUpdate(
  name: UpdateName,
  { terms }: UpdateCase,
  state: Readonly<Record<string, Values>>,
  params: unknown,
): Arrays {
  const operands = Object.fromEntries(Object.entries(state).map(([key, x]) => [key, widened(x)]))
  const run = referenceBackend.updates[name] as (s: unknown, g: unknown, p: unknown) => void
  run(operands, operandsOf(terms), params)
  return Object.fromEntries(Object.entries(operands).map(([key, { buffer }]) => [key, buffer]))
}

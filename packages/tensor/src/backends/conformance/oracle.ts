import { identityActivation } from '../../activation.ts'
import { arrayTypes, isFloat, type TypedArray } from '../../dtype.ts'
import { kernelOf } from '../../kernel-of.ts'
import type { KernelOperand } from '../../kernel-operand.ts'
import type { OpName, OpParams } from '../../op-table.ts'
import { opTable } from '../../op-table.ts'
import { sizeOf } from '../../shape.ts'
import type { Case, Values } from '../../testing/case.ts'
import { cases } from '../../testing/cases/index.ts'
import { referenceBackend } from '../reference/index.ts'

type Plain = KernelOperand<TypedArray>
type Run = (inputs: readonly Plain[], outputs: readonly Plain[], params: unknown) => void

/** Floats in float64, under the name of their own dtype: some kernels ask for its precision. */
const widened = (x: Values): Plain => ({
  buffer: isFloat(x.dtype) ? Float64Array.from(x.values) : x.values,
  shape: x.shape,
  size: sizeOf(x.shape),
  dtype: x.dtype,
})

/** Every output of an op by the plain loops, in float64 where the dtype is a float, not rounded to it. */
export function oracle<N extends OpName>(op: N, { inputs, params }: Case<N>): TypedArray[] {
  const operands = inputs.map(widened)
  const outputs = opTable[op].outputs(op, inputs, params).map(({ shape, dtype }): Plain => {
    const size = sizeOf(shape)
    return {
      shape,
      dtype,
      size,
      buffer: isFloat(dtype) ? new Float64Array(size) : new arrayTypes[dtype](size),
    }
  })
  // Views have no kernel: their numbers are those of the input.
  const kernel = kernelOf(referenceBackend, opTable[op]) as Run | undefined
  if (kernel === undefined) return [operands[0].buffer]
  kernel(operands, outputs, params)
  return outputs.map(({ buffer }) => buffer)
}

const mapped = (x: Values, f: (value: number) => number): Values =>
  isFloat(x.dtype) ? { ...x, values: Float64Array.from(x.values, f) } : x

/** What bounds the error of a sum of terms. */
export interface Terms {
  readonly count: number
  /** Σ|terms| of every element. */
  readonly magnitude: TypedArray
  /** What the infinities and NaN among the terms make of an element; finite where there are none. */
  readonly holes: TypedArray
}

/** @throws Error for an op that does not add up terms. */
export function termsOf<N extends OpName>(op: N, c: Case<N>, output: number): Terms {
  const count = cases[op].terms as ((c: Case<N>) => number) | undefined
  if (count === undefined) throw new Error(`conformance: ${op} has no terms to count`)
  const params = op === 'affine' ? (identityActivation as OpParams[N]) : c.params
  const of = (f: (value: number) => number): TypedArray =>
    oracle(op, { inputs: c.inputs.map((x) => mapped(x, f)), params })[output]
  const magnitude = of(Math.abs)
  // Numbers as their signs: whatever is not finite then comes from what is not, never from overflow.
  const holes = magnitude.every(Number.isFinite)
    ? magnitude
    : of((x) => (Number.isFinite(x) ? Math.sign(x) : x))
  return { count: count(c), magnitude, holes }
}

import type { KernelOperand } from '../../../kernel-operand.ts'
import type { OpName, OpParams, ViewOp } from '../../../op-table.ts'
import { type Shape, sizeOf } from '../../../shape.ts'
import { storedType } from '../glsl/program.ts'
import type { Runner } from '../runner.ts'
import { type GpuBuffer, wholeOf } from '../texture-storage.ts'

/** A tensor as a kernel of this backend sees it. */
export type GpuOperand = KernelOperand<GpuBuffer>

/** Draws every element of the outputs. */
export type GpuKernel<P> = (
  runner: Runner,
  inputs: readonly GpuOperand[],
  outputs: readonly GpuOperand[],
  params: P,
) => void

/** The kernel of an op. */
export type GpuKernelOf<N extends Exclude<OpName, ViewOp>> = GpuKernel<OpParams[N]>

/** One kernel per op of the table, those of families among them: a missing one is a compile error. Views need none. */
export type GpuKernels = { readonly [N in Exclude<OpName, ViewOp>]: GpuKernel<OpParams[N]> }

/**
 * Draws one output, an element at a time.
 *
 * @param key everything that the statements depend on beside dtypes and sizes of textures
 * @param statements GLSL of the body of `element(int i)`: it returns `stored(…)` of element i
 * @param functions GLSL functions that the statements call beside those of `glsl/functions`
 */
export function drawElements(
  runner: Runner,
  key: string,
  inputs: readonly GpuOperand[],
  { dtype, buffer }: GpuOperand,
  statements: () => string,
  functions = '',
): void {
  runner.run({
    key,
    inputs: buffersOf(inputs),
    outputs: [buffer.storage],
    body: () => ({
      kind: 'element',
      source: `${functions}${storedType(dtype)} element(int i) {\n${statements()}\n}`,
    }),
  })
}

/** The buffers of operands. */
export const buffersOf = (operands: readonly GpuOperand[]): GpuBuffer[] =>
  operands.map(({ buffer }) => buffer)

/** The same elements in another shape. */
export const reshaped = ({ buffer, size, dtype }: GpuOperand, shape: Shape): GpuOperand => ({
  buffer,
  shape,
  size,
  dtype,
})

/** Floats that the caller releases. */
export function temporary(runner: Runner, shape: Shape): GpuOperand {
  const size = sizeOf(shape)
  return { dtype: 'float32', shape, size, buffer: wholeOf(runner.storage('float32', size)) }
}

/** Lengths before, along and behind the axes `first … last`. */
export const around = (
  shape: readonly number[],
  first: number,
  last: number,
): [outer: number, length: number, inner: number] => [
  sizeOf(shape.slice(0, first)),
  sizeOf(shape.slice(first, last + 1)),
  sizeOf(shape.slice(last + 1)),
]

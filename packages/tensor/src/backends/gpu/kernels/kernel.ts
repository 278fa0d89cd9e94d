import type { Kernel } from '../../../backend.ts'
import type { OpName, OpParams, ViewOp } from '../../../op-params.ts'
import type { Operand } from '../../../operand.ts'
import { type Shape, sizeOf } from '../../../shape.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'

/** The kernel of an op on this backend. */
export type GpuKernelOf<N extends Exclude<OpName, ViewOp>> = Kernel<GpuBuffer, OpParams[N]>

export type GpuOperand = Operand<GpuBuffer>

export const buffersOf = (operands: readonly GpuOperand[]): GpuBuffer[] =>
  operands.map(({ buffer }) => buffer)

export const wholeOf = (storage: TextureStorage): GpuBuffer => ({ storage, offset: 0, size: storage.size })

/** The same elements in another shape. */
export const reshaped = ({ buffer, size, dtype }: GpuOperand, shape: Shape): GpuOperand => ({
  buffer,
  shape,
  size,
  dtype,
})

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

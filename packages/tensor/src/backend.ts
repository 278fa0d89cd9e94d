import type { DType, TypedArray } from './dtype.ts'
import type { KernelOperand } from './kernel-operand.ts'
import type { Law } from './random/draws.ts'
import type { UpdateKernels } from './update-table.ts'

/** Writes every element of every output; never keeps a buffer. */
export type Kernel<B, P> = (
  inputs: readonly KernelOperand<B>[],
  outputs: readonly KernelOperand<B>[],
  params: P,
) => void

/** What `structuredClone` and `postMessage` meet first in a tensor, and name: they would miss its numbers. */
export const uncloneable = Symbol('a Tensor; send await t.data() with t.shape, or copy it by clone(t). It')

/** Where tensors live and are computed. */
export interface Backend<B = unknown> {
  readonly name: string
  /** {@link uncloneable}, before anything that is a function. */
  readonly uncloneable?: symbol
  /** What it computes on, where that is no processor. */
  readonly device?: DeviceDescription
  /** The most exact floats that it computes in; float64 if left out. */
  readonly widestFloat?: 'float32'
  /** Whether its buffers are objects of JavaScript, of which the collector knows how large they are. */
  readonly isOnHeap?: boolean
  /** Room for `size` elements; contents are undefined. */
  allocate(dtype: DType, size: number): B
  upload(values: TypedArray): B
  /**
   * Element `i · every` of `size` elements is `start + i · step`, the others are 0; absent where an upload is as good. `step` is 0 but
   * for int32.
   */
  fill?(dtype: DType, size: number, every: number, start: number, step: number): B
  /** Replaces the numbers of a buffer of floats by draws, with the bits of `fillDraws`; absent where these are uploaded. */
  draw?(buffer: B, law: Law, key: Uint32Array): void
  /** `size` elements from `offset` on, sharing memory. */
  view(buffer: B, offset: number, size: number): B
  /** The last tensor on this buffer is gone. */
  release(buffer: B): void
  read(buffer: B): Promise<TypedArray>
  readSync(buffer: B): TypedArray
  /** Replaces the numbers of a buffer. */
  write(buffer: B, values: TypedArray): void
  /** Notes every call of a kernel from now on until the function that is returned is called; absent where it cannot. */
  record?(): () => BackendRecording
  /** Another backend has been chosen: threads may go. */
  rest?(): void
  /** Adds the kernels of a family of ops that bring their own: its `kernels[name]`, of which each backend knows its kind. */
  adopt?(kernels: unknown): void
  /** One for every op that is no view, by name: see `Kernels`; those of families from the first use on. */
  readonly kernels: Readonly<Record<string, Kernel<B, never>>>
  readonly updates: UpdateKernels<B>
}

/** What a GPU is and can. */
export interface DeviceDescription {
  readonly renderer: string
  readonly vendor: string
  /** Whether it draws on the processor (SwiftShader, llvmpipe): hundreds of times slower than `wasm`. */
  readonly software: boolean
  /** The longest side of a texture, in texels. */
  readonly longestSide: number
  /** Outputs of one kernel: 4 or 8. */
  readonly mostOutputs: number
  /** Elements of the largest float32 tensor. */
  readonly mostElements: number
}

/** Calls of kernels on buffers that keep their places. */
export interface BackendRecording {
  /** How many. */
  readonly calls: number
  replay(): void
  /** Runs `f` in the buffers that were released since the recording began; the next replay overwrites what is left there. */
  within<T>(f: () => T): T
  /** Whether all that was made within them has been released: if not, it must not be replayed again. */
  readonly isWhole: boolean
  /** Buffers released since the recording began may be used again. */
  dispose(): void
}

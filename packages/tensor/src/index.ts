export * from './activation.ts'
export type { Backend, DeviceDescription, Kernel } from './backend.ts'
export { bitsOf, wordsOf } from './code-words.ts'
export {
  arange,
  clone,
  eye,
  full,
  linspace,
  type NestedValues,
  type OtherTypedArray,
  ones,
  onesLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from './creation.ts'
export { type DType, isFloat, machineEpsilon, type TypedArray } from './dtype.ts'
export * from './formats/index.ts'
export { type InitOptions, init } from './init.ts'
export type { KernelFile, KernelSource } from './kernel-files.ts'
export type { KernelOperand } from './kernel-operand.ts'
export type { Kernels } from './kernels.ts'
export { type MemoryReport, type MemoryUse, memory } from './memory-report.ts'
export * from './ops/index.ts'
export * from './random/index.ts'
export { keep, scope } from './scope.ts'
export { formatShape, type Shape, sizeOf } from './shape.ts'
export { type Nested, sharesElements, sharesMemory, Tensor } from './tensor.ts'
export { type Contribution, type Factors, prepareUpdate, updateInPlace } from './update.ts'
export type { UpdateName, UpdateTable } from './update-table.ts'

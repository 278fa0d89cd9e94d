import type { Kernels } from '../../../backend.ts'
import type { TypedArray } from '../../../dtype.ts'

/** The kernels of one family, by the names of their ops. */
export type KernelFamily = Partial<Kernels<TypedArray>>

import type { TypedArray } from '../../../dtype.ts'
import type { Kernels } from '../../../kernels.ts'

/** The kernels of one family, by the names of their ops. */
export type KernelFamily = Partial<Kernels<TypedArray>>

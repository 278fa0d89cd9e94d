import type { Backend, Kernel } from './backend.ts'
import type { Op } from './op.ts'

/** The kernel of an op; where the op brings it along, the backend adopts those of its family first. `undefined` where there is none. */
export function kernelOf<B, P>(
  backend: Backend<B>,
  { name, family }: Op<string, P>,
): Kernel<B, P> | undefined {
  if (backend.kernels[name] === undefined && family !== undefined) {
    const own = family.kernels[backend.name]
    if (own !== undefined) backend.adopt?.(own)
  }
  return backend.kernels[name] as Kernel<B, P> | undefined
}

import plane from '@facet/geometry/kernels/plane.wasm?url'
import core from '@facet/tensor/kernels/core.wasm?url'

/** The kernels of a worker, on their way while its programs are loaded. */
export const kernels: readonly Promise<Response>[] = [fetch(core), fetch(plane)]

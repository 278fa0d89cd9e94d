import plane from '@facet/geometry/kernels/plane.wasm?url'
import core from '@facet/tensor/kernels/core.wasm?url'

let asked: readonly Promise<Response>[] | null = null

/** The kernels of a worker, asked for once: on their way while its programs are loaded. */
export function kernels(): readonly Promise<Response>[] {
  asked ??= [fetch(core), fetch(plane)]
  return asked
}

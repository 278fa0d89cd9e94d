import type { Tensor } from '@facet/tensor'
import type { LinearMap } from './linear-map.ts'

/** The adjoint of a linear map, as one. */
export class TransposedMap implements LinearMap {
  readonly matrix = null
  readonly #map: LinearMap

  constructor(map: LinearMap) {
    this.#map = map
  }

  get inputs(): number {
    return this.#map.outputs
  }

  get outputs(): number {
    return this.#map.inputs
  }

  get cost(): number {
    return this.#map.cost
  }

  apply(x: Tensor): Tensor {
    return this.#map.applyTransposed(x)
  }

  applyTransposed(g: Tensor): Tensor {
    return this.#map.apply(g)
  }

  weight(dtype: 'float32' | 'float64'): Tensor {
    return this.#map.weight(dtype)
  }

  withWeight(weight: Tensor): TransposedMap {
    return new TransposedMap(this.#map.withWeight(weight))
  }
}

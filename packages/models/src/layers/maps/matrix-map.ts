import { matmul, type Tensor } from '@facet/tensor'
import type { LinearMap } from './linear-map.ts'

/** The product with a matrix [out, in]. */
export class MatrixMap implements LinearMap {
  readonly inputs: number
  readonly outputs: number
  readonly cost: number
  readonly matrix: Tensor

  constructor(matrix: Tensor) {
    this.matrix = matrix
    ;[this.outputs, this.inputs] = matrix.shape
    this.cost = this.inputs * this.outputs
  }

  apply(x: Tensor): Tensor {
    return matmul(x, this.matrix, { transposeB: true })
  }

  applyTransposed(g: Tensor): Tensor {
    return matmul(g, this.matrix)
  }

  weight(): Tensor {
    return this.matrix
  }

  withWeight(weight: Tensor): MatrixMap {
    return new MatrixMap(weight)
  }
}

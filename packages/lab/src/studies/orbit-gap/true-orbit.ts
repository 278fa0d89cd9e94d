import type { Orbit } from '@facet/data'
import {
  add,
  cast,
  expm,
  linspace,
  matmul,
  mul,
  norm,
  reshape,
  rows,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  zeros,
} from '@facet/tensor'

/** `exp(θ_1 G_1) ⋯ exp(θ_k G_k) x(0)` over a grid of parameters from 0 to `extent`, the last fastest: [count^k, d], float64. */
export function orbitPoints({ train, generators }: Orbit, extent: number, count: number): Tensor {
  const [k, d] = generators.shape
  const angles = reshape(linspace(0, extent, count, 'float64'), [count, 1, 1])
  let points = cast(rows(train, 0, 1), 'float64')
  for (let axis = 0; axis < k; axis++) {
    const moves = expm(mul(angles, generatorOf(generators, axis)))
    // [n, 1, 1, d] · [count, d, d]ᵀ: every point moved by every angle.
    points = reshape(matmul(reshape(points, [-1, 1, 1, d]), moves, { transposeB: true }), [-1, d])
  }
  return points
}

/**
 * Distance of points [N, d] to the whole torus that rotations of orthogonal planes sweep out of x(0): in each plane to
 * the circle, and what lies in none of the planes; [N].
 */
export function distanceToTorus({ train, generators }: Orbit, points: Tensor): Tensor {
  const start = cast(rows(train, 0, 1), 'float64')
  let rest = points
  let squared = zeros([points.shape[0]], 'float64')
  for (let k = 0; k < generators.shape[0]; k++) {
    const generator = generatorOf(generators, k)
    const radius = norm(matmul(start, generator, { transposeB: true }), 1)
    const turned = matmul(points, generator, { transposeB: true })
    squared = add(squared, square(sub(norm(turned, 1), radius)))
    // A quarter turn twice is minus the part in the plane.
    rest = add(rest, matmul(turned, generator, { transposeB: true }))
  }
  return sqrt(add(squared, sum(square(rest), 1)))
}

const generatorOf = (generators: Tensor, k: number): Tensor => {
  const d = generators.shape[1]
  return cast(reshape(rows(generators, k, k + 1), [d, d]), 'float64')
}

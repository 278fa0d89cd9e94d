import { matmul, mul, reshape, type Tensor } from '@facet/tensor'
import { constant, perDType } from '../banks/constants.ts'
import { swell } from '../banks/swell.ts'
import { pixelGrid, warpPlanes } from '../banks/warp-planes.ts'
import { warpRows } from '../banks/warp-rows.ts'
import type { LearnedStencils } from './stencils.ts'

/** The action of stencils by their moments: x is read along the velocity field v and multiplied by exp of the amplitude field a. */
export interface Flow {
  /** x [N, d] read at `t + v(t)` in two half steps, `v = Σ ε_kb m1_k w_b`. */
  warp(x: Tensor, epsilon: Tensor): Tensor
  /** `x · exp(a)`, `a = Σ ε_kb m0_k w_b` within ±1.5. */
  swell(x: Tensor, epsilon: Tensor): Tensor
}

/**
 * @param weights of the bumps, [bumps, area]
 * @param area places of a channel
 */
export function flowOf(learned: LearnedStencils, weights: Float64Array, area: number): Flow {
  const { shape, amplitude, velocity } = learned
  const bumps = weights.length / area
  const size = amplitude.length * bumps
  const axes = velocity[0].length
  /** Stencil after stencil, bump after bump, the numbers of a place side by side: [size, area · moments]. */
  const fieldsOf = (moments: readonly (readonly number[])[]): Float64Array => {
    const width = moments[0].length
    return Float64Array.from({ length: size * area * width }, (_, i) => {
      const [axis, place] = [i % width, Math.floor(i / width) % area]
      const row = Math.floor(i / (width * area))
      return moments[Math.floor(row / bumps)][axis] * weights[(row % bumps) * area + place]
    })
  }
  const constants = perDType((dtype) => ({
    swelling: constant(fieldsOf(amplitude.map((m0) => [m0])), [size, area], dtype),
    velocity: constant(fieldsOf(velocity), [size, axes * area], dtype),
    grid:
      shape === 'line'
        ? constant(
            Array.from({ length: area }, (_, t) => t),
            [area],
            dtype,
          )
        : constant(pixelGrid(shape.height, shape.width), [area, 2], dtype),
  }))
  return {
    warp(x, epsilon) {
      const { velocity, grid } = constants(x.dtype)
      if (shape === 'line') return warpRows(x, matmul(epsilon, velocity), grid)
      const half = reshape(matmul(mul(epsilon, 0.5), velocity), [x.shape[0], area, 2])
      return warpPlanes(x, half, grid, { channels: 1, ...shape })
    },
    swell(x, epsilon) {
      const field = matmul(epsilon, constants(x.dtype).swelling)
      const [count, dimension] = x.shape
      const planes = reshape(x, [count, dimension / area, area])
      return reshape(swell(planes, reshape(field, [count, 1, area])), [count, dimension])
    },
  }
}

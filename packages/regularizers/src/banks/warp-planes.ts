import { add, pad, reshape, type Tensor, transpose } from '@facet/tensor'
import { interpolatePlanes } from './interpolate-planes.ts'

/**
 * Images x [N, channels·height·width] read at `position + f`, composed of two half steps as for series, bilinearly and
 * with zeros outside. All channels move together.
 *
 * @param half f/2 [N, height·width, 2] in pixels, across before down
 * @param grid column and row of every pixel [height·width, 2]
 */
export function warpPlanes(
  x: Tensor,
  half: Tensor,
  grid: Tensor,
  { height, width, channels }: { readonly height: number; readonly width: number; readonly channels: number },
): Tensor {
  const count = x.shape[0]
  const midway = add(grid, half)
  const end = add(midway, interpolatePlanes(reshape(half, [count, height, width, 2]), midway))
  // A margin of zeros, so that what lies outside fades within one pixel of the edge.
  const image = transpose(reshape(x, [count, channels, height, width]), [0, 2, 3, 1])
  const framed = pad(image, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ])
  const read = interpolatePlanes(framed, add(end, 1))
  return reshape(transpose(read, [0, 2, 1]), [count, channels * height * width])
}

/** The column of every pixel and its row, side by side. */
export function pixelGrid(height: number, width: number): Float64Array {
  return Float64Array.from({ length: 2 * height * width }, (_, i) =>
    i % 2 === 0 ? (i / 2) % width : Math.floor((i - 1) / 2 / width),
  )
}

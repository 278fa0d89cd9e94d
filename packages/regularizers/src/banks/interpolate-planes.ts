import {
  add,
  arange,
  cast,
  expandDims,
  floor,
  gather,
  maximum,
  minimum,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
} from '@facet/tensor'

/**
 * Planes [N, H, W, C] read at positions [N, P, 2] in pixels (across, then down), bilinearly; beyond the edges they keep their
 * values. At whole positions it gives the pixels themselves, to the bit. The C numbers of a pixel lie together, so that
 * one index fetches them all.
 *
 * @returns [N, P, C]
 */
export function interpolatePlanes(planes: Tensor, positions: Tensor): Tensor {
  const [count, height, width, channels] = planes.shape
  const area = height * width
  const pixels = reshape(planes, [count * area, channels])
  const across = neighbours(axisOf(positions, 0), width)
  const down = neighbours(axisOf(positions, 1), height)

  const starts = reshape(arange(0, count * area, area, 'int32'), [count, 1])
  const line = (row: Tensor): Tensor => {
    const start = add(starts, mul(row, width))
    const from = gather(pixels, add(start, across.first))
    return add(from, mul(across.share, sub(gather(pixels, add(start, across.second)), from)))
  }
  const above = line(down.first)
  return add(above, mul(down.share, sub(line(down.second), above)))
}

/** The places [N, P] beside positions [N, P] on 0 … length − 1, and the share [N, P, 1] of the second. */
function neighbours(positions: Tensor, length: number): { first: Tensor; second: Tensor; share: Tensor } {
  const at = minimum(maximum(positions, 0), length - 1)
  const left = floor(at)
  const first = cast(left, 'int32')
  return { first, second: minimum(add(first, 1), length - 1), share: expandDims(sub(at, left), 2) }
}

const axisOf = (positions: Tensor, axis: number): Tensor =>
  reshape(slice(positions, [0, 0, axis], [positions.shape[0], positions.shape[1], 1]), [
    positions.shape[0],
    positions.shape[1],
  ])

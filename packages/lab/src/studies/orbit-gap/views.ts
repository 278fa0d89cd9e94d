import type { Orbit } from '@facet/data'
import { pca } from '@facet/models'
import { cast, concat, div, matmul, mul, norm, reshape, rows, type Tensor, zeros } from '@facet/tensor'

/** Three orthonormal directions that a picture is seen along, and the point that is its origin; float64. */
export interface View {
  /** [1, d] */
  readonly origin: Tensor
  /** [3, d], a row of zeros where there is nothing to see. */
  readonly axes: Tensor
}

/** A point that lies on one side of the origin along an axis in every picture: the axes' signs are anybody's otherwise. */
interface Side {
  readonly point: (orbit: Orbit) => Tensor
  readonly sign: number
}

const first = ({ train }: Orbit): Tensor => cast(rows(train, 0, 1), 'float64')
const middle = ({ test }: Orbit): Tensor => {
  const at = test.shape[0] >> 1
  return cast(rows(test, at, at + 1), 'float64')
}

/** The curve begins on the left and its gap is on top. */
const sides: readonly Side[] = [
  { point: first, sign: -1 },
  { point: middle, sign: 1 },
  { point: first, sign: 1 },
]

/** The true orbit's principal axes, the widest first. */
export function principal(orbit: Orbit, points: Tensor): View {
  const { mean: centre, components } = pca(points, sides.length)
  const origin = reshape(centre, [1, -1])
  const axes = sides.map(({ point, sign }, k) => {
    const axis = rows(components, k, k + 1)
    const along = matmul(point(orbit), axis, { transposeB: true }).item()
    const ofOrigin = matmul(origin, axis, { transposeB: true }).item()
    return mul(axis, sign * (along - ofOrigin) < 0 ? -1 : 1)
  })
  return { origin, axes: concat(axes, 0) }
}

/** What the two generators move the patch's middle by, and the middle itself, which is up: a dome. */
export function overTheMiddle(orbit: Orbit): View {
  const centre = middle(orbit)
  const [count, d] = orbit.generators.shape
  const moved = matmul(cast(reshape(orbit.generators, [count * d, d]), 'float64'), centre, {
    transposeB: true,
  })
  const axes = concat([reshape(moved, [count, d]), centre], 0)
  return { origin: zeros([1, d], 'float64'), axes: div(axes, norm(axes, 1, true)) }
}

import { groupAction } from '@facet/geometry'
import type { GeneratorBank } from '@facet/regularizers'
import {
  add,
  broadcastTo,
  cast,
  concat,
  expandDims,
  gather,
  matmul,
  mul,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'

/** A group of one parameter that moves samples. */
export interface Movement {
  /** θ goes from −reach to reach. */
  readonly reach: number
  /** exp(θ G) x of one sample [1, d] for every θ [n]: [n, d]. */
  path(x: Tensor, theta: Tensor): Tensor
  /** G x of samples [n, d]: [n, d]. */
  field(x: Tensor): Tensor
}

/** Along some members of a bank at once: ε = θ · pattern, in natural units. */
export function alongBank(bank: GeneratorBank, pattern: readonly number[], reach: number): Movement {
  const row = (x: Tensor) => tensor([...pattern], { dtype: x.dtype })
  return {
    reach,
    path: (x, theta) =>
      bank.act(broadcastTo(x, [theta.shape[0], bank.dimension]), mul(expandDims(theta, 1), row(x))),
    field: (x) => sum(mul(bank.tangents(x), expandDims(row(x), 1)), 1),
  }
}

/** From so many numbers on each place of a path is found from the one before: 62 places of 128 numbers then take a sixth of the products. */
const WIDE = 32

/** exp(θ G) of a matrix G [d, d], whose numbers it keeps and no tensor. */
export function alongMatrix(G: Float64Array, reach: number): Movement {
  const d = Math.sqrt(G.length)
  const acted = (x: Tensor, theta: Tensor): Tensor =>
    groupAction(tensor(G, { shape: [1, d, d] }), expandDims(theta, 1), x).points
  return {
    reach,
    path: (x, theta) =>
      cast(
        d < WIDE
          ? acted(broadcastTo(x, [theta.shape[0], d]), theta)
          : inSteps(x, theta.dataSync(), (from, by) => acted(from, tensor([by]))),
        x.dtype,
      ),
    field: (x) =>
      cast(matmul(cast(x, 'float64'), tensor(G, { shape: [d, d] }), { transposeB: true }), x.dtype),
  }
}

/** A path from x outward to either side, each place from the last one nearer to 0. */
function inSteps(x: Tensor, theta: ArrayLike<number>, act: (from: Tensor, by: number) => Tensor): Tensor {
  const order = Array.from(theta, (_, i) => i).sort((a, b) => Math.abs(theta[a]) - Math.abs(theta[b]))
  const last = { above: { at: 0, place: x }, below: { at: 0, place: x } }
  const places: Tensor[] = []
  for (const i of order) {
    const side = theta[i] < 0 ? last.below : last.above
    side.place = act(side.place, theta[i] - side.at)
    side.at = theta[i]
    places[i] = side.place
  }
  return concat(places, 0)
}

/** The turn of the plane of two orthonormal rows [2, d], from the first towards the second: two numbers of a sample are turned, however long it is. */
export function alongPlane(pair: Float64Array, reach: number): Movement {
  const d = pair.length / 2
  const axes = (x: Tensor) => tensor(pair, { shape: [2, d], dtype: x.dtype })
  const turn = alongMatrix(Float64Array.of(0, -1, 1, 0), reach)
  const within = (x: Tensor) => matmul(x, axes(x), { transposeB: true })
  return {
    reach,
    path: (x, theta) => add(x, matmul(sub(turn.path(within(x), theta), within(x)), axes(x))),
    field: (x) => matmul(turn.field(within(x)), axes(x)),
  }
}

/** The same as fast or as slow by a factor. */
export const faster = ({ reach, path, field }: Movement, factor: number): Movement => ({
  reach,
  path: (x, theta) => path(x, mul(theta, factor)),
  field: (x) => mul(field(x), factor),
})

/** The same in other coordinates: its value t is coordinate order[t] of a sample. */
export function inOrder({ reach, path, field }: Movement, order: Int32Array): Movement {
  const back = new Int32Array(order.length)
  order.forEach((place, t) => void (back[place] = t))
  const there = (x: Tensor) => gather(x, tensor(order), 1)
  const home = (x: Tensor) => gather(x, tensor(back), 1)
  return {
    reach,
    path: (x, theta) => home(path(there(x), theta)),
    field: (x) => home(field(there(x))),
  }
}

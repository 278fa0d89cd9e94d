import { add, cos, exp, mul, neg, reshape, sin, slice, stack, sub, type Tensor } from '@facet/tensor'
import type { GeneratorBank } from '../index.ts'

/**
 * Two commuting groups of the space [N, 3]: turning the first two coordinates by ε_1, multiplying the third by exp(ε_2). So exp of the
 * sum is known exactly.
 */
export function turningBank(changes: Partial<GeneratorBank> = {}): GeneratorBank {
  const columns = (x: Tensor) =>
    [0, 1, 2].map((i) => reshape(slice(x, [0, i], [x.shape[0], 1]), [x.shape[0]]))
  return {
    name: 'turning',
    size: 2,
    dimension: 3,
    settings: { axis: 2 },
    priorScale: [0.5, 0.25],
    tangents(x) {
      const [u, v, w] = columns(x)
      const none = mul(w, 0)
      return stack([stack([neg(v), u, none], 1), stack([none, none, w], 1)], 1)
    },
    act(x, epsilon) {
      const [u, v, w] = columns(x)
      const count = x.shape[0]
      const of = (b: number) => reshape(slice(epsilon, [0, b], [count, 1]), [count])
      const [c, s] = [cos(of(0)), sin(of(0))]
      return stack([sub(mul(c, u), mul(s, v)), add(mul(s, u), mul(c, v)), mul(w, exp(of(1)))], 1)
    },
    ...changes,
  }
}

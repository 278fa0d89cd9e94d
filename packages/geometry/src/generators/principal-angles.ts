import { cast, reshape, scope, squeeze, type Tensor, tensor } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { jacobiSvd } from '../numbers/jacobi-svd.ts'
import { scaled } from '../numbers/scaled.ts'
import { fieldsOf, orthonormalRows } from './orthonormal-fields.ts'

/** Angles between what two families of generators span, in radians from 0 to π/2, smallest first. */
export interface PrincipalAngles {
  /**
   * Between span{G_k x} and span{G'_j x} at every point, [N, min(h, g)]: 0 where a direction is common to both. A field may be mixed differently from
   * point to point; as many generators as dimensions span everything. NaN where a point has fewer directions than there are angles.
   */
  readonly atPoints: Tensor
  /**
   * Between the fields on all points together, as vectors of N d numbers, [min(h, g)]: 0 for a mixture that is one field everywhere. NaN where
   * either family has fewer independent fields, or a point is not finite.
   */
  readonly overData: Tensor
}

/**
 * The principal angles between generators and given ones on the data (docs/mathematics.md 2.6). All are 0 if one family spans the other; `generatorAlignment`
 * is the mean cosine for a single given field. In float64. Bases are orthonormal by the rank rule of {@link generatorAlignment}; angles come from
 * sines where they are small and from cosines where they are large, so that both are right to rounding (Björck & Golub 1973). Right at any scale.
 *
 * @param generators G_k, [h, d, d]
 * @param given G'_j, [g, d, d]
 * @param x [N, d]
 * @throws Error for shapes that do not fit each other, or no generator.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { principalAngles } from '@facet/geometry'
 * await init()
 * const rotation = tensor([[[0, -1], [1, 0]]])
 * const stretch = tensor([[[1, 0], [0, 1]]])
 * principalAngles(rotation, stretch, tensor([[3, 4]])).atPoints.toArray() // [[1.57…]]: π/2
 */
export function principalAngles(generators: Tensor, given: Tensor, x: Tensor): PrincipalAngles {
  const [count, d] = x.shape
  const fits =
    [x.rank, generators.rank, given.rank].join() === '2,3,3' && generators.shape[0] > 0 && given.shape[0] > 0
  if (!fits || [...generators.shape.slice(1), ...given.shape.slice(1)].some((size) => size !== d)) {
    throw new Error(
      `principalAngles: expected generators [h, d, d], given ones [g, d, d] and x [N, d], ` +
        `got ${describe(generators)}, ${describe(given)} and ${describe(x)}`,
    )
  }
  return scope(() => {
    const points = cast(x, 'float64')
    const families = [generators, given].map((family) => scaled(cast(family, 'float64'), [1, 2]).value)
    const each = scaled(points, 1).value
    const all = scaled(points).value
    const together = (family: Tensor) => fieldsOf(family, all).map((field) => reshape(field, [1, count * d]))
    const [a, b] = families
    return {
      atPoints: anglesOf(fieldsOf(a, each), fieldsOf(b, each)),
      overData: squeeze(anglesOf(together(a), together(b)), 0),
    }
  })
}

/** Row by row, of spans of vectors [N, w]: [N, the smaller number of vectors]. */
function anglesOf(first: readonly Tensor[], second: readonly Tensor[]): Tensor {
  const [count, width] = first[0].shape
  const [a, b] = [first, second].map((vectors) => orthonormalRows(vectors).map(numbersOf))
  const given = [...first, ...second].map(numbersOf)
  const most = Math.min(first.length, second.length)
  const found = new Float64Array(count * most).fill(Number.NaN)
  for (let n = 0; n < count; n++) {
    const own = (vectors: readonly Float64Array[]) =>
      vectors.map((vector) => vector.subarray(n * width, (n + 1) * width))
    if (!own(given).every((vector) => vector.every(Number.isFinite))) continue
    found.set(anglesBetween(own(a).filter(isDirection), own(b).filter(isDirection)), n * most)
  }
  return tensor(found, { shape: [count, most] })
}

const numbersOf = (vector: Tensor): Float64Array => vector.dataSync() as Float64Array

const isDirection = (vector: Float64Array): boolean => vector.some((value) => value !== 0)

/** Of two orthonormal families, smallest first. */
function anglesBetween(a: readonly Float64Array[], b: readonly Float64Array[]): number[] {
  const [more, fewer] = a.length < b.length ? [b, a] : [a, b]
  if (fewer.length === 0) return []
  const width = fewer[0].length
  const products = new Float64Array(fewer.length * more.length)
  const rests = new Float64Array(fewer.length * width)
  fewer.forEach((vector, k) => {
    const rest = rests.subarray(k * width, (k + 1) * width)
    rest.set(vector)
    more.forEach((direction, j) => {
      const product = dot(vector, direction)
      products[k * more.length + j] = product
      for (let i = 0; i < width; i++) rest[i] -= product * direction[i]
    })
  })
  const cosines = jacobiSvd(products, fewer.length, more.length).values
  const sines = jacobiSvd(rests, fewer.length, width).values.reverse()
  return Array.from(cosines, (cosine, k) =>
    cosine > Math.SQRT1_2 ? Math.asin(Math.min(1, sines[k])) : Math.acos(cosine),
  )
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

import { scope } from '@facet/tensor'
import { aNumber, aPositiveNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { numbersOf, placeOf, treeOf } from './flat-tree.ts'
import { jvp } from './jvp.ts'
import { floatLeaves, leafPaths, type TreeOf } from './tree.ts'
import { vjp } from './vjp.ts'

const checkOptions = optionTable('checkGradients', {
  /** Half the width of a central difference, times max(1, |x|), above 0. Default 1e-5. */
  step: withDefault(aPositiveNumber, 1e-5),
  /** Largest accepted difference, times max(1, |derivative|). Default 1e-6. */
  tolerance: withDefault(aNumber(), 1e-6),
})

/**
 * The settings of {@link checkGradients}.
 *
 * @example
 * const options: CheckOptions = { tolerance: 1e-8 }
 * checkGradients((x: Tensor) => square(x), tensor([1, 2], { dtype: 'float64' }), options)
 */
export type CheckOptions = OptionsOf<typeof checkOptions>

/** Fixed weights of mixed signs in ±[0.5, 1.5), no two alike: fractional parts of multiples of the golden ratio. */
const weights = (count: number, first: number): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, i) => (i % 2 === 0 ? 1 : -1) * (0.5 + (((i + first) * 0.618033988749895) % 1)),
  )

const sumWith = (x: Float64Array, step: (i: number) => number): Float64Array =>
  x.map((value, i) => value + step(i))

/** The error of `got`, absolute below 1 and relative above; infinite for NaN. */
function errorOf(got: number, expected: number): number {
  const error = Math.abs(got - expected) / Math.max(1, Math.abs(got), Math.abs(expected))
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
}

/**
 * Compares reverse and forward mode with central differences: the pullback of a fixed cotangent in every entry of `p`,
 * the pushforward of a fixed tangent in every entry of `f(p)`. Costs 2 · (entries of p) + 2 evaluations of `f`, in float64.
 *
 * @param p a float64 tensor, or a tree of such, of any shapes, where `f` is smooth
 * @throws Error naming the worst entry if they disagree; TypeError unless `p` holds float64 tensors only (float32
 * differences have three digits).
 * @example checkGradients((x: Tensor) => exp(x), tensor([0, 1], { dtype: 'float64' }))
 */
export function checkGradients<P extends TreeOf<P>, Q extends TreeOf<Q>>(
  f: (p: P) => Q,
  p: P,
  options: CheckOptions = {},
): void {
  const { step, tolerance } = checkOptions.resolve(options)
  floatLeaves('checkGradients', 'p', p).forEach((leaf, i) => {
    if (leaf.dtype === 'float64') return
    throw new TypeError(
      `checkGradients: expected float64 at ${leafPaths('p', p)[i]}, got ${leaf.dtype}; cast it`,
    )
  })
  const compare = (
    what: string,
    at: string,
    tree: unknown,
    rule: Float64Array,
    numeric: Float64Array,
  ): void => {
    const errorAt = (i: number): number => errorOf(rule[i], numeric[i])
    let worst = 0
    for (let i = 1; i < rule.length; i++) if (errorAt(i) > errorAt(worst)) worst = i
    if (rule.length === 0 || errorAt(worst) <= tolerance) return
    throw new Error(
      `checkGradients: ${what} differs from central differences at ${placeOf(at, tree, worst)}: ` +
        `got ${rule[worst]}, expected ${numeric[worst]} (relative error ${errorAt(worst)}, tolerance ${tolerance})`,
    )
  }
  scope(() => {
    const x = numbersOf(p)
    const valueAt = (point: Float64Array): Float64Array => scope(() => numbersOf(f(treeOf(p, point))))
    const { value, pullback } = vjp(f, p)
    const cotangent = weights(numbersOf(value).length, 1)
    const tangent = weights(x.length, 2)

    const numericGradient = x.map((xi, i) => {
      const h = step * Math.max(1, Math.abs(xi))
      const above = valueAt(sumWith(x, (j) => (j === i ? h : 0)))
      const below = valueAt(sumWith(x, (j) => (j === i ? -h : 0)))
      return cotangent.reduce((total, w, o) => total + (w * (above[o] - below[o])) / (2 * h), 0)
    })
    compare('the pullback', 'p', p, numbersOf(pullback(treeOf(value, cotangent))), numericGradient)

    const above = valueAt(sumWith(x, (j) => step * tangent[j]))
    const below = valueAt(sumWith(x, (j) => -step * tangent[j]))
    const numericTangent = above.map((v, o) => (v - below[o]) / (2 * step))
    const pushed = numbersOf(jvp(f, p, treeOf(p, tangent)).tangent)
    compare('the pushforward', 'f(p)', value, pushed, numericTangent)
  })
}

import { sumOfContributions } from '@facet/autograd'
import {
  add,
  type Contribution,
  concat,
  div,
  type Factors,
  matmul,
  maximum,
  minimum,
  mul,
  sqrt,
  square,
  sum,
  Tensor,
  zeros,
} from '@facet/tensor'
import { aPositiveNumber, type OptionKind, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'

const clipOptions = optionTable('clipGradient', {
  /** The longest that the whole gradient, of all parameters together, may be: a longer one is scaled down to it. */
  norm: optional(aPositiveNumber),
  /** The largest magnitude of a single element: others are set to it, with their sign. */
  value: optional(aPositiveNumber),
})

/** How gradients are bounded: `{ norm: 1 }` or `{ value: 0.5 }`. */
export type ClipGradient = OptionsOf<typeof clipOptions>

/** Exactly one bound. */
export const aClip: OptionKind<ClipGradient> = {
  check(operation, option, value) {
    const bounds = clipOptions.resolve(value, `${operation}: ${option}`)
    const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined)
    if (given.length === 1) return
    throw new TypeError(
      `${operation}: ${option}: expected one of norm and value, got ${given.length === 0 ? 'neither' : 'both'}`,
    )
  },
}

/** Gradients, a list of terms for each parameter, and their norm before they were clipped where that was computed. */
export interface Clipped {
  readonly contributions: readonly (readonly Contribution[])[]
  readonly norm: Tensor | null
}

export type Clip = (contributions: readonly (readonly Contribution[])[], dtype: Tensor['dtype']) => Clipped

/**
 * Clips gradients in ops, so that a recorded step does it again without a look at a number.
 *
 * By norm, terms are scaled one by one: factors are not multiplied out, and with a norm within the bound, which makes the factor 1, every
 * bit stays. By value, the sum of each gradient's terms is needed.
 */
export function clipOf({ norm, value }: ClipGradient): Clip {
  if (norm === undefined)
    return (contributions) => ({ contributions: clippedByValue(contributions, value!), norm: null })
  return (contributions, dtype) => {
    const length = globalNorm(contributions, dtype)
    // Not 1 / length: a gradient of zeros has none.
    const scale = div(norm, maximum(length, norm))
    return {
      contributions: contributions.map((terms) => terms.map((term) => scaled(term, scale))),
      norm: length,
    }
  }
}

const clippedByValue = (contributions: Clipped['contributions'], bound: number): Tensor[][] =>
  contributions.map((terms) =>
    terms.length === 0 ? [] : [maximum(minimum(sumOfContributions(terms), bound), -bound)],
  )

function scaled(term: Contribution, scale: Tensor): Contribution {
  if (term instanceof Tensor) return mul(term, scale)
  const { left, right, shape } = term
  return left.size <= right.size
    ? { left: mul(left, scale), right, shape }
    : { left, right: mul(right, scale), shape }
}

/** The Euclidean norm of all gradients as one vector. */
function globalNorm(contributions: Clipped['contributions'], dtype: Tensor['dtype']): Tensor {
  const squares = contributions.filter((terms) => terms.length > 0).map(squaredNorm)
  if (squares.length === 0) return zeros([], dtype as 'float32')
  // A Gram matrix may put a sum of squares a rounding below 0.
  return sqrt(
    maximum(
      squares.reduce((total, one) => add(total, one)),
      0,
    ),
  )
}

/**
 * ‖Σ terms‖². Where all are factors of one width, they are one product L ᵀR, of which ‖L ᵀR‖² = ⟨L L ᵀ, R R ᵀ⟩ takes `P² (m + n)`
 * multiplications, not `P m n`, and does not need the product's memory. Its error is that of adding up the samples' gradients one by one: where
 * they cancel to a hundredth, 1e-3 of the norm in float32.
 */
function squaredNorm(terms: readonly Contribution[]): Tensor {
  const factors = oneProduct(terms)
  if (factors === null) return sum(square(sumOfContributions(terms)))
  const { left, right } = factors
  const [[count, m], [, n]] = [left.shape, right.shape]
  if (count * (m + n) > m * n) return sum(square(matmul(left, right, { transposeA: true })))
  return sum(mul(matmul(left, left, { transposeB: true }), matmul(right, right, { transposeB: true })))
}

/** Factors of one width, one below the other. */
function oneProduct(terms: readonly Contribution[]): Pick<Factors, 'left' | 'right'> | null {
  const factors = terms.filter((term): term is Factors => !(term instanceof Tensor))
  const widths = new Set(factors.map(({ left }) => left.shape[1]))
  if (factors.length < terms.length || widths.size !== 1) return null
  if (factors.length === 1) return factors[0]
  return {
    left: concat(
      factors.map(({ left }) => left),
      0,
    ),
    right: concat(
      factors.map(({ right }) => right),
      0,
    ),
  }
}

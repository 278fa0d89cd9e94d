import type { Network } from '@facet/models'
import {
  abs,
  cast,
  div,
  eigh,
  expandDims,
  eye,
  flip,
  greater,
  matmul,
  max,
  mul,
  norm,
  reshape,
  rows,
  scope,
  type Tensor,
  tensor,
  transpose,
  where,
} from '@facet/tensor'
import { aCount, aTensor, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import { describe, expectPoints } from '../numbers/checks.ts'
import { jacobiSvd, largestFirst } from '../numbers/jacobi-svd.ts'
import { lengthOf } from '../numbers/length-of.ts'
import { scaled } from '../numbers/scaled.ts'
import { orthonormalRows } from './orthonormal-fields.ts'

const learnedSymmetriesOptions = optionTable('learnedSymmetries', {
  /** How many generators are returned, those of the smallest variance; default d. */
  count: optional(aCount()),
  /** The algebra [g, d, d] that `bias` is measured against; default the skew-symmetric matrices, the algebra of rotations. */
  algebra: optional(aTensor),
})

/** The settings of {@link learnedSymmetries}. */
export type LearnedSymmetriesOptions = OptionsOf<typeof learnedSymmetriesOptions>

/** Infinitesimal symmetries H of a network F on data: F(exp(t H) x) hardly changes. All in float64. */
export interface LearnedSymmetries {
  /** H_k of Frobenius norm 1, orthogonal to each other, [count, d, d]: of the smallest variance first. */
  readonly generators: Tensor
  /** Symmetry variance, [count]: σ_k²/N = mean over samples of `‖J(x) H_k x‖²`, how fast outputs change along H_k; 0 for a symmetry. */
  readonly variance: Tensor
  /** Symmetry bias, [count]: Frobenius distance of H_k from the algebra, between 0 and 1; 0 for a member. */
  readonly bias: Tensor
  /** All singular values σ of the polarization matrix, smallest first, [d²]: a gap says how many symmetries there are. */
  readonly singularValues: Tensor
}

/**
 * The polarization matrix of LieGG: rows over samples n and outputs o, `E[n o, i d + j] = J_oi(x_n) x_nj`, so that `E vec(H)` is how fast outputs
 * change along H. J is the exact Jacobian of the region.
 *
 * @param x [N, d]
 * @returns [N · outputs, d²] in the dtype of the network
 * @throws Error for a shape or dtype that does not fit.
 * @example
 * import { identityActivation, init, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { polarizationMatrix } from '@facet/geometry'
 * await init()
 * const sum = new Network([new Dense({ name: 'sum', weight: tensor([[1, 1]]), bias: null, activation: identityActivation })])
 * polarizationMatrix(sum, tensor([[2, 3]])).toArray() // [[2, 3, 2, 3]]
 */
export function polarizationMatrix(network: Network, x: Tensor): Tensor {
  expectPoints('polarizationMatrix', 'x', network, x)
  const [count, d] = x.shape
  return scope(() => {
    const jacobian = expandDims(network.jacobian(x), 3) // [N, o, d, 1]
    const products = mul(jacobian, reshape(x, [count, 1, 1, d]))
    return reshape(products, [count * network.outputs, d * d])
  })
}

/**
 * The linear symmetries that a network has learned (LieGG: Moskalev, Sepliarskaia, Sosnovik & Smeulders 2022): the right-singular vectors of its
 * polarization matrix with the smallest singular values, as generators, with symmetry variance and bias as there.
 *
 * Singular values come from the matrix itself: the eigenvectors of EᵀE, whose eigenvalues have lost half of the digits, are only where
 * the computation starts: lengths of E v, and one-sided Jacobi rotations where these are not orthogonal to ten digits. So a value is known to ten digits or to about 1e-15 of the largest, and exact symmetries are told from nearly exact ones. With fewer rows N · outputs than
 * d² there are symmetries of the sample that say nothing of the network: at least d² samples are wanted.
 *
 * @param x samples [N, d]; their scale decides how generators are weighed against each other.
 * @throws Error for a shape or dtype that does not fit, fewer than one sample, or numbers that are not finite; RangeError for a count above d².
 * @example
 * import { identityActivation, init, key, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { learnedSymmetries } from '@facet/geometry'
 * await init()
 * const first = new Network([new Dense({ name: 'first', weight: tensor([[1, 0]]), bias: null, activation: identityActivation })])
 * const { generators, variance } = learnedSymmetries(first, key(0).normal([9, 2]), { count: 2 })
 * variance.toArray() // [0, 0]: what moves the second number only, the second rows of matrices
 */
export function learnedSymmetries(
  network: Network,
  x: Tensor,
  options: LearnedSymmetriesOptions = {},
): LearnedSymmetries {
  const resolved = learnedSymmetriesOptions.resolve(options)
  expectPoints('learnedSymmetries', 'x', network, x)
  const [samples, d] = x.shape
  const { count = d, algebra } = resolved
  const size = d * d
  if (samples === 0) throw new Error(`learnedSymmetries: expected at least one sample, got ${describe(x)}`)
  if (count > size)
    throw new RangeError(`learnedSymmetries: count: expected at most d² = ${size} generators, got ${count}`)
  if (algebra !== undefined && (algebra.rank !== 3 || algebra.shape.slice(1).join() !== [d, d].join()))
    throw new Error(`learnedSymmetries: algebra: expected [g, ${d}, ${d}], got ${describe(algebra)}`)
  return scope(() => {
    const { value, scale } = scaled(cast(polarizationMatrix(network, x), 'float64'))
    const unit = scale.item()
    const { values, vectors } = smallestFirst(value)
    const generators = tensor(vectors.subarray(0, count * size), { shape: [count, d, d] })
    const singularValues = values.map((sigma) => sigma * unit)
    return {
      generators,
      variance: tensor(singularValues.slice(0, count).map((sigma) => sigma * (sigma / samples))),
      bias: biasOf(generators, algebra),
      singularValues: tensor(singularValues),
    }
  })
}

/**
 * Images of the eigenvectors with cosines up to this are not turned: their lengths are the singular values to as many digits. Of 576 columns a
 * sweep of rotations takes 3 s, which this saves where the condition of E is below some thousand.
 */
const ORTHOGONAL = 1e-10

/** Singular values and right-singular vectors (rows) of E [M, n], from the smallest on. */
function smallestFirst(E: Tensor): { values: Float64Array; vectors: Float64Array } {
  const [count, size] = E.shape
  const gram = matmul(E, E, { transposeA: true })
  if (!(gram.dataSync() as Float64Array).every(Number.isFinite))
    throw new Error(
      'learnedSymmetries: expected finite samples and Jacobians, got NaN or an infinity among them',
    )
  // The largest first, in which order rotations settle sooner.
  const start = flip(eigh(gram).vectors, 1)
  const images = matmul(start, E, { transposeA: true, transposeB: true })
  const mixed = transpose(start).dataSync() as Float64Array
  const floor = 8 * Number.EPSILON * lengthOf(E.dataSync())
  const lengths = norm(images, 1)
  const { values, vectors } = areOrthogonal(images, lengths, floor)
    ? largestFirst(lengths.dataSync() as Float64Array, mixed)
    : jacobiSvd(images.dataSync() as Float64Array, size, count, { mixed, floor })
  return { values: values.reverse(), vectors: rowsReversed(vectors!, size) }
}

/** Whether no cosine between rows [n, M] longer than `floor` is above {@link ORTHOGONAL}. */
function areOrthogonal(images: Tensor, lengths: Tensor, floor: number): boolean {
  const long = expandDims(greater(lengths, floor), 1)
  const units = where(long, div(images, expandDims(lengths, 1)), 0)
  const cosines = matmul(units, units, { transposeB: true })
  const off = where(eye(lengths.shape[0], 'bool'), 0, abs(cosines))
  return max(off).item() <= ORTHOGONAL
}

function rowsReversed(rows: Float64Array, width: number): Float64Array {
  const reversed = new Float64Array(rows.length)
  for (let from = 0; from < rows.length; from += width)
    reversed.set(rows.subarray(from, from + width), rows.length - width - from)
  return reversed
}

/** How far matrices of norm 1 are from an algebra: [count]. */
function biasOf(generators: Tensor, algebra: Tensor | undefined): Tensor {
  const [count, d] = generators.shape
  const H = generators.dataSync() as Float64Array
  const size = d * d
  const basis =
    algebra === undefined
      ? []
      : orthonormalRows(
          Array.from({ length: algebra.shape[0] }, (_, j) =>
            reshape(cast(rows(algebra, j, j + 1), 'float64'), [1, size]),
          ),
        ).map((q) => q.dataSync() as Float64Array)
  const found = Float64Array.from({ length: count }, (_, k) => {
    const own = H.slice(k * size, (k + 1) * size)
    if (algebra === undefined) return lengthOf(own.map((value, at) => (value + own[mirrored(at, d)]) / 2))
    for (const q of basis) {
      const product = q.reduce((sum, value, i) => sum + value * own[i], 0)
      q.forEach((value, i) => void (own[i] -= product * value))
    }
    return lengthOf(own)
  })
  return tensor(found, { shape: [count] })
}

/** Where the transposed matrix has the number at `at`. */
const mirrored = (at: number, d: number): number => (at % d) * d + Math.floor(at / d)

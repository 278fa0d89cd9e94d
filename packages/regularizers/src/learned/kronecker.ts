import { inverse, scope, tensor } from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'

type Matrix = readonly (readonly number[])[]

/** `A ⊗ B`: entry (ka, ib) is A[k][i] B[a][b]. */
export const kroneckerProduct = (a: Matrix, b: Matrix): number[][] =>
  a.flatMap((outer) => b.map((inner) => outer.flatMap((x) => inner.map((y) => x * y))))

/** Passes over both factors; one pass more changes them by little once the outer iteration has settled. */
const passes = 2

/**
 * The factors of a covariance S [KB, KB] that is to be `stencils ⊗ positions`, by the flip-flop of maximum likelihood:
 * `stencils[k][i] = (1/B) Σ_ab S[ka][ib] P⁻¹[a][b]`, then `P[a][b] = (1/K) Σ_ki S[ka][ib] stencils⁻¹[k][i]`, twice, P scaled to trace B
 * and the other factor against it.
 *
 * @param kinds K
 * @param positions where P starts [B, B]
 */
export function kroneckerFactors(
  covariance: Matrix,
  kinds: number,
  positions: Matrix,
): { stencils: number[][]; positions: number[][] } {
  const places = positions.length
  const [ks, bs] = [indices(kinds), indices(places)]
  let found = positions.map((row) => [...row])
  let stencils: number[][] = []
  for (let pass = 0; pass < passes; pass++) {
    const ofPositions = inverseOf(found)
    stencils = ks.map((k) =>
      ks.map(
        (i) =>
          total(bs, (a) => total(bs, (b) => covariance[k * places + a][i * places + b] * ofPositions[a][b])) /
          places,
      ),
    )
    const ofStencils = inverseOf(stencils)
    found = bs.map((a) =>
      bs.map(
        (b) =>
          total(ks, (k) => total(ks, (i) => covariance[k * places + a][i * places + b] * ofStencils[k][i])) /
          kinds,
      ),
    )
    const share = total(bs, (a) => found[a][a]) / places
    found = found.map((row) => row.map((value) => value / share))
    stencils = stencils.map((row) => row.map((value) => value * share))
  }
  return { stencils, positions: found }
}

const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

const total = (over: readonly number[], term: (i: number) => number): number =>
  over.reduce((sum, i) => sum + term(i), 0)

const inverseOf = (matrix: Matrix): number[][] =>
  scope(
    () =>
      inverse(tensor(matrix as number[][], { dtype: widestFloat('learnedBank') })).toArray() as number[][],
  )

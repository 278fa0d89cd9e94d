/** How far a result may lie from that of `reference` in float64 on the same inputs; ε is that of the dtype. */
export type Tolerance = TermsTolerance | OtherTolerance

/** |got − want| ≤ factor · n · ε · Σ|terms|, n the number of terms that the op's row counts. */
export interface TermsTolerance {
  readonly kind: 'terms'
  readonly factor: number
}

export type OtherTolerance =
  /** The same bits after one rounding to the dtype; NaN is NaN. */
  | { readonly kind: 'exact' }
  /** The same number: of two zeros either. */
  | { readonly kind: 'equal' }
  /** |got − want| ≤ count · ε · |want| + the smallest number, or `floor` where what is smaller may be lost. */
  | { readonly kind: 'ulps'; readonly count: number; readonly floor?: number }
  /** |got − want| ≤ count · ε · (|want| + |x|): what a rounded argument x of slope 1 makes of it. */
  | { readonly kind: 'argument'; readonly count: number }
  /** |got − want| ≤ factor · n · ε · largest |want| of an [n, m] matrix. */
  | { readonly kind: 'norm'; readonly factor: number }

/** Integers, bools, codes and moved elements are exact everywhere; so are + − × ÷ √, which IEEE 754 rounds correctly. */
export const exact: OtherTolerance = { kind: 'exact' }

/** Half a unit comes from rounding to the dtype; engines' functions differ by less than another half (float64: by one). */
export const transcendental: OtherTolerance = { kind: 'ulps', count: 1 }

/**
 * Any order of n terms errs by at most n · ε/2 · Σ|terms| to first order (Higham, "Accuracy and Stability", Sec. 4.2); the other
 * half is the error of `reference` itself where the dtype is float64.
 */
export const inTerms: TermsTolerance = { kind: 'terms', factor: 1 }

/** Factorisations run in float64 whatever the dtype; the condition numbers of the matrices tried are below `factor`. */
export const ofNorm = (factor: number): OtherTolerance => ({ kind: 'norm', factor })

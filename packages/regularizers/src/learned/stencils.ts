import type { SampleShape } from './sample-shape.ts'
import type { Taps } from './taps.ts'

/** Where stencils come from; see {@link learnedBank}. */
export const stencilKinds = ['pca', 'em', 'random'] as const

export type StencilKind = (typeof stencilKinds)[number]

/** Local operators `(c ∗ x)(t) = Σ_j c_j x(t + j δ)` found in data: numbers only, so that they can be read, drawn and written as JSON. */
export interface LearnedStencils {
  readonly kind: StencilKind
  readonly shape: SampleShape
  /** δ, in samples or pixels. */
  readonly delta: number
  /** Steps of δ to each tap: `[j]`, j = −4 … 4, along a line; `[across, down]` of 5 × 5 in an image, line after line. */
  readonly taps: readonly (readonly number[])[]
  /** [k, taps], the first the most important; each with the sign that makes it an average or look ahead. */
  readonly stencils: readonly (readonly number[])[]
  /** [k] `m0 = Σ_j c_j`: how much of x is in a stencil. */
  readonly amplitude: readonly number[]
  /** [k, 1 or 2] `m1 = δ Σ_j j c_j`: how much of dx/dt, or of ∂x across and down. */
  readonly velocity: readonly (readonly number[])[]
}

/** Stencils with their moments, each with the sign that makes it look ahead or be an average. */
export function stencilsOf(
  kind: StencilKind,
  shape: SampleShape,
  { delta, offsets }: Taps,
  found: readonly (readonly number[])[],
): LearnedStencils {
  const momentsOf = (c: readonly number[]): number[] => [
    total(c, () => 1),
    ...offsets[0].map((_, axis) => delta * total(c, (j) => offsets[j][axis])),
  ]
  const far = delta * Math.max(...offsets.flat())
  const stencils = found.map((c) => (looksBack(momentsOf(c), far) ? c.map((value) => -value) : c))
  const moments = stencils.map(momentsOf)
  return {
    kind,
    shape,
    delta,
    taps: offsets,
    stencils,
    amplitude: moments.map(([m0]) => m0),
    velocity: moments.map(([, ...m1]) => m1),
  }
}

/**
 * Whether the first moment of at least half the largest is negative, m1 in reaches. Eigenvectors have no sign of their own, and that of the largest
 * number alone would be rounding's: in a derivative across and down both moments may be as large.
 */
function looksBack([m0, ...m1]: readonly number[], far: number): boolean {
  const comparable = [m0, ...m1.map((moment) => moment / far)]
  const largest = Math.max(...comparable.map(Math.abs))
  return comparable.find((moment) => Math.abs(moment) >= largest / 2)! < 0
}

const total = (c: readonly number[], weightOf: (tap: number) => number): number =>
  c.reduce((sum, value, j) => sum + value * weightOf(j), 0)

/** `(c(j) − c(−j))/2`, what of a stencil moves and does not swell. */
export const oddPart = (c: readonly number[]): number[] =>
  c.map((value, j) => (value - c[c.length - 1 - j]) / 2)

/** `Σ_k mixing[·][k] u_k`. */
export const mixed = (
  mixing: readonly (readonly number[])[],
  stencils: readonly (readonly number[])[],
): number[][] =>
  mixing.map((row) => stencils[0].map((_, j) => row.reduce((sum, m, k) => sum + m * stencils[k][j], 0)))

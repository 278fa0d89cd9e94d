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
  /** [k, taps], the first the most important. */
  readonly stencils: readonly (readonly number[])[]
  /** [k] `m0 = Σ_j c_j`: how much of x is in a stencil. */
  readonly amplitude: readonly number[]
  /** [k, 1 or 2] `m1 = δ Σ_j j c_j`: how much of dx/dt, or of ∂x across and down. */
  readonly velocity: readonly (readonly number[])[]
}

/** Stencils with their moments, every one with the sign that {@link withSign} says. */
export function stencilsOf(
  kind: StencilKind,
  shape: SampleShape,
  { delta, offsets }: Taps,
  found: readonly (readonly number[])[],
): LearnedStencils {
  const stencils = found.map(withSign)
  const moment = (c: readonly number[], axis: number): number =>
    delta * c.reduce((sum, value, j) => sum + value * offsets[j][axis], 0)
  return {
    kind,
    shape,
    delta,
    taps: offsets,
    stencils,
    amplitude: stencils.map((c) => c.reduce((sum, value) => sum + value, 0)),
    velocity: stencils.map((c) => offsets[0].map((_, axis) => moment(c, axis))),
  }
}

/**
 * A stencil or its negative, so that the last tap of at least half the largest size is positive: an average then is one, and a
 * derivative looks ahead. The largest itself has a twin of the other sign in a derivative, and rounding would choose.
 */
function withSign(c: readonly number[]): readonly number[] {
  const largest = Math.max(...c.map(Math.abs))
  const last = c.findLast((value) => Math.abs(value) >= largest / 2)
  return last !== undefined && last < 0 ? c.map((value) => -value) : c
}

/** `(c(j) − c(−j))/2`, what of a stencil moves and does not swell. */
export const oddPart = (c: readonly number[]): number[] =>
  c.map((value, j) => (value - c[c.length - 1 - j]) / 2)

/** `Σ_k mixing[·][k] u_k`. */
export const mixed = (
  mixing: readonly (readonly number[])[],
  stencils: readonly (readonly number[])[],
): number[][] =>
  mixing.map((row) => stencils[0].map((_, j) => row.reduce((sum, m, k) => sum + m * stencils[k][j], 0)))

import { exponential } from '@facet/tensor/checks'

/**
 * Standard deviation of the smoothing before a difference, in samples (docs/mathematics.md 6.1): 8.5 at the longest
 * series, of 1,092.
 */
export const smoothingOf = (length: number): number => Math.max(1, length / 128)

/** Weights at −reach … reach that sum to 1; what lies beyond four standard deviations (6e-5 of the sum) is left out. */
export function gaussianTaps(sigma: number): Float64Array {
  const reach = Math.ceil(4 * sigma)
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    exponential(-0.5 * ((i - reach) / sigma) ** 2),
  )
  const total = taps.reduce((sum, tap) => sum + tap, 0)
  return taps.map((tap) => tap / total)
}

/** Central difference per sample after that smoothing, as weights that reach one sample further. */
export function differenceTaps(sigma: number): Float64Array {
  const smooth = gaussianTaps(sigma)
  const at = (i: number): number => smooth[i] ?? 0
  return Float64Array.from({ length: smooth.length + 2 }, (_, i) => (at(i - 2) - at(i)) / 2)
}

/** The band matrix [inputs, outputs] by which rows are filtered: output j has weight `taps[i]` for input j + i + shift. */
export function filterMatrix(
  taps: Float64Array,
  inputs: number,
  outputs: number,
  shift: number,
): Float64Array {
  const matrix = new Float64Array(inputs * outputs)
  for (let j = 0; j < outputs; j++) {
    taps.forEach((tap, i) => {
      const input = j + i + shift
      if (input >= 0 && input < inputs) matrix[input * outputs + j] = tap
    })
  }
  return matrix
}

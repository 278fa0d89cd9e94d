import { add, broadcastTo, concat, expandDims, matmul, mul, slice, type Tensor } from '@facet/tensor'
import { aBoolean, aCount, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { seriesBumps } from './bumps.ts'
import { constant, perDType } from './constants.ts'
import { expectAction, expectSamples } from './expect-arguments.ts'
import type { GeneratorBank } from './generator-bank.ts'
import { lettersOf, someLetters } from './letters.ts'
import { sphereProjection, withMomentsOf } from './own-moments.ts'
import { smoothedDerivative } from './smoothed-derivative.ts'
import { swell } from './swell.ts'
import { warpRows } from './warp-rows.ts'

/** A part moves x [N, d] by the field `v = Σ ε_b w_b` [N, d]; its tangents are the bumps times a row. */
interface Part {
  /** In natural units, for series of length d. */
  readonly priorScale: (length: number) => number
  /** What the bumps are multiplied by; `null` for 1. */
  readonly factor: (x: Tensor, derivative: (x: Tensor) => Tensor) => Tensor | null
  readonly act: (x: Tensor, field: Tensor, grid: Tensor) => Tensor
}

/** In the order of the action and of ε. */
const partTable: Readonly<Record<string, Part>> = {
  W: {
    priorScale: (length) => 0.01 * length,
    factor: (x, derivative) => derivative(x),
    act: warpRows,
  },
  A: {
    priorScale: () => 0.1,
    factor: (x) => x,
    act: swell,
  },
  T: { priorScale: () => 0.1, factor: () => null, act: (x, field) => add(x, field) },
}

const partNames = Object.keys(partTable)

const seriesBankOptions = optionTable('seriesBank', {
  /** Samples of a series, d; at least 2. */
  length: required(aCount(2)),
  /** Any of the letters W (time warp), A (amplitude), T (trend); default `WA`. */
  parts: withDefault(someLetters(partNames), 'WA'),
  /** Bumps of each part; default 8. */
  bumps: withDefault(aCount(), 8),
  /** Whether every series keeps its own mean and standard deviation, as z-normalised data do; default true. */
  zNormalised: withDefault(aBoolean, true),
})

/** The settings of {@link seriesBank}. */
export type SeriesBankOptions = OptionsOf<typeof seriesBankOptions>

/**
 * Generators of series (docs/mathematics.md 6.1): Gaussian bumps `w_b(t)`, centres evenly from the first sample to the
 * last, 0.75 of their distance wide, that sum to 1 at every t, times
 *
 * - **W**, time warp: `G = diag(w_b) d/dt`, ε in samples, prior scale 0.01 d. It acts by reading at `t + v`, `v = Σ ε_b w_b`,
 *   composed of two half steps, linearly between samples and clamped at the ends;
 * - **A**, amplitude: `G = diag(w_b)`, prior scale 0.1. It acts by `x · exp(v)` with v within ±1.5;
 * - **T**, trend: the constant field `w_b`, prior scale 0.1. It acts by adding v.
 *
 * ε holds the bumps of W, then of A, then of T, whatever the order of the letters, and they act in that order. Then every
 * series gets its own mean and standard deviation back, unless `zNormalised` is false. `d/dt` of the tangents is a
 * central difference after Gaussian smoothing of σ = max(1, d/128) samples, edges replicated.
 *
 * Constants are made once for each backend and dtype, at the first use.
 *
 * @throws TypeError for an unknown option, RangeError for one out of range.
 * @example
 * import { init, key, zeros } from '@facet/tensor'
 * import { seriesBank } from '@facet/regularizers'
 * await init()
 * const bank = seriesBank({ length: 128 })
 * const x = key('series').normal([4, 128])
 * bank.size // 16
 * bank.tangents(x).shape // [4, 16, 128]
 * bank.act(x, zeros([4, 16])).shape // [4, 128]: x, to rounding
 */
export function seriesBank(options: SeriesBankOptions): GeneratorBank {
  const { length, parts, bumps, zNormalised } = seriesBankOptions.resolve(options)
  const letters = lettersOf(parts, partNames)
  const chosen = letters.map((letter) => partTable[letter])

  const constants = perDType((dtype) => ({
    weights: constant(seriesBumps(length, bumps), [bumps, length], dtype),
    grid: constant(
      Array.from({ length }, (_, t) => t),
      [length],
      dtype,
    ),
  }))
  const derivative = smoothedDerivative(length)
  const project = sphereProjection(length)
  const self = { name: `series ${letters.join('')}`, size: bumps * chosen.length, dimension: length }
  return {
    ...self,
    settings: { length, parts: letters.join(''), bumps, zNormalised },
    priorScale: chosen.flatMap(({ priorScale }) => new Array<number>(bumps).fill(priorScale(length))),
    tangents(x) {
      expectSamples(self, x)
      const { weights } = constants(x.dtype)
      const fields = chosen.map(({ factor }) => {
        const row = factor(x, derivative)
        const all = [x.shape[0], bumps, length]
        return row === null ? broadcastTo(weights, all) : mul(expandDims(row, 1), weights)
      })
      const directions = concat(fields, 1)
      return zNormalised ? project(x, directions) : directions
    },
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      const { weights, grid } = constants(x.dtype)
      const moved = chosen.reduce((y, part, p) => {
        const own = slice(epsilon, [0, p * bumps], [x.shape[0], bumps])
        return part.act(y, matmul(own, weights), grid)
      }, x)
      return zNormalised ? withMomentsOf(x, moved) : moved
    },
  }
}

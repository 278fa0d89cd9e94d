import type { Key } from '@facet/tensor'
import { sine } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { type SeriesFormula, type SeriesOptions, seriesOptions, seriesSet } from './series-set.ts'

/** What a class adds to the noisy level at time t. Drawn once per series. */
type Pattern = (
  draw: (name: string, low: number, high: number) => number,
  length: number,
) => (t: number) => number

const uniform = (key: Key, low: number, high: number): number => low + (high - low) * key.uniformArray(1)[0]

const cyclic: Pattern = (draw) => {
  const amplitude = draw('amplitude', 10, 15)
  const period = draw('period', 10, 15)
  return (t) => amplitude * sine((2 * Math.PI * t) / period)
}

const trend =
  (sign: 1 | -1): Pattern =>
  (draw) => {
    const gradient = draw('gradient', 0.2, 0.5)
    return (t) => sign * gradient * t
  }

const shift =
  (sign: 1 | -1): Pattern =>
  (draw, length) => {
    const size = draw('size', 7.5, 20)
    const moment = draw('moment', length / 3, (2 * length) / 3)
    return (t) => (t >= moment ? sign * size : 0)
  }

const patterns: readonly Pattern[] = [() => () => 0, cyclic, trend(1), trend(-1), shift(1), shift(-1)]

const mean = 30
const scale = 2

const formulas = patterns.map(
  (pattern): SeriesFormula =>
    (key, length) => {
      const added = pattern((name, low, high) => uniform(key.child(name), low, high), length)
      return key
        .child('noise')
        .uniformArray(length)
        .map((u, t) => mean + scale * (6 * u - 3) + added(t))
    },
)

const table = seriesOptions('syntheticControl', { train: 300, test: 300, length: 60 })

/**
 * Synthetic control charts (Alcock & Manolopoulos, *Time-series similarity queries employing a feature-based approach*,
 * 1999), z-normalised, in the sizes of the UCR archive's SyntheticControl: for t = 0 … 59
 *
 *     normal            (class 1)  m + s r(t)
 *     cyclic            (class 2)  m + s r(t) + a sin(2πt/T)    a, T uniform on [10, 15]
 *     increasing trend  (class 3)  m + s r(t) + g t             g uniform on [0.2, 0.5]
 *     decreasing trend  (class 4)  m + s r(t) − g t
 *     upward shift      (class 5)  m + s r(t) + x [t ≥ t₀]      x uniform on [7.5, 20], t₀ on [length/3, 2 length/3]
 *     downward shift    (class 6)  m + s r(t) − x [t ≥ t₀]
 *
 * with m = 30, s = 2, r(t) uniform on [−3, 3] (a normal r would give the normal class a kurtosis of 3; the archive's files
 * have 1.87, this generator 1.85).
 *
 * @returns train `[300, 60]`, test `[300, 60]`, 50 of each class in either
 * @throws RangeError if a size is not a positive integer or the length is below 8
 * @example
 * await init()
 * const { train, trainLabels } = syntheticControl({ seed: 0 })
 */
export function syntheticControl(options: SeriesOptions = {}): Dataset {
  return seriesSet(table, formulas, options)
}

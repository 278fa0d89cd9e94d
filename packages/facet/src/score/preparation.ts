import { expectSame, fail, rowOf } from './fail.ts'
import type { ModelFile } from './file.ts'
import { at, dot, type List, type PerPlace } from './list.ts'

/** What happens to rows before the model sees them: `Preparation` of `@facet/data`. */
interface Written {
  readonly columns: readonly string[] | null
  readonly width: number
  readonly missing: { readonly rule: string; readonly fill?: List }
  readonly lengths: { readonly rule: string }
  readonly window: { readonly length: number } | null
  readonly normaliser: Normaliser
}

/** Each kind has some of these. */
interface Normaliser {
  readonly kind: string
  readonly means: List
  readonly deviations: List
  readonly low: number
  readonly high: number
}

/** What is taken from each number of a row, and what that is divided by then. */
type Scales = readonly [shifts: PerPlace, scales: PerPlace]

/** A row in the model's units, all NaN if it cannot be given it; in its own, gaps filled; and the way back of a number of a column. */
export type Prepared = readonly [x: number[], row: List, undo: (value: number, column: number) => number]

/** Of differences from the first value: 2,000,000,000 + 0 … 49 varies as 0 … 49 does. */
const meanOf = (values: List): number =>
  values[0] + values.reduce((sum, value) => sum + (value - values[0]), 0) / values.length

function medianOf(values: List): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}

const none = () => NaN

/** What fills the gaps of a row, by rule, of the values that it has. */
const middles = { refuse: none, drop: none, mean: meanOf, median: medianOf }

/** By kind of normaliser. */
const scalings: Readonly<Record<string, (given: Normaliser, row: List) => Scales>> = {
  none: () => [0, 1],
  range: ({ low, high }) => [low, high - low],
  columns: ({ means, deviations }) => [means, deviations],
  series(_, row) {
    const mean = meanOf(row)
    const centred = row.map((value) => value - mean)
    const deviation = Math.sqrt(dot(centred, centred) / (row.length - 1))
    // Values too large to be squared have no mean either. By less than 45 units in the last place it varies by rounding alone.
    return [mean + deviation * 0, deviation > 1e-14 * Math.abs(mean) ? deviation : NaN]
  },
}

/**
 * The names of columns, `null` where they have none, and how rows are brought into the model's units.
 * @throws Error for rows that are more than rows, such as windows of a series.
 */
export function preparationOf(
  file: ModelFile,
  width: number,
  round: (value: number) => number,
): readonly [columns: readonly string[] | null, prepare: (row: List) => Prepared] {
  const given = file.json<Written>('facet.preparation')
  if (given)
    expectSame(
      'window, lengths, width',
      [0, 'refuse', width],
      [given.window?.length ?? 0, given.lengths.rule, given.width],
    )
  const { columns = null, missing = { rule: 'drop' }, normaliser = { kind: 'none' } } = given ?? {}
  const middle = rowOf<(values: List) => number>('missing', middles, missing.rule)
  const scalesOf = rowOf('normaliser', scalings, normaliser.kind)
  // Where each row is a series there are none: it fills itself.
  const fill = missing.fill?.length ? missing.fill : null
  const prepare = (given: List): Prepared => {
    const gap = fill ?? middle(given.filter(Number.isFinite))
    const row = given.map((value, j) => (Number.isFinite(value) ? value : at(gap, j)))
    const [shifts, scales] = scalesOf(normaliser as Normaliser, row)
    const x = row.map((value, j) => round((value - at(shifts, j)) / at(scales, j)))
    return [
      x.every(Number.isFinite) ? x : x.fill(NaN),
      row,
      (value, column) => value * at(scales, column) + at(shifts, column),
    ]
  }
  if (Number.isNaN(prepare([...Array(width).keys()])[0][0]))
    fail('normaliser', `${width} numbers`, normaliser.kind)
  return [columns, prepare]
}

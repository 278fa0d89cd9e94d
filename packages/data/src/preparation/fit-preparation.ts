import { fitToRows, type Normaliser } from '../normaliser.ts'
import type { Rows } from '../rows.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { filledSteps } from './fill.ts'
import type { Items } from './items.ts'
import { middles } from './middle.ts'
import { byColumn, columnName, missingIn } from './missing-values.ts'
import { counted } from './numbers.ts'
import {
  type LengthRule,
  type Preparation,
  type PreparationOptions,
  preparationOptions,
  rowsAreSeries,
} from './preparation.ts'
import { endOf } from './series-shape.ts'
import { shaperOf } from './shaped-items.ts'
import { judgeOf } from './usable.ts'

const operation = 'fitPreparation'

/**
 * Learns from the training part what fills missing values and how numbers are normalised; the lengths of series from all of the file.
 *
 * Means, medians and the normaliser are fitted in float64 on the training items, of windows on the rows that they cover, each once; the normaliser on what has
 * been filled. Under `columns` a column of a window has one mean and deviation at all of its times.
 *
 * @param train indices of items
 * @throws RangeError under `refuse` where values are missing, by column; for a column without a value in the training part; where no training item can be
 * used; for rules that do not fit: rows of a table have no order to interpolate along, and one length
 * @example
 * const parser = samplesParser('csv', 'units.csv')
 * parser.push(new TextEncoder().encode('temp,load\n1,10\n2,20\n3,60\n'))
 * const samples = await parser.end()
 * const items = itemsOf(samples, null)
 * const preparation = fitPreparation(samples, items, Int32Array.of(0, 1, 2), { normalise: 'columns', missing: 'median' })
 * preparation.missing // { rule: 'median', fill: [2, 20] }
 * preparation.normaliser // { kind: 'columns', means: [2, 30], deviations: [1, 26.45…] }
 */
export function fitPreparation(
  samples: Pick<ParsedSamples, 'columns'>,
  items: Items,
  train: Int32Array,
  options: PreparationOptions,
): Preparation {
  const { normalise, missing, lengths, window } = preparationOptions.resolve(options)
  const { columns } = samples
  const { steps } = items
  const ordered = window === null && (normalise === 'series' || (columns === null && normalise !== 'columns'))
  if (missing === 'interpolate' && window === null && !ordered) {
    throw new RangeError(
      `${operation}: missing: interpolate: rows of a table have no order; expected a window, or mean or median`,
    )
  }
  if (lengths !== 'refuse' && (window !== null || (columns !== null && normalise !== 'series'))) {
    throw new RangeError(
      `${operation}: lengths: ${lengths}: expected rows that are series, got ${window === null ? 'rows of a table' : 'windows'}`,
    )
  }
  const draft: Preparation = {
    columns,
    width: steps.width,
    missing: { rule: missing === 'mean' || missing === 'median' ? 'drop' : missing },
    lengths: fitLengths(items, lengths),
    window,
    normaliser: normalise === 'series' ? { kind: 'series' } : { kind: 'none' },
  }
  if (missing === 'refuse') refuseMissing(draft, items, ordered || window !== null)
  const filling: Preparation =
    missing === 'mean' || missing === 'median'
      ? { ...draft, missing: { rule: missing, fill: fitFill(draft, items, train, missing) } }
      : draft
  const shaper = shaperOf(operation, filling, items)
  const usable = usableOf(filling, shaper, train)
  if (normalise === 'series' || normalise === 'none') return filling
  const rows = window === null ? shapedRows(shaper, usable) : coveredRows(filling, items, usable)
  const fitted = fitToRows(operation, rows, normalise)
  return { ...filling, normaliser: window === null ? fitted : repeated(fitted, window.length) }
}

function fitLengths({ steps: { values, width, count } }: Items, rule: LengthRule): Preparation['lengths'] {
  if (rule === 'refuse') return { rule }
  let shortest = width
  let longest = 0
  for (let i = 0; i < count; i++) {
    const end = endOf(values.subarray(i * width, (i + 1) * width))
    longest = Math.max(longest, end)
    // Series of one value or none cannot be used: they cut no others.
    if (end >= 2) shortest = Math.min(shortest, end)
  }
  if (longest < 2) {
    throw new RangeError(
      `${operation}: lengths: expected series of at least 2 values, got at most ${longest}`,
    )
  }
  return { rule, length: rule === 'cut' ? shortest : longest }
}

function refuseMissing(
  { columns, lengths }: Preparation,
  { steps: { values, width, count } }: Items,
  hasOrder: boolean,
): void {
  const missing = new Float64Array(width)
  let all = 0
  for (let i = 0; i < count; i++) {
    const row = values.subarray(i * width, (i + 1) * width)
    const end = lengths.rule === 'refuse' ? width : endOf(row)
    for (let j = 0; j < end; j++) {
      if (!Number.isNaN(row[j])) continue
      missing[j]++
      all++
    }
  }
  if (all === 0) return
  throw new RangeError(
    `${operation}: missing: refuse: expected none, got ${counted(all, 'missing value')}: ${byColumn(missing, columns)}; ` +
      `${hasOrder ? 'drop, mean, median or interpolate' : 'drop, mean or median'} say what becomes of them`,
  )
}

/** Which steps lie in an item of these. */
function coverageOf({ steps, starts, span }: Items, items: Iterable<number>): Uint8Array {
  const covered = new Uint8Array(steps.count)
  for (const item of items) covered.fill(1, starts[item], starts[item] + span)
  return covered
}

/** Of each column the mean or median of what the training part has; nothing where each series has its own. */
function fitFill(draft: Preparation, items: Items, train: Int32Array, rule: keyof typeof middles): number[] {
  if (rowsAreSeries(draft)) return []
  const { values, width, count } = items.steps
  const covered = coverageOf(items, train)
  const own = new Float64Array(count)
  return Array.from({ length: width }, (_, j) => {
    let n = 0
    for (let step = 0; step < count; step++) {
      const value = values[step * width + j]
      if (covered[step] === 1 && !Number.isNaN(value)) own[n++] = value
    }
    if (n > 0) return middles[rule](own.subarray(0, n))
    throw new RangeError(
      `${operation}: missing: ${rule}: ${columnName(draft.columns, j)}: expected a value in the training part, got none`,
    )
  })
}

/** The training items that have nothing missing once they are filled, and vary where each is normalised by itself. */
function usableOf(
  filling: Preparation,
  { shape, length }: ReturnType<typeof shaperOf>,
  train: Int32Array,
): Int32Array {
  const out = new Float64Array(length)
  const period = filling.window === null ? length : filling.width
  // What the other kinds refuse depends on what is fitted to these items.
  const judge =
    filling.normaliser.kind === 'series'
      ? judgeOf(operation, filling)
      : (row: Float64Array) => missingIn(row, period, filling.columns)
  let first: string | null = null
  const usable = train.filter((item) => {
    const shaped = shape(item, out)
    const reason = typeof shaped === 'string' ? shaped : judge(out)
    first ??= reason
    return reason === null
  })
  if (usable.length > 0) return usable
  throw new RangeError(
    `${operation}: expected training items that can be used, got none of ${train.length}` +
      (first === null ? '' : `; the first: ${first}`),
  )
}

function shapedRows({ shape, length }: ReturnType<typeof shaperOf>, items: Int32Array): Rows {
  const values = new Float64Array(items.length * length)
  items.forEach((item, i) => void shape(item, values.subarray(i * length, (i + 1) * length)))
  return { values, count: items.length, length }
}

/** The steps that windows cover, each once. */
function coveredRows(filling: Preparation, items: Items, windows: Int32Array): Rows {
  const { steps } = items
  const source = filledSteps(filling, steps)
  const covered = coverageOf(items, windows)
  const count = covered.reduce((sum, one) => sum + one, 0)
  const { width } = steps
  const values = new Float64Array(count * width)
  for (let step = 0, row = 0; step < steps.count; step++) {
    if (covered[step] === 1) values.set(source.subarray(step * width, (step + 1) * width), row++ * width)
  }
  return { values, count, length: width }
}

/** A normaliser of rows as one of windows of them. */
function repeated(fitted: Normaliser, times: number): Normaliser {
  if (fitted.kind !== 'columns') return fitted
  const again = (numbers: readonly number[]): number[] => Array.from({ length: times }, () => numbers).flat()
  return { kind: 'columns', means: again(fitted.means), deviations: again(fitted.deviations) }
}

import { expectCount } from '@facet/tensor/checks'
import type { Rows } from '../rows.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { listed } from '../samples/source.ts'
import { counted } from './numbers.ts'
import type { MissingRule, Window } from './preparation.ts'
import { type Steps, sampleAt } from './steps.ts'
import { type Stretches, stretchesOf } from './stretches.ts'

/** What a model is given one of at a time: a row of the file, or a window of several. Missing values are NaN. */
export interface Items {
  /**
   * `[count, span · width]`, in float64, in the units of the file. `values` of windows are made anew each time that they are asked for: windows overlap, and
   * may be many times the file.
   */
  readonly rows: Rows
  /** The rows that items are made of. */
  readonly steps: Steps
  /** Of each item the step where it begins, ascending. */
  readonly starts: Int32Array
  /** Of each item the index of its first sample. */
  readonly first: Int32Array
  /** Samples of an item: 1, or the length of a window. */
  readonly span: number
  /** What happened to rows on the way, in sentences without an end: `the series is cut at 3 holes in column time: …`. */
  readonly notes: readonly string[]
}

/** The most numbers of all windows together, 1 GiB of them in float64. */
const MOST_NUMBERS = 2 ** 27

/**
 * Rows, or windows of consecutive rows of one group, in the order of time where there is a time column.
 *
 * Rows of one time stay as they came. Where rows lie more than 1.5 usual steps apart (the median of the group), some are missing: no window spans such a hole.
 * Under `interpolate` a hole of up to 5 rows is filled with empty rows, for values to be put on a line. The last window of a stretch ends with it, so that
 * every row of a stretch as long as a window is in one.
 *
 * @param missing the rule that follows; it decides about holes in time alone
 * @throws RangeError for a window that no series is long enough for, and for windows of more than 2^27 numbers together
 * @example
 * const parser = samplesParser('csv', 'log.csv')
 * parser.push(new TextEncoder().encode('temp,load\n1,10\n2,20\n3,30\n'))
 * const items = itemsOf(await parser.end(), { length: 2, stride: 1 })
 * items.rows.values // [1, 10, 2, 20] and [2, 20, 3, 30]
 */
export function itemsOf(
  samples: ParsedSamples,
  window: Window | null,
  missing: MissingRule = 'refuse',
): Items {
  return window === null ? rowItems(samples) : windowItems(samples, window, missing)
}

const upTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i)

/**
 * Rows as they are, each an item: what {@link itemsOf} makes without a window.
 *
 * @param samples `values` `[count, length]`, NaN where one is missing
 * @example rowItems({ values: Float64Array.of(1, 2, 3, 4), count: 2, length: 2, time: null }).starts // [0, 1]
 */
export function rowItems({
  values,
  count,
  length,
  time,
}: Pick<ParsedSamples, 'values' | 'count' | 'length' | 'time'>): Items {
  const all = upTo(count)
  const steps: Steps = {
    values,
    width: length,
    count,
    samples: null,
    times: time?.times ?? null,
    bounds: Int32Array.of(0, count),
  }
  return itemsAt(steps, all, 1, [])
}

function windowItems(samples: ParsedSamples, window: Window, missing: MissingRule): Items {
  const { length, stride } = window
  expectCount('itemsOf', 'window.length', length, 2)
  expectCount('itemsOf', 'window.stride', stride)
  const stretches = stretchesOf(samples, missing)
  const { bounds, width } = stretches.steps
  const starts: number[] = []
  const short: number[] = []
  for (let k = 0; k + 1 < bounds.length; k++) {
    const last = bounds[k + 1] - length
    if (last < bounds[k]) short.push(k)
    for (let start = bounds[k]; start <= last; start += stride) starts.push(start)
    // Rows between two windows are left out where the stride asks for it, and nowhere else.
    if (stride <= length && last > bounds[k] && (last - bounds[k]) % stride !== 0) starts.push(last)
  }
  if (starts.length === 0) throw new RangeError(`itemsOf: window: ${tooShort(stretches, length)}`)
  const numbers = starts.length * length * width
  if (numbers > MOST_NUMBERS) {
    const enough = Math.ceil((stride * numbers) / MOST_NUMBERS)
    throw new RangeError(
      `itemsOf: window: ${starts.length} windows of ${length} · ${width} numbers are more than ${MOST_NUMBERS} together: ` +
        `expected a stride of about ${enough} or more, got ${stride}`,
    )
  }
  const notes =
    short.length === 0 ? stretches.notes : [...stretches.notes, shortNote(stretches, short, length)]
  return itemsAt(stretches.steps, Int32Array.from(starts), length, notes)
}

/** `group b: 90 rows` */
function nameOf({ steps: { bounds }, groups }: Stretches, stretch: number): string {
  const rows = counted(bounds[stretch + 1] - bounds[stretch], 'row')
  const group = groups[stretch]
  return group === null ? rows : `group ${listed([group])}: ${rows}`
}

/** Days of trade have a hole each weekend. */
const UNTIMED = '; without a time column rows follow one another as in the file'

function tooShort(stretches: Stretches, length: number): string {
  const { steps, groups, cuts, notes } = stretches
  if (groups.length === 0) return `expected rows with a time, got none (${notes.join('; ')})`
  let longest = 0
  const lengthAt = (k: number): number => steps.bounds[k + 1] - steps.bounds[k]
  for (let k = 1; k < groups.length; k++) if (lengthAt(k) > lengthAt(longest)) longest = k
  const said = notes.map((note) => `; ${note}`).join('')
  const hint = cuts === 0 ? '' : UNTIMED
  return `expected a series of at least ${length} rows, the length of a window, got at most ${nameOf(stretches, longest)}${said}${hint}`
}

/** How many stretches are named. */
const NAMED = 3

function shortNote(stretches: Stretches, short: readonly number[], length: number): string {
  const named = short.slice(0, NAMED).map((k) => nameOf(stretches, k))
  const { bounds } = stretches.steps
  const rows = short.reduce((sum, k) => sum + bounds[k + 1] - bounds[k], 0)
  return (
    `${counted(rows, 'row is', 'rows are')} in no window, in ${counted(short.length, 'stretch', 'stretches')} shorter than its ${length} ` +
    `(${named.join('; ')}${short.length > NAMED ? '; …' : ''})`
  )
}

function itemsAt(steps: Steps, starts: Int32Array, span: number, notes: readonly string[]): Items {
  const rows: Rows = {
    count: starts.length,
    length: span * steps.width,
    get values() {
      return flattened(steps, starts, span)
    },
  }
  const first = starts.map((start) => {
    let step = start
    while (sampleAt(steps, step) < 0) step++
    return sampleAt(steps, step)
  })
  return { rows, steps, starts, first, span, notes }
}

function flattened({ values, width }: Steps, starts: Int32Array, span: number): Float64Array {
  if (span === 1) return values instanceof Float64Array ? values : new Float64Array(values)
  const length = span * width
  const out = new Float64Array(starts.length * length)
  starts.forEach((start, i) => {
    out.set(values.subarray(start * width, start * width + length), i * length)
  })
  return out
}

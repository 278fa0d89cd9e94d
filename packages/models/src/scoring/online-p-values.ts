import { key } from '@facet/tensor'
import { anything, aSeed, type OptionsOf, optional, optionTable, withDefault } from '@facet/tensor/checks'
import { aWhole, fields, listOf } from '../file/reading.ts'
import type { Calibration } from './calibration.ts'
import { countBelow, expectErrors, type Numbers } from './errors.ts'

/** Calibrating errors that are kept; of more as many, evenly spread. The p-values of a row are summed over them, and a stream's state has as many numbers. */
const mostEdges = 512

/** Rows whose uniform numbers are drawn at once. */
const block = 512

/** A plain object for JSON: p-values go on from it bit for bit, with the same calibration and seed. */
export interface OnlinePValuesState {
  readonly rows: number
  /** Of the places that the next error can take among all before, those in each gap between kept calibrating errors. */
  readonly places: readonly number[]
}

/** P-values of rows in the order in which they come. Made by {@link onlinePValues}. */
export interface OnlinePValues {
  /** Rows with an error so far. */
  readonly rows: number
  /**
   * The p-values of the next rows, each against the calibrating errors and all new ones before it.
   *
   * @param errors in the order of the rows; NaN, a row without one, has the p-value NaN and leaves no trace
   * @throws TypeError or RangeError for what is no list of numbers of at least 0.
   */
  next(errors: Numbers): Float64Array
  toJSON(): OnlinePValuesState
}

const onlineOptions = optionTable('onlinePValues', {
  /** Of the numbers that break ties; default 0. */
  seed: withDefault(aSeed, 0),
  /** What `toJSON` gave, to go on from it. */
  state: optional(anything<OnlinePValuesState>()),
})

/** The setting of {@link onlinePValues}. */
export type OnlinePValuesOptions = OptionsOf<typeof onlineOptions>

const aState = fields<OnlinePValuesState>({ rows: aWhole, places: listOf(aWhole) })

/**
 * Smoothed conformal p-values of a stream (`docs/mathematics.md 10.4`). Those of `pValues` share their calibrating errors and take few values: good for one row, but a test
 * over many rows would find the errors of calibration. These are independent and uniform on (0, 1] where rows are exchangeable with the calibrating ones,
 * ties or not, for any number of rows. Rows beyond the fence count as errors above all others. Memory stays as it is however many rows come:
 * new errors are counted in the gaps between at most 512 calibrating ones.
 *
 * @throws TypeError or RangeError for a state that `toJSON` did not give for this calibration.
 * @example
 * const online = onlinePValues(calibrate([1, 2, 3]), { seed: 1 })
 * const [p] = online.next([2.5]) // in (1/4, 1/2]: one of three is larger
 * const later = onlinePValues(calibrate([1, 2, 3]), { seed: 1, state: online.toJSON() })
 */
export function onlinePValues(calibration: Calibration, options: OnlinePValuesOptions = {}): OnlinePValues {
  const { seed, state } = onlineOptions.resolve(options)
  const root = key(seed).child('online p-values')
  const edges = edgesOf(calibration, root.child('ties').uniformArray(calibration.errors.length))
  const start = state === undefined ? edges.places : placesOf(state, edges.places)
  const draws = (index: number) => root.child('rows', index).uniformArray(2 * block)
  return new Stream(edges, state?.rows ?? 0, Float64Array.from(start), draws)
}

interface Edges {
  /** Kept errors, ascending, and the numbers by which those that are equal are ordered. */
  readonly errors: Float64Array
  readonly ties: Float64Array
  /** Places in each gap before any new row, from the lowest on: all of one more than the held-out rows. */
  readonly places: Float64Array
}

/** @param ties uniform numbers, one for each error */
function edgesOf({ errors, fenced }: Calibration, ties: Float64Array): Edges {
  const n = errors.length
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && errors[to] === errors[from]) to++
    ties.subarray(from, to).sort()
  }
  const m = Math.min(n, mostEdges)
  const ranks = Array.from({ length: m }, (_, j) => Math.floor(((j + 0.5) * n) / m))
  return {
    errors: Float64Array.from(ranks, (rank) => errors[rank]),
    ties: Float64Array.from(ranks, (rank) => ties[rank]),
    places: Float64Array.from([...ranks, n + fenced], (rank, j) => rank - (j === 0 ? -1 : ranks[j - 1])),
  }
}

function placesOf(state: unknown, start: Float64Array): readonly number[] {
  const place = 'onlinePValues: state'
  const { rows, places } = aState(state, place)
  const added = places.reduce((sum, count, j) => (count >= start[j] ? sum + count - start[j] : Number.NaN), 0)
  if (places.length === start.length && added === rows) return places
  throw new RangeError(
    `${place}: expected the ${start.length} gaps of this calibration with ${rows} rows more, found ${places.length} with ${added}`,
  )
}

class Stream implements OnlinePValues {
  rows: number
  readonly #edges: Edges
  readonly #places: Float64Array
  readonly #draws: (index: number) => Float64Array
  #total: number
  #drawn: Float64Array = new Float64Array(0)
  #drawnIndex = -1

  constructor(edges: Edges, rows: number, places: Float64Array, draws: (index: number) => Float64Array) {
    this.#edges = edges
    this.rows = rows
    this.#places = places
    this.#draws = draws
    this.#total = places.reduce((sum, count) => sum + count, 0)
  }

  next(errors: Numbers): Float64Array {
    expectErrors('onlinePValues', errors)
    return Float64Array.from(errors, (error) => (Number.isNaN(error) ? Number.NaN : this.#place(error)))
  }

  #place(error: number): number {
    const at = this.rows % block
    const index = (this.rows - at) / block
    if (this.#drawnIndex !== index) {
      this.#drawn = this.#draws(index)
      this.#drawnIndex = index
    }
    const places = this.#places
    const gap = this.#gapOf(error, this.#drawn[2 * at])
    let above = 0
    for (let j = gap + 1; j < places.length; j++) above += places[j]
    const p = (above + (1 - this.#drawn[2 * at + 1]) * places[gap]) / this.#total
    places[gap]++
    this.#total++
    this.rows++
    return p
  }

  /** How many edges are below the error, those equal to it in the order of their numbers. */
  #gapOf(error: number, tie: number): number {
    const { errors, ties } = this.#edges
    let gap = countBelow(errors, error)
    while (gap < errors.length && errors[gap] === error && ties[gap] < tie) gap++
    return gap
  }

  toJSON(): OnlinePValuesState {
    return { rows: this.rows, places: [...this.#places] }
  }
}

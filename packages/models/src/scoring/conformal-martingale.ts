import { anything, describe, type OptionsOf, optional, optionTable, withDefault } from '@facet/tensor/checks'
import { aNumberField, aWhole, fields, listOf } from '../file/reading.ts'
import { expectNumbers, expectShare, type Numbers } from './errors.ts'

/** Slopes of the bets 1 + slope (p − 1/2): with those up to 2 a change of errors by half is said in 39 rows, with those up to 1 in 50 (docs/decisions/0045). */
const slopes = [-2, -1, 0, 1, 2]

/** A plain object for JSON: a test goes on from it bit for bit. */
export interface MartingaleState {
  readonly rows: number
  /** Decimal logarithms of the capital, now and at its highest. */
  readonly log10: number
  readonly highest: number
  /** Shares of the capital in the five bets; their sum is 1. */
  readonly shares: readonly number[]
}

/** A running test of whether rows are still drawn like the calibrating ones. Made by {@link conformalMartingale}. */
export interface ConformalMartingale {
  /** Rows with a p-value so far. */
  readonly rows: number
  /** Decimal logarithm of the martingale: 2 says that the data speak a hundred to one against "nothing has changed". */
  readonly log10: number
  /** The largest that {@link log10} has been; at least 0. */
  readonly highest: number
  /** Whether the martingale has ever been at least 1 / level. Once said it stays said: after calibrating anew, start a new test. */
  readonly changed: boolean
  /**
   * Bets on p-values in the order of their rows: those of {@link OnlinePValues.next}.
   *
   * @param pValues above 0 and at most 1; NaN, a row without one, is left out
   * @throws TypeError or RangeError for others, before any is bet on.
   */
  update(pValues: Numbers): void
  toJSON(): MartingaleState
}

const martingaleOptions = optionTable('conformalMartingale', {
  /** The probability that is accepted of ever saying `changed` where nothing has changed; above 0 and below 1, default 0.01. */
  level: withDefault(anything<number>(), 0.01),
  /** What `toJSON` gave, to go on from it. */
  state: optional(anything<MartingaleState>()),
})

/** The setting of {@link conformalMartingale}. */
export type ConformalMartingaleOptions = OptionsOf<typeof martingaleOptions>

const aState = fields<MartingaleState>({
  rows: aWhole,
  log10: aNumberField,
  highest: aNumberField,
  shares: listOf(aNumberField),
})

/**
 * A conformal test martingale (`docs/mathematics.md 10.4`): the capital of a player who bets against p-values being uniform and starts with 1. If rows are
 * exchangeable with the calibrating ones it is 1 on average at any time, and the probability that it ever reaches 1 / level is at most `level` (Ville's inequality), however long
 * the stream is and however often one looks. It is the Simple Jumper of Vovk et al. (2021) with five bets and a rate of jumps that falls with the rows seen.
 *
 * @throws RangeError for another level; TypeError or RangeError for a state that `toJSON` did not give.
 * @example
 * const calibration = calibrate(Array.from({ length: 200 }, (_, i) => 1 + i / 200))
 * const online = onlinePValues(calibration)
 * const test = conformalMartingale()
 * test.update(online.next([1.2, 1.9, 1.4, 1.7, 1.1]))
 * test.changed // false
 * test.update(online.next(new Float64Array(30).fill(2.5)))
 * test.changed // true: thirty rows above all that were seen
 */
export function conformalMartingale(options: ConformalMartingaleOptions = {}): ConformalMartingale {
  const { level, state } = martingaleOptions.resolve(options)
  expectShare('conformalMartingale', 'level', level)
  const start = state === undefined ? fresh() : stateOf(state)
  return new Jumper(level, start)
}

const fresh = (): MartingaleState => ({
  rows: 0,
  log10: 0,
  highest: 0,
  shares: slopes.map(() => 1 / slopes.length),
})

function stateOf(given: unknown): MartingaleState {
  const place = 'conformalMartingale: state'
  const state = aState(given, place)
  const { log10, highest, shares } = state
  if (!(Number.isFinite(log10) && Number.isFinite(highest) && highest >= Math.max(0, log10))) {
    throw new RangeError(
      `${place}: expected finite logarithms, the highest at least 0 and the one now, found ${highest} and ${log10}`,
    )
  }
  const sum = shares.reduce((total, share) => (share >= 0 ? total + share : Number.NaN), 0)
  // Five roundings of what was divided by its sum.
  if (shares.length === slopes.length && Math.abs(sum - 1) < 1e-12) return state
  throw new RangeError(
    `${place}: expected ${slopes.length} shares of at least 0 with sum 1, found ${describe(shares)}`,
  )
}

class Jumper implements ConformalMartingale {
  rows: number
  log10: number
  highest: number
  readonly #level: number
  readonly #shares: Float64Array

  constructor(level: number, { rows, log10, highest, shares }: MartingaleState) {
    this.#level = level
    this.rows = rows
    this.log10 = log10
    this.highest = highest
    this.#shares = Float64Array.from(shares)
  }

  get changed(): boolean {
    return this.highest >= -Math.log10(this.#level)
  }

  update(pValues: Numbers): void {
    expectPValues(pValues)
    for (let i = 0; i < pValues.length; i++) {
      if (!Number.isNaN(pValues[i])) this.#bet(pValues[i])
    }
  }

  /** A share of each bet's capital is spread over all bets, and each is multiplied by what it bet on. */
  #bet(p: number): void {
    const shares = this.#shares
    this.rows++
    const jump = 1 / (2 * this.rows + 2)
    let capital = 0
    for (let k = 0; k < slopes.length; k++) {
      shares[k] = ((1 - jump) * shares[k] + jump / slopes.length) * (1 + slopes[k] * (p - 0.5))
      capital += shares[k]
    }
    for (let k = 0; k < slopes.length; k++) shares[k] /= capital
    this.log10 += Math.log10(capital)
    this.highest = Math.max(this.highest, this.log10)
  }

  toJSON(): MartingaleState {
    const { rows, log10, highest } = this
    return { rows, log10, highest, shares: [...this.#shares] }
  }
}

function expectPValues(pValues: Numbers): void {
  expectNumbers('conformalMartingale', 'pValues', pValues)
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i]
    if (typeof p === 'number' && !(p <= 0 || p > 1)) continue
    throw new RangeError(
      `conformalMartingale: pValues: expected numbers above 0 and at most 1, got ${describe(p)} at index ${i}`,
    )
  }
}

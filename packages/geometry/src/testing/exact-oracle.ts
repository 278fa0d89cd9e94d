import { type Dyadic, dyadic, minus, plus, quotient, sign, size, timesDyadic, ZERO } from './dyadic.ts'
import { activate, type PlainDense } from './plain-network.ts'

/** What is met on a ray, in exact arithmetic. */
export interface ExactTruth {
  /** The code at θ. */
  readonly home: string
  readonly found: boolean
  /** When the first wall is met, rounded once; Infinity if never. */
  readonly t: number
  /** The code behind it; `home` if there is none. */
  readonly code: string
  /** Whether numbers of this many bits can tell: no sum cancels to less than its rounding errors, no wall is nearly another. */
  readonly clear: boolean
  /** The exponents of the smallest and the largest value that a forward pass at θ meets, zeros aside. */
  readonly range: readonly [number, number]
}

/** A sum, the sum of its terms' magnitudes, and whether floats of the given bits hold it and all partial sums exactly. */
interface Term {
  readonly value: Dyadic
  readonly magnitude: Dyadic
  readonly exact: boolean
}

/** Sums that keep this many of their bits are told from 0: rounding of a few sums of a few terms costs less in float32. */
const KEPT_BITS = 10

const given = (x: number): Term => ({ value: dyadic(x), magnitude: abs(dyadic(x)), exact: true })

const abs = (x: Dyadic): Dyadic => (x.m < 0n ? { m: -x.m, e: x.e } : x)

/**
 * The first wall of a ray by the definition (docs/mathematics.md 3.2), in integers times powers of two: nothing rounds,
 * overflows or vanishes. All weights, slopes and inputs are dyadic; times are compared as products.
 *
 * @param bits of the mantissas that results are to be compared with: 24 or 53
 */
export function exactNeighbourOf(
  layers: readonly PlainDense[],
  theta: readonly number[],
  direction: readonly number[],
  bits: number,
): ExactTruth {
  let clear = true
  let range: [number, number] = [Infinity, -Infinity]
  const see = (term: Term) => {
    clear &&= isTold(term)
    return term
  }
  const meets = ({ value, magnitude }: Term) => {
    if (value.m !== 0n) range = [Math.min(range[0], size(value)), range[1]]
    if (magnitude.m !== 0n) range = [range[0], Math.max(range[1], size(magnitude))]
  }

  let value = theta.map(given)
  let change = direction.map(given)
  value.forEach(meets)
  const units: { inside: Term; speed: Term; state: boolean; layer: number }[] = []
  const perLayer = layers.map((layer, l) => {
    const inside = weighted(layer, value, layer.bias, bits).map(see)
    const speed = weighted(layer, change, null, bits).map(see)
    inside.forEach(meets)
    const states = inside.map((term) => sign(term.value) > 0)
    value = inside.map((term, u) => sloped(layer, term, states[u]))
    change = speed.map((term, u) => sloped(layer, term, states[u]))
    const own = inside.map((term, u) => ({ inside: term, speed: speed[u], state: states[u], layer: l }))
    if (layer.activation.name !== 'identity') units.push(...own)
    return own
  })
  const home = units.map(({ state }) => Number(state)).join('')

  // A unit moves towards its wall if its speed has the other sign than its state.
  const moving = units.filter(({ speed, state }) => sign(speed.value) === (state ? -1 : 1))
  if (moving.length === 0) return { home, found: false, t: Infinity, code: home, clear, range }
  const first = moving.reduce((a, b) => (sign(lead(b, a)) < 0 ? b : a))

  let derivative = direction.map(given)
  const code = layers.flatMap((layer, l) => {
    const there = weighted(layer, derivative, null, bits).map(see)
    const states = perLayer[l].map((unit, u) => {
      const gap = lead(unit, first)
      // |a| |s₁| ± |a₁| |s|, without the signs: what the terms of the gap amount to.
      const amount = plus(
        timesDyadic(unit.inside.magnitude, first.speed.magnitude),
        timesDyadic(unit.speed.magnitude, first.inside.magnitude),
      )
      clear &&= gap.m === 0n || size(gap) + KEPT_BITS >= size(amount)
      return gap.m === 0n ? sign(there[u].value) > 0 : unit.state
    })
    derivative = there.map((term, u) => sloped(layer, term, states[u]))
    return layer.activation.name === 'identity' ? [] : states
  })
  const t = quotient(abs(first.inside.value), abs(first.speed.value))
  return { home, found: true, t, code: code.map(Number).join(''), clear, range }
}

interface Moving {
  readonly inside: Term
  readonly speed: Term
}

/** The value of a unit where another meets its wall, times that one's speed: |a₁ s| is what it changes by until then. */
function lead(unit: Moving, first: Moving): Dyadic {
  const way = timesDyadic(abs(first.inside.value), unit.speed.value)
  const there = plus(timesDyadic(unit.inside.value, abs(first.speed.value)), way)
  // Of a unit that moves towards its wall: negative where it gets there before.
  return sign(unit.inside.value) < 0 || (unit.inside.value.m === 0n && sign(unit.speed.value) > 0)
    ? minus(ZERO, there)
    : there
}

function isTold({ value, magnitude, exact }: Term): boolean {
  return exact || magnitude.m === 0n || (value.m !== 0n && size(value) + KEPT_BITS >= size(magnitude))
}

function weighted(
  layer: PlainDense,
  inputs: readonly Term[],
  bias: readonly number[] | null,
  bits: number,
): Term[] {
  return layer.weight.map((row, u) => {
    const terms = row.map((w, i) => scaled(inputs[i], dyadic(w)))
    if (bias !== null) terms.push(given(bias[u]))
    const value = terms.reduce((sum, term) => plus(sum, term.value), ZERO)
    const magnitude = terms.reduce((sum, term) => plus(sum, term.magnitude), ZERO)
    const grid = Math.min(...terms.map((term) => (term.value.m === 0n ? Infinity : term.value.e)))
    const exact = terms.every((term) => term.exact) && (magnitude.m === 0n || size(magnitude) < grid + bits)
    return { value, magnitude, exact }
  })
}

const scaled = ({ value, magnitude, exact }: Term, by: Dyadic): Term => ({
  value: timesDyadic(value, by),
  magnitude: timesDyadic(magnitude, abs(by)),
  exact,
})

const sloped = ({ activation }: PlainDense, term: Term, state: boolean): Term =>
  state || activation.name === 'identity' ? term : scaled(term, dyadic(-activate(activation, -1)))

import type { Network } from '@facet/models'
import { add, isFinite, maximum, type Tensor } from '@facet/tensor'
import { type Lazy, lazy } from '../numbers/lazy.ts'
import { type Along, added, givenPoints, mapped, type Notice, shifted } from './along.ts'
import { type Choice, choiceOf } from './choice.ts'
import { uncertain, uncertainDirection } from './uncertain.ts'

/** Rays and what is met along them. */
export interface Rays {
  /** v divided by `speed`. */
  readonly direction: Tensor
  /** The power of two that v is larger by than `direction`, [N, 1]. */
  readonly speed: Tensor
  /** Units that have walls, in the order in which they run. */
  readonly choices: readonly Choice[]
  /** Whether every number met on the way is finite: bool [N, 1]. */
  readonly isFinite: Tensor
}

/**
 * A network along the rays θ + t v on the regions of θ: one pass for values and one for directional derivatives, each with the variance
 * of its rounding errors. Times are those of the rays θ + t `direction`. What comes after the last units that have walls is not computed.
 *
 * Every row is divided by a power of two at every step, values and derivatives apart: numbers stay around 1 and their squares
 * in range, whatever the scale of θ, v, weights and biases.
 *
 * @param theta [N, inputs]
 * @param direction v, [N, inputs]
 * @param tolerance what a number may be off by, as a share of its scale.
 */
export function alongRay(network: Network, theta: Tensor, direction: Tensor, tolerance: number): Rays {
  const along = uncertainDirection(direction)
  let { largest } = along
  const notice: Notice = (rows) => {
    largest = maximum(largest, rows.largest)
  }
  const given = (points: Tensor): Place => ({
    ...place(() => givenPoints(points, along, notice)),
    given: points,
  })
  const choices = choicesOf(network, given, theta, tolerance, notice).map((choice) => choice())
  // Where nothing chooses nothing has asked for θ.
  if (choices.length === 0) notice(uncertain(theta))
  return { direction: along.value, speed: along.scale, choices, isFinite: isFinite(largest) }
}

/** A place of the network: nothing is computed before it is asked for. */
interface Place {
  readonly along: Lazy<Along>
  /** Whether the last units with walls are what comes next. */
  isLast: boolean
  /** The points themselves, where nothing but a shift has been done to them yet. */
  readonly given?: Tensor
}

const place = (along: (isLast: boolean) => Along): Place => {
  const own: Place = { isLast: false, along: lazy(() => along(own.isLast)) }
  return own
}

function choicesOf(
  network: Network,
  given: (points: Tensor) => Place,
  theta: Tensor,
  tolerance: number,
  notice: Notice,
): Lazy<Choice>[] {
  const choices: Lazy<Choice>[] = []
  let last: Place | undefined
  network.walk<Place>(
    {
      affine(map, bias, from) {
        if (map !== null) return place((isLast) => mapped(map, bias, from.along(), notice, isLast))
        if (bias === null) return from
        // Points less their centre are rounded once, as given ones are, and not as badly as the centre is far.
        if (from.given !== undefined) return given(add(from.given, bias))
        return place(() => shifted(bias, from.along(), notice))
      },
      pieces(pieces, from) {
        last = from
        const choice = lazy(() => choiceOf(pieces, from.along(), tolerance, notice))
        choices.push(choice)
        return place(() => choice().output())
      },
      add: (a, b) => place(() => added(a.along(), b.along(), notice)),
    },
    given(theta),
  )
  if (last !== undefined) last.isLast = true
  return choices
}

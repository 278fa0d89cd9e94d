import type { Pieces } from '@facet/models'
import {
  abs,
  add,
  any,
  arange,
  argMax,
  cast,
  equal,
  expandDims,
  greater,
  greaterEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  max,
  maximum,
  mul,
  reshape,
  sqrt,
  sub,
  type Tensor,
  takeAlongAxis,
  where,
} from '@facet/tensor'
import type { Along } from './along.ts'
import type { UnitWalls } from './unit-walls.ts'
import { isOnWall } from './wall.ts'
import { rayWalls } from './walls.ts'

/**
 * Of units that choose the largest of several candidates: a wall is where the winner meets a challenger. Each candidate has one, the winner's is
 * where it is. Candidates that are equal and stay so, two dead units of a window for one, have no wall between them.
 *
 * @param from with all numbers of a row in one unit
 */
export function windowWalls(pieces: Pieces, { value, change, time }: Along, tolerance: number): UnitWalls {
  const given = pieces.candidates(value.value)
  const shape = given.shape
  const [count, units, states] = shape
  // What is not in the image is no candidate.
  const isThere = greater(given, -Infinity)
  const ofAll = (x: Tensor) => where(isThere, pieces.candidates(x), 0)
  const winner = argMax(given, 2)
  const ofWinner = (x: Tensor) => takeAlongAxis(x, expandDims(winner, 2), 2)
  const isWinner = equal(reshape(arange(0, states, 1, 'int32'), [1, 1, states]), expandDims(winner, 2))

  const wallsOf = (x: Tensor) => reshape(x, [count, units * states])
  const sum = (x: Tensor) => add(x, ofWinner(x))
  const larger = (x: Tensor) => maximum(abs(x), abs(ofWinner(x)))
  const [values, changes] = [ofAll(value.value), ofAll(change.value)]
  const parts = {
    distance: wallsOf(where(isThere, sub(ofWinner(values), values), Infinity)),
    speed: wallsOf(where(isThere, sub(changes, ofWinner(changes)), 0)),
    distanceScale: wallsOf(maximum(sqrt(sum(ofAll(value.variance))), larger(values))),
    speedScale: wallsOf(maximum(sqrt(sum(ofAll(change.variance))), larger(changes))),
    time,
  }
  const walls = rayWalls(parts, tolerance)
  return {
    walls,
    statesBehind(wall, there): Tensor {
      const onWall = reshape(isOnWall(walls, wall), shape)
      const comes = reshape(walls.comes, shape)
      const rise = ofAll(there.value)
      const noise = mul(sqrt(ofAll(there.variance)), tolerance)
      const least = max(where(onWall, sub(rise, noise), -Infinity), 2, true)
      const isFastest = logicalAnd(onWall, greaterEqual(add(rise, noise), least))
      const keeps = any(logicalAnd(isFastest, isWinner), 2, true)
      const isEligible = logicalAnd(isFastest, logicalOr(logicalOr(isWinner, comes), logicalNot(keeps)))
      return where(any(isEligible, 2), argMax(cast(isEligible, 'float32'), 2), winner)
    },
  }
}

import { type Pieces, RegionCode } from '@facet/models'
import { expandDims, squeeze, type Tensor } from '@facet/tensor'
import { type Along, inOneUnit, type Notice } from './along.ts'
import { type Lazy, lazy, remembered } from './lazy.ts'
import { signWalls } from './sign-walls.ts'
import type { Rows } from './uncertain.ts'
import type { FirstWall } from './wall.ts'
import type { RayWalls } from './walls.ts'
import { windowWalls } from './window-walls.ts'

/** The states of units along the rays, and what may change them. */
export interface UnitWalls {
  /** At θ, as a region code takes them: [N, units]. */
  readonly states: Tensor
  readonly walls: RayWalls
  /**
   * The states just behind the first wall, by the one-sided rule (docs/mathematics.md 3.2): of the candidates that are as large as the
   * largest there, the one that rises fastest, the first on ties. Ties between candidates that have stood still
   * to each other are rounding noise, and nothing happens to them. Rays without a wall keep their states.
   *
   * @param there directional derivatives of the inputs, under the states that the units before have by now
   */
  statesBehind(wall: FirstWall, there: Rows): Tensor
}

/** Units that choose among pieces, along the rays. */
export interface Choice {
  readonly walls: RayWalls
  /** The packed states just behind the first wall: what a region code holds of these units. */
  readonly wordsBehind: (wall: FirstWall) => Tensor
  /** What comes out of them. */
  readonly output: Lazy<Along>
}

/** @param before what goes into the units */
export function choiceOf(pieces: Pieces, before: Along, notice: Notice): Choice {
  const from = pieces.isSign ? before : inOneUnit(before, notice)
  const { states, walls, statesBehind } = pieces.isSign ? signWalls(from) : windowWalls(pieces, from)
  const wordsBehind = remembered((wall: FirstWall) => packed(pieces, statesBehind(wall, from.behind(wall))))
  return {
    walls,
    wordsBehind,
    output: lazy(() => {
      const words = packed(pieces, states)
      const change = chosen(pieces, words, from.change)
      return {
        value: chosen(pieces, words, from.value),
        change,
        time: from.time,
        columns: from.columns,
        behind: remembered((wall) => chosen(pieces, wordsBehind(wall), from.behind(wall))),
      }
    }),
  }
}

function packed({ units, states }: Pieces, chosen: Tensor): Tensor {
  return RegionCode.ofStates({ name: 'units', groups: [{ units, states }] }, chosen).words[0]
}

/** The chosen pieces: their slopes multiply values, the squares of these variances. What a window chooses has slope 1. */
function chosen(pieces: Pieces, words: Tensor, { value, variance, one }: Rows): Rows {
  const push = (x: Tensor) => squeeze(pieces.push(words, expandDims(x, 1)), 1)
  return { value: push(value), variance: pieces.isSign ? push(push(variance)) : push(variance), one }
}

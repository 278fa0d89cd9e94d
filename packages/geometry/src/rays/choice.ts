import { type Pieces, RegionCode } from '@facet/models'
import { expandDims, squeeze, type Tensor } from '@facet/tensor'
import { type Lazy, lazy, remembered } from '../numbers/lazy.ts'
import { type Along, inOneUnit, type Notice } from './along.ts'
import { signWalls } from './sign-walls.ts'
import type { Rows } from './uncertain.ts'
import type { FirstWall } from './wall.ts'
import type { RayWalls } from './walls.ts'
import { windowWalls } from './window-walls.ts'

/** Units that choose among pieces, along the rays. */
export interface Choice {
  readonly walls: RayWalls
  /** The packed states just behind the first wall: what a region code holds of these units. */
  readonly wordsBehind: (wall: FirstWall) => Tensor
  /** What comes out of them. */
  readonly output: Lazy<Along>
}

/** @param before what goes into the units */
export function choiceOf(pieces: Pieces, before: Along, tolerance: number, notice: Notice): Choice {
  const from = pieces.isSign ? before : inOneUnit(before, notice)
  const { walls, statesBehind } = pieces.isSign
    ? signWalls(from, tolerance)
    : windowWalls(pieces, from, tolerance)
  const wordsBehind = remembered((wall: FirstWall) => packed(pieces, statesBehind(wall, from.behind(wall))))
  return {
    walls,
    wordsBehind,
    output: lazy(() => {
      const { output, words } = pieces.forward(from.value.value)
      const { one, variance } = from.value
      const change = chosen(pieces, words, from.change)
      return {
        value: { value: output, variance: throughSquares(pieces, words, variance), one },
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

/** The chosen pieces of changes. */
const chosen = (pieces: Pieces, words: Tensor, { value, variance, one }: Rows): Rows => ({
  value: squeeze(pieces.push(words, expandDims(value, 1)), 1),
  variance: throughSquares(pieces, words, variance),
  one,
})

/** The squares of the chosen slopes, applied to variances. What a window chooses has slope 1. */
function throughSquares(pieces: Pieces, words: Tensor, variance: Tensor): Tensor {
  const once = pieces.push(words, expandDims(variance, 1))
  return squeeze(pieces.isSign ? pieces.push(words, once) : once, 1)
}

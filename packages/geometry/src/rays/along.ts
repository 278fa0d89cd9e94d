import type { Float, LinearMap } from '@facet/models'
import { div, maximum, mul, reciprocal, type Tensor } from '@facet/tensor'
import { remembered } from '../numbers/lazy.ts'
import { isMatrix, type ScaledMap, scaledMap, traceOf } from './scaled-map.ts'
import { addRows, evened, throughBias, throughMap } from './through-map.ts'
import { type Rows, type ScaledRows, uncertain } from './uncertain.ts'
import type { FirstWall } from './wall.ts'

/**
 * The numbers at one place of a network along the rays θ + t v, while they stay on one region: there each is `value + t · change`.
 * Every row has units of its own, values and changes apart: `time` turns their quotient into time, [N, 1].
 */
export interface Along {
  readonly value: Rows
  /** Directional derivatives. */
  readonly change: Rows
  readonly time: Tensor
  /** What all numbers have yet to be multiplied by, [1, units]; `null` for nothing. */
  readonly columns: () => Tensor | null
  /** The directional derivatives just behind the first wall; `change` itself where no state before has changed. */
  readonly behind: (wall: FirstWall) => Rows
}

/** Is told of all rows that are made on the way, so that one that is not finite is found. */
export type Notice = (rows: ScaledRows) => void

const nothing = () => null

/** @param change v */
export function givenPoints(theta: Tensor, change: Rows, notice: Notice): Along {
  const value = uncertain(theta)
  notice(value)
  return { value, change, time: value.scale, columns: nothing, behind: () => change }
}

/** Behind a bias alone, which is no concern of changes. */
export function shifted(bias: Tensor, from: Along, notice: Notice): Along {
  const columns = from.columns()
  const value = throughBias(traceOf(bias, columns && reciprocal(columns)), from.value)
  notice(value)
  return { ...from, value, time: mul(from.time, value.scale) }
}

/** Behind a linear map, and a bias if there is one. @param isLast whether the last units with walls come next */
export function mapped(
  map: LinearMap,
  bias: Tensor | null,
  from: Along,
  notice: Notice,
  isLast: boolean,
): Along {
  const weight = map.weight(from.value.value.dtype as Float)
  const start = isMatrix(map, weight) ? from : inOneUnit(from, notice)
  const scaled: ScaledMap = scaledMap(map, weight, bias, start.columns())
  const value = throughMap(scaled, scaled.bias, start.value, { isChecked: true, isLast })
  const change = throughMap(scaled, null, start.change, { isChecked: true })
  notice(value)
  notice(change)
  return {
    value,
    change,
    time: mul(start.time, div(value.scale, change.scale)),
    columns: scaled.columns,
    behind: remembered((wall) => {
      const before = start.behind(wall)
      return before === start.change ? change : throughMap(scaled, null, before, { isChecked: false })
    }),
  }
}

/** With all numbers of a row in one unit, for what compares them or adds them up without columns of its own. */
export function inOneUnit(from: Along, notice: Notice): Along {
  const columns = from.columns()
  if (columns === null) return from
  const value = evened(from.value, columns, { isChecked: true })
  const change = evened(from.change, columns, { isChecked: true })
  notice(value)
  notice(change)
  return {
    value,
    change,
    time: mul(from.time, div(value.scale, change.scale)),
    columns: nothing,
    behind: remembered((wall) => {
      const there = from.behind(wall)
      return there === from.change ? change : evened(there, columns, { isChecked: false })
    }),
  }
}

/** The sum of two branches. */
export function added(a: Along, b: Along, notice: Notice): Along {
  const [ofA, ofB] = [a.columns(), b.columns()]
  const columns = ofA === null || ofB === null ? (ofA ?? ofB) && maximum(ofA ?? ofB!, 1) : maximum(ofA, ofB)
  const share = (own: Tensor | null) => columns && (own === null ? reciprocal(columns) : div(own, columns))
  const shares = [share(ofA), share(ofB)]
  const sum = (first: Rows, second: Rows, isChecked: boolean) =>
    addRows({ rows: first, columns: shares[0] }, { rows: second, columns: shares[1] }, { isChecked })
  const value = sum(a.value, b.value, true)
  const change = sum(a.change, b.change, true)
  notice(value)
  notice(change)
  return {
    value,
    change,
    time: div(change.one(), value.one()),
    columns: () => columns,
    behind: remembered((wall) => {
      const [first, second] = [a.behind(wall), b.behind(wall)]
      return first === a.change && second === b.change ? change : sum(first, second, false)
    }),
  }
}

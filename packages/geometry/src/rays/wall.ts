import {
  add,
  type DType,
  div,
  equal,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalOr,
  maximum,
  min,
  minimum,
  mul,
  reciprocal,
  sub,
  type Tensor,
  where,
} from '@facet/tensor'
import type { RayWalls } from './walls.ts'

/** The shortest and the longest time, in units in which θ and v are around 1. */
const TIMES: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  float32: [2 ** -126, 2 ** 127],
  float64: [2 ** -1022, 2 ** 1023],
}

/** Times on each ray, [N, 1] or [N, units]. */
interface Meeting {
  /** When a wall is met; Infinity where none is. */
  readonly t: Tensor
  /** Rounding errors considered, not before this … */
  readonly earliest: Tensor
  /** … and not after this. */
  readonly latest: Tensor
}

/** Where each ray leaves the region it starts in, all [N, 1]. */
export interface FirstWall extends Meeting {
  /** Whether it does; where not, the three times are 0. */
  readonly found: Tensor
  /** Whether that can be told: all numbers on the way have a place in the dtype, and so has the time. */
  readonly isFinite: Tensor
  /** What a number may be off by, as a share of its scale. */
  readonly tolerance: number
}

/**
 * The smallest t ≥ 0 at which a unit moving towards another state reaches it (docs/mathematics.md 3.2).
 *
 * @param layers the walls of every layer that has some
 * @param isFinite which rays can meet one, bool [N, 1]
 * @param tolerance what a number may be off by, as a share of its scale.
 */
export function firstWall(layers: readonly RayWalls[], isFinite: Tensor, tolerance: number): FirstWall {
  const meetings = layers.map((layer) => firstOf(layer, tolerance))
  const first = (time: keyof Meeting) => meetings.map((meeting) => meeting[time]).reduce(minimum)
  const t = first('t')
  const isKnown = logicalAnd(isFinite, lessEqual(t, Infinity))
  const found = logicalAnd(isKnown, less(t, Infinity))
  const finite = (time: Tensor) => where(found, time, 0)
  return {
    found,
    isFinite: isKnown,
    t: finite(t),
    earliest: finite(first('earliest')),
    latest: finite(first('latest')),
    tolerance,
  }
}

/** The first meeting of each ray with a wall of one layer, [N, 1]. */
function firstOf(layer: RayWalls, tolerance: number): Meeting {
  const units = meetingsOf(layer, tolerance)
  const first = (time: Tensor) => mul(min(time, 1, true), layer.time)
  return {
    t: inRange(min(units.t, 1, true), layer.time),
    earliest: first(units.earliest),
    latest: first(units.latest),
  }
}

/** `t · time`; NaN where that would be a number but for the range of the dtype. */
function inRange(t: Tensor, time: Tensor): Tensor {
  const product = mul(t, time)
  const [least, most] = TIMES[t.dtype]!
  const isKnown = logicalAnd(greaterEqual(product, least), lessEqual(product, most))
  return where(logicalOr(isKnown, logicalOr(equal(t, 0), equal(t, Infinity))), product, Number.NaN)
}

/** Of every unit, in the layer's own time: Infinity for those that stand still within tolerance or move away. */
function meetingsOf(layer: RayWalls, tolerance: number): Meeting {
  const t = maximum(div(layer.distance, layer.speed), 0)
  const error = div(mul(scaleAt(layer, t), tolerance), layer.speed)
  const ifMoving = (time: Tensor) => where(layer.comes, time, Infinity)
  return {
    t: ifMoving(t),
    earliest: ifMoving(maximum(sub(t, error), 0)),
    latest: ifMoving(add(t, error)),
  }
}

/**
 * Which units are on their wall while the ray meets its first, bool [N, units]: at any time that this may be, because
 * one unit may know the time worse than another its distance.
 */
export function isOnWall(layer: RayWalls, { found, earliest, latest, tolerance }: FirstWall): Tensor {
  // A time unit that has no place in the dtype is 0, and no time at all is none of it.
  const inverse = minimum(reciprocal(layer.time), TIMES[latest.dtype]![1])
  const last = mul(latest, inverse)
  const way = maximum(mul(layer.speed, mul(earliest, inverse)), mul(layer.speed, last))
  const reached = lessEqual(sub(layer.distance, way), mul(scaleAt(layer, last), tolerance))
  return logicalAnd(found, reached)
}

/** The scale of every unit's distance to its wall at time t. */
function scaleAt(layer: RayWalls, t: Tensor): Tensor {
  return add(layer.distanceScale, mul(layer.speedScale, t))
}

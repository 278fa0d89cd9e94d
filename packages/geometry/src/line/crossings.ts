import type { Network } from '@facet/models'
import { aFunction, describe, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import { aLevel, expectLevel } from '../program/level.ts'
import { limitsOf, someLimits } from '../program/limits.ts'
import { programOf } from '../program/program-of.ts'
import { FoundLine } from './found-line.ts'
import { lineProgramOf } from './line-program.ts'
import type { LineRegion, LineWalk } from './line-walk.ts'
import { type Changed, type Crossing, SegmentWalk } from './segment-walk.ts'

const crossingsOptions = optionTable('crossings', {
  // A number of the output, `output`, that cuts too where it is `value`, 0 by default: it counts as one more sign unit, [groups, output].
  level: aLevel,
  // When to stop: after so many `regions`, or after so many `milliseconds`. The result then has `complete: false`.
  limits: someLimits,
  // Is called with every region when the walk leaves it; `false` stops the walk.
  onRegion: optional(aFunction<(region: LineRegion) => unknown>('a function of a region')),
})

/** The settings of {@link crossings}. */
export type CrossingsOptions = OptionsOf<typeof crossingsOptions>

/**
 * All regions that a segment or a polyline crosses (docs/mathematics.md 3.2), in order, for networks of layers of any kind.
 *
 * On a segment x(t) = from + t (to − from). Regions are open intervals of t with one activation pattern: crossings at the ends and walls that are touched
 * without an interval behind them do not count, and where the line runs inside of a wall its unit has state 0 (a max unit the first of its equal
 * candidates). On a polyline t is the number of the segment, from 0, plus the parameter on it; where the pattern changes at a corner,
 * that is a crossing too.
 *
 * Computed in float64 with bounds that follow the size of the numbers. What they do not decide is settled in rational arithmetic, so that counts and
 * codes are exact for weights and points as they are given (a float32 network is read as it is); t is within 1e-11.
 *
 * @param points the ends of a segment, or the corners of a polyline, [corners ≥ 2][inputs]
 * @throws Error for points that do not fit and weights that are not finite, TypeError and RangeError for options.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { crossings } from '@facet/geometry'
 * await init()
 * const layer = new Dense({ name: 'one', weight: tensor([[1], [-1]]), bias: tensor([-1, 3]), activation: reluActivation })
 * const walk = crossings(new Network([layer]), [[0], [4]])
 * walk.regions // 3
 * walk.t // Float64Array [0.25, 0.75]
 * walk.changed // [[[0, 0, 0, 1]], [[0, 1, 1, 0]]]
 */
export function crossings(
  network: Network,
  points: readonly ArrayLike<number>[],
  options: CrossingsOptions = {},
): LineWalk {
  const { level, limits, onRegion } = crossingsOptions.resolve(options)
  expectLine(network, points)
  if (level !== undefined) expectLevel('crossings', network, level)
  const { regions: most, milliseconds } = limitsOf('crossings', limits)
  const program = programOf(network)
  const plan = lineProgramOf(program, level)
  const walk = new SegmentWalk(plan)
  walk.start(points[0], points[1])
  const found = new FoundLine(program, points, plan, walk.code(), level)
  const leave = (to: number): boolean => onRegion === undefined || onRegion(found.lastRegion(to)) !== false

  const end = performance.now() + milliseconds
  let complete = true
  for (const { t, changed } of crossingsOf(walk, plan.offsets, points)) {
    complete = found.regions < most && performance.now() <= end && leave(t)
    if (!complete) break
    found.cross(t, changed)
  }
  if (complete) leave(points.length - 1)
  return found.finished(complete, walk.isExact ? 'exact' : 'checked')
}

/** Segment after segment, from where the walk has started; a corner is a crossing where the states behind it are others. */
function* crossingsOf(
  walk: SegmentWalk,
  offsets: readonly number[],
  points: readonly ArrayLike<number>[],
): Generator<Crossing, void> {
  for (let segment = 0; segment + 1 < points.length; segment++) {
    if (segment > 0) {
      const before = walk.code()
      walk.start(points[segment], points[segment + 1])
      const changed = changesBetween(offsets, before, walk.code())
      if (changed.length > 0) yield { t: segment, changed }
    }
    for (let next = walk.next(); next !== null; next = walk.next())
      yield { t: segment + next.t, changed: next.changed }
  }
}

function changesBetween(offsets: readonly number[], before: Int32Array, after: Int32Array): Changed[] {
  const found: Changed[] = []
  let group = 0
  for (let i = 0; i < before.length; i++) {
    while (group + 1 < offsets.length && i >= offsets[group + 1]) group++
    if (before[i] !== after[i]) found.push([group, i - offsets[group], before[i], after[i]])
  }
  return found
}

function expectLine(network: Network, points: readonly ArrayLike<number>[]): void {
  if (!Array.isArray(points) || points.length < 2)
    throw new Error(`crossings: expected 2 or more points, got ${describe(points)}`)
  points.forEach((point, i) => {
    const numbers = Array.from(point)
    if (numbers.length !== network.inputs || !numbers.every(Number.isFinite))
      throw new Error(
        `crossings: expected points of ${network.inputs} finite numbers, got [${numbers.slice(0, 6).join(', ')}${numbers.length > 6 ? ', …' : ''}] as point ${i}`,
      )
  })
}

import { signOf, wholesOf } from '../exact/wholes.ts'
import { exactRowOf } from './explorer.ts'
import type { GroupPlan } from './group-plan.ts'
import { type Path, ROUNDING } from './path.ts'

/** Which side of a wall a point on it counts to. */
export type Rule = 'states' | 'after'

/**
 * Sets the states of a path to those of a point, every sign certain. By the rule `states` a unit on its wall is in state 0 and the first
 * of equal candidates wins: the pattern of the point itself, whose cell may have no interior. By the rule `after` states are those of
 * x + (t, t², t³, …) for all small t > 0, which lies on no wall: a region whose closure contains x.
 *
 * @returns whether the point is on a wall, a unit whose form is 0 everywhere having none
 */
export function statesAt(path: Path, x: ArrayLike<number>, rule: Rule): boolean {
  const point = [...Array.from(x), 1]
  const exactPoint = wholesOf(point).whole
  let isOnWall = false
  let isTie = false
  /** The sign of a unit's form, or of what one candidate is above another; `isTie` is set where it is 0 at the point but not everywhere. */
  const sign = (group: GroupPlan, unit: number, state: number, candidate: number): number => {
    isTie = false
    const near = floatSign(path, group, unit, state, candidate, point)
    if (near !== 0) return near
    const form = exactRowOf(path, group, unit, state, candidate)
    let value = 0n
    for (let j = 0; j < form.length; j++) value += form[j] * exactPoint[j]
    if (value !== 0n) return signOf(value)
    const first = form.find((c, j) => c !== 0n && j < path.width - 1)
    if (first === undefined) return 0
    isTie = true
    return rule === 'after' ? signOf(first) : 0
  }
  for (const group of path.plan.groups) {
    path.enter(group)
    for (let u = 0; u < group.units; u++) {
      const { places, states } = group
      if (places === null) {
        path.states[group.firstUnit + u] = sign(group, u, 0, -1) > 0 ? 1 : 0
        isOnWall ||= isTie
        continue
      }
      let best = -1
      for (let m = 0; m < states; m++)
        if (places[u * states + m] >= 0 && (best < 0 || sign(group, u, m, best) > 0)) best = m
      path.states[group.firstUnit + u] = best
      // Losers may tie with each other.
      for (let m = 0; m < states && !isOnWall; m++)
        if (m !== best && places[u * states + m] >= 0) {
          sign(group, u, best, m)
          isOnWall = isTie
        }
    }
  }
  path.finish()
  return isOnWall
}

/** 0 where the value is below the bound of its error. */
function floatSign(
  { width, forms, sizes, roundings }: Path,
  group: GroupPlan,
  unit: number,
  state: number,
  candidate: number,
  point: readonly number[],
): number {
  const [form, size] = [forms[group.from], sizes[group.from]]
  const place = group.places === null ? unit : group.places[unit * group.states + state]
  const other = group.places === null ? -1 : group.places[unit * group.states + candidate]
  let [value, bound] = [0, 0]
  for (let j = 0; j < width; j++) {
    let [h, s] = [form[place * width + j], size[place * width + j]]
    if (other >= 0) {
      h -= form[other * width + j]
      s += size[other * width + j]
    }
    value += h * point[j]
    bound += s * Math.abs(point[j])
  }
  bound *= 1.01 * (roundings[group.from] + width + 4) * ROUNDING
  return Math.abs(value) > bound ? Math.sign(value) : 0
}

import { LinearSolver } from '../linear-program/linear-solver.ts'

/** a · x + b ≥ 0. */
export interface Form {
  readonly a: readonly number[]
  readonly b: number
}

/** How far off the directions of two forms may be that are one wall, as a share of their length. */
const SAME_WALL = 1e-12

/** How many times as far as the farthest half-space walls are looked for: rounded half-spaces that are parallel meet somewhere. */
const REACH = 1e6

/** The room on a wall, as a share of the distance of the nearest one, that is none. */
const LEAST_ROOM = 1e-9

/** The largest ball where all forms are ≥ 0, of a radius up to `most`, with its centre where `also` is ≥ 0; around a point of it numbers are as large as the region. */
export function largestBall(
  forms: readonly Form[],
  around: readonly number[],
  most = Number.POSITIVE_INFINITY,
  also: Form | null = null,
): { readonly centre: number[] | null; readonly radius: number } {
  const inputs = around.length
  const solver = new LinearSolver(inputs + 1)
  const rows = new Float64Array((forms.length + 2) * (inputs + 2))
  for (const [i, { a, b }] of forms.entries()) {
    const at = i * (inputs + 2)
    rows.set(a, at)
    rows[at + inputs] = -Math.hypot(...a)
    rows[at + inputs + 1] = valueAt({ a, b }, around)
  }
  let count = forms.length
  if (also !== null) {
    rows.set(also.a, count * (inputs + 2))
    rows[count * (inputs + 2) + inputs + 1] = valueAt(also, around)
    count++
  }
  if (most < Number.POSITIVE_INFINITY) {
    rows[count * (inputs + 2) + inputs] = -1
    rows[count * (inputs + 2) + inputs + 1] = most
    count++
  }
  const objective = new Array<number>(inputs + 1).fill(0)
  objective[inputs] = -1
  const status = solver.solve(objective, rows, count)
  if (status !== 'optimal') return { centre: null, radius: Number.POSITIVE_INFINITY }
  return { centre: around.map((c, j) => c + solver.x[j]), radius: -solver.value }
}

/**
 * Which forms are facets of the polyhedron where all are ≥ 0, by linear programs: what a ray from a point of the interior meets first, alone, is one for
 * certain; of every other one it is asked how large a ball there is room for on it. Forms that are the same wall come together.
 *
 * @param inside a point where every form is > 0
 * @returns sets of places in `forms`, with a point of each facet
 */
export function facetsOf(
  forms: readonly Form[],
  inside: readonly number[],
): { readonly forms: number[]; readonly point: number[] }[] {
  const groups = sameWalls(forms)
  const own = groups.map(([first]) => forms[first])
  const points: (number[] | undefined)[] = []
  const distances = own.map((form) => valueAt(form, inside))
  // A ray along every normal: half of a region's walls are met by the one of their own.
  for (const { a } of own) {
    const { met, t } = firstMet(own, distances, a)
    if (met >= 0) points[met] = inside.map((c, j) => c - t * a[j])
  }
  const lengths = own.map(({ a }) => Math.hypot(...a))
  const away = distances.map((distance, k) => distance / lengths[k])
  const nearest = Math.min(...away)
  const reach = REACH * Math.max(...away)
  for (const i of own.keys()) {
    if (points[i] !== undefined) continue
    // The largest ball around a point of wall i, or behind it, that the others leave room for.
    const others = own.flatMap((form, k) => (k === i ? [] : [form]))
    const { centre, radius } = largestBall([...others, ...cubeAround(inside, reach)], inside, nearest, {
      a: own[i].a.map((c) => -c),
      b: -own[i].b,
    })
    if (centre === null || !(radius > LEAST_ROOM * nearest)) continue
    // Where the way from the interior to that point leaves.
    const t = distances[i] / (distances[i] - valueAt(own[i], centre))
    points[i] = inside.map((c, j) => c + t * (centre[j] - c))
  }
  return groups.flatMap((forms, i) => {
    const point = points[i]
    return point === undefined ? [] : [{ forms, point }]
  })
}

function cubeAround(centre: readonly number[], reach: number): Form[] {
  return centre.flatMap((c, axis) =>
    [1, -1].map((sign) => ({
      a: centre.map((_, j) => (j === axis ? sign : 0)),
      b: reach - sign * c,
    })),
  )
}

/** Whether the polyhedron where all forms are ≥ 0 has no direction that goes to infinity. */
export function isBoundedBy(forms: readonly Form[], inputs: number): boolean {
  const solver = new LinearSolver(inputs)
  const rows = Float64Array.from(forms.flatMap(({ a }) => [...a, 0]))
  // Along no axis either way does a cone of {0} alone go on.
  for (let j = 0; j < inputs; j++)
    for (const sign of [1, -1]) {
      const objective = Array.from({ length: inputs }, (_, k) => (k === j ? sign : 0))
      if (solver.solve(objective, rows) === 'unbounded') return false
    }
  return true
}

export function valueAt({ a, b }: Form, x: readonly number[]): number {
  let sum = b
  for (let j = 0; j < x.length; j++) sum += a[j] * x[j]
  return sum
}

/** What the ray from the point against `direction` meets first, and when; −1 where it is nothing or not one alone. */
function firstMet(
  forms: readonly Form[],
  distances: readonly number[],
  direction: readonly number[],
): { met: number; t: number } {
  let [first, least, second] = [-1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const [k, { a }] of forms.entries()) {
    const speed = a.reduce((sum, c, j) => sum + c * direction[j], 0)
    if (speed <= 0) continue
    const t = distances[k] / speed
    if (t < least) [first, least, second] = [k, t, least]
    else if (t < second) second = t
  }
  return { met: second > least * (1 + 1e-9) ? first : -1, t: least }
}

/** Forms by their walls: those that are multiples of each other together. */
function sameWalls(forms: readonly Form[]): number[][] {
  const unit = forms.map(({ a, b }) => {
    const length = Math.hypot(...a)
    return { a: a.map((c) => c / length), b: b / length }
  })
  const groups: number[][] = []
  for (const [i, form] of unit.entries()) {
    // A form without a slope is no wall.
    if (!Number.isFinite(form.a[0])) continue
    const group = groups.find(([first]) => {
      const other = unit[first]
      const isNear = (x: number, y: number) => Math.abs(x - y) <= SAME_WALL * Math.max(1, Math.abs(x))
      return isNear(form.b, other.b) && form.a.every((c, j) => isNear(c, other.a[j]))
    })
    if (group === undefined) groups.push([i])
    else group.push(i)
  }
  return groups
}

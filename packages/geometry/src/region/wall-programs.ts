import { LinearSolver } from '../linear-program/linear-solver.ts'

/** a · x + b ≥ 0. */
export interface Form {
  readonly a: readonly number[]
  readonly b: number
}

/** How far off the directions of two forms may be that are one wall, as a share of their length. */
const SAME_WALL = 1e-12

/** The largest ball where all forms are ≥ 0, of a radius up to `most`; around a point of it numbers are as large as the region. */
export function largestBall(
  forms: readonly Form[],
  around: readonly number[],
  most = Number.POSITIVE_INFINITY,
): { readonly centre: number[] | null; readonly radius: number } {
  const inputs = around.length
  const solver = new LinearSolver(inputs + 1)
  const rows = new Float64Array((forms.length + 1) * (inputs + 2))
  for (const [i, { a, b }] of forms.entries()) {
    const at = i * (inputs + 2)
    rows.set(a, at)
    rows[at + inputs] = -Math.hypot(...a)
    rows[at + inputs + 1] = valueAt({ a, b }, around)
  }
  rows[rows.length - 2] = -1
  rows[rows.length - 1] = most
  const objective = new Array<number>(inputs + 1).fill(0)
  objective[inputs] = -1
  const status = solver.solve(objective, rows, forms.length + (most < Number.POSITIVE_INFINITY ? 1 : 0))
  if (status !== 'optimal') return { centre: null, radius: Number.POSITIVE_INFINITY }
  return { centre: around.map((c, j) => c + solver.x[j]), radius: -solver.value }
}

/**
 * Which forms are facets of the polyhedron where all are ≥ 0, by linear programs: what a ray from a point of the interior meets first, alone, is one for
 * certain; of every other one it is asked whether the rest allows it to be below 0. Forms that are the same wall come together.
 *
 * @param inside a point where every form is > 0
 * @returns sets of places in `forms`, with a point of each facet
 */
export function facetsOf(
  forms: readonly Form[],
  inside: readonly number[],
): { readonly forms: number[]; readonly point: number[] }[] {
  const inputs = inside.length
  const groups = sameWalls(forms)
  const own = groups.map(([first]) => forms[first])
  const points: (number[] | undefined)[] = []
  const distances = own.map((form) => valueAt(form, inside))
  // A ray along every normal: half of a region's walls are met by the one of their own.
  for (const { a } of own) {
    const { met, t } = firstMet(own, distances, a)
    if (met >= 0) points[met] = inside.map((c, j) => c - t * a[j])
  }
  const solver = new LinearSolver(inputs)
  for (const [i, form] of own.entries()) {
    if (points[i] !== undefined) continue
    // Below by its distance is enough to know.
    const rows = own.flatMap(({ a, b }, k) => {
      const shift = k === i ? distances[i] : 0
      return [...a, b + shift]
    })
    const status = solver.solve(form.a, Float64Array.from(rows))
    if (status !== 'optimal') continue
    const size = form.a.reduce((sum, c, j) => sum + Math.abs(c * solver.x[j]), Math.abs(form.b))
    const below = solver.value + form.b
    if (!(below < -SAME_WALL * size)) continue
    // Where the way from the interior to that point leaves.
    const t = distances[i] / (distances[i] - below)
    points[i] = inside.map((c, j) => c + t * (solver.x[j] - c))
  }
  return groups.flatMap((forms, i) => {
    const point = points[i]
    return point === undefined ? [] : [{ forms, point }]
  })
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

import { ExactProgram, lanesOf } from '../exact/exact-run.ts'
import { quotient, wholesOf } from '../exact/wholes.ts'
import { type ExactPoint, exactPoint, exactTurn } from '../plane/exact-points.ts'
import type { Plane } from '../plane/maps.ts'
import type { PlanePartitionParts } from '../plane/partition.ts'
import type { Level } from '../program/level.ts'
import type { Program } from '../program/program.ts'
import { structureOf } from './plane-structure.ts'

/** a s + b t + c, times some positive number. */
type Form = readonly [a: bigint, b: bigint, c: bigint]

interface Face {
  readonly points: readonly ExactPoint[]
  readonly states: readonly number[]
}

/**
 * The partition of a window of a plane, slowly and without rounding: polygons are cut by one unit after another, and only at the end one
 * looks which of them share edges. An oracle for what is fast.
 */
export function exactPartition(
  program: Program,
  plane: Plane,
  [low, high]: readonly [number, number],
  level: Level | null = null,
): PlanePartitionParts {
  const exact = new ExactProgram(program)
  const basis = lanesOf([plane.u, plane.v, plane.origin])
  const formsOf = (face: Face, slot: number): Form[] => {
    const [a, b, c] = exact.on(face.states, basis).slot(slot).lanes
    return a.map((x, i) => [x, b[i], c[i]])
  }
  const window = [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ]
  let faces: Face[] = [{ points: window.map(([s, t]) => exactPoint(s, t)), states: [] }]
  for (const step of program.steps) {
    if (step.kind !== 'sign' && step.kind !== 'largest') continue
    faces = faces.flatMap((face) => {
      const forms = formsOf(face, step.from)
      let pieces = [face]
      for (let unit = 0; unit < program.groups[step.group].units; unit++) {
        const rivals =
          step.kind === 'sign'
            ? [[forms[unit]], [negative(forms[unit])]]
            : rivalries(forms, step.places.subarray(unit * step.states, (unit + 1) * step.states))
        pieces = pieces.flatMap((piece) => cut(piece, rivals, step.kind === 'sign' ? [1, 0] : null))
      }
      return pieces
    })
  }
  if (level !== null) {
    const { whole, exponent } = wholesOf([level.value ?? 0])
    faces = faces.flatMap((face) => {
      const { lanes, exponent: of } = exact.on(face.states, basis).slot(program.output)
      const least = Math.min(of, exponent)
      const [a, b, c] = lanes.map((lane) => lane[level.output] << BigInt(of - least))
      const form: Form = [a, b, c - (whole[0] << BigInt(exponent - least))]
      return cut(face, [[form], [negative(form)]], [1, 0])
    })
  }
  const groups = level === null ? program.groups : [...program.groups, { units: 1, states: 2 }]
  const { structure, points } = structureOf(faces, groups, quotientOf, between, (p) => p.join())
  return {
    structure,
    program,
    plane,
    complete: true,
    verified: 'exact',
    level,
    exactVertex: (vertex) => points[vertex],
  }
}

/** The pieces of a face where all forms of a list are ≥ 0, a state for each list; the last one has what is 0 everywhere. */
function cut(
  face: Face,
  rivals: readonly (readonly Form[] | null)[],
  names: readonly number[] | null,
): Face[] {
  const pieces: Face[] = []
  rivals.forEach((forms, state) => {
    if (forms === null) return
    let points = face.points
    for (const form of forms) {
      if (points.every((p) => at(form, p) === 0n)) {
        if (names !== null && state === 0) return
      } else points = clipped(points, form)
      if (points.length < 3) return
    }
    pieces.push({ points, states: [...face.states, names?.[state] ?? state] })
  })
  return pieces
}

/** For each candidate by what it leads over the others; null for one that is no place, or the same as an earlier one. */
function rivalries(forms: readonly Form[], places: Int32Array): (Form[] | null)[] {
  const isFirst = (place: number, k: number) =>
    place >= 0 && !places.subarray(0, k).some((other) => other >= 0 && isSame(forms[other], forms[place]))
  const candidates = [...places].map((place, k) => (isFirst(place, k) ? forms[place] : null))
  return candidates.map(
    (form) =>
      form &&
      candidates.flatMap((other) =>
        other === null || other === form
          ? []
          : [[form[0] - other[0], form[1] - other[1], form[2] - other[2]]],
      ),
  ) as (Form[] | null)[]
}

/** What of a convex polygon lies where a form is ≥ 0; nothing where that has no area. */
function clipped(points: readonly ExactPoint[], form: Form): ExactPoint[] {
  const values = points.map((p) => at(form, p))
  if (!values.some((x) => x > 0n)) return []
  return points.flatMap((p, i) => {
    const j = (i + 1) % points.length
    const here = values[i] >= 0n ? [p] : []
    if (values[i] * values[j] >= 0n) return here
    const [x, y] = [abs(values[j]), abs(values[i])]
    const q = points[j]
    return [...here, reduced([p[0] * x + q[0] * y, p[1] * x + q[1] * y, p[2] * x + q[2] * y])]
  })
}

const at = ([a, b, c]: Form, [S, T, W]: ExactPoint): bigint => a * S + b * T + c * W

const isSame = (a: Form, b: Form): boolean => a.every((x, i) => x === b[i])

const negative = ([a, b, c]: Form): Form => [-a, -b, -c]

const abs = (x: bigint): bigint => (x < 0n ? -x : x)

function reduced([S, T, W]: ExactPoint): ExactPoint {
  let [a, b] = [abs(S), abs(T)]
  const divide = () => {
    while (b !== 0n) [a, b] = [b, a % b]
  }
  divide()
  b = W
  divide()
  return [S / a, T / a, W / a]
}

const quotientOf = ([S, T, W]: ExactPoint): [number, number] => [quotient(S, W), quotient(T, W)]

/** Whether p lies on the line through a and b, strictly between them. */
function between(p: ExactPoint, a: ExactPoint, b: ExactPoint): boolean {
  if (exactTurn(a, p, b) !== 0) return false
  const side = (x: ExactPoint, y: ExactPoint): [bigint, bigint] => [
    x[0] * y[2] - y[0] * x[2],
    x[1] * y[2] - y[1] * x[2],
  ]
  const [pa, pb] = [side(p, a), side(p, b)]
  return pa[0] * pb[0] + pa[1] * pb[1] < 0n
}

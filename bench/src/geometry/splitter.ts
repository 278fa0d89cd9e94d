import type { Network } from '@facet/models'
import type {
  AffineStep,
  LargestStep,
  Program,
  SignStep,
  Step,
} from '../../../packages/geometry/src/program/program.ts'
import { programOf } from '../../../packages/geometry/src/program/program-of.ts'

/** A plane of inputs, x = origin + s u + t v, and a square of it. */
export interface Square {
  readonly plane: {
    readonly origin: readonly number[]
    readonly u: readonly number[]
    readonly v: readonly number[]
  }
  readonly window: readonly [number, number]
}

/** A convex polygon, with what made each edge: the edge from corner i to the next. */
interface Polygon {
  readonly s: readonly number[]
  readonly t: readonly number[]
  /** Unit × {@link MOST_STATES} + its state on the other side; -1 on the window's edge. */
  readonly walls: readonly number[]
}

export interface SplitRegion extends Polygon {
  /** The states of all units. */
  readonly code: Uint8Array
}

/** Forms a s + b t + c of the numbers of a slot: three numbers each. */
type Forms = Float64Array

const MOST_STATES = 256

/**
 * The plain way to partition a plane, to compare with: every region carries affine maps of its own and a polygon of its own, which the units of
 * the next layer clip one after another; nothing is shared. float64; signs are what floats say, without bounds. Takes layers of every kind.
 */
export function splitPlane(network: Network, { plane, window: [lo, hi] }: Square): SplitRegion[] {
  const program = programOf(network)
  const input = new Float64Array(3 * program.inputs)
  for (let i = 0; i < program.inputs; i++) input.set([plane.u[i], plane.v[i], plane.origin[i]], 3 * i)
  const first = [0]
  for (const { units } of program.groups) first.push(first.at(-1)! + units)
  const regions: SplitRegion[] = []
  const code = new Uint8Array(first.at(-1)!)
  const last = program.steps.findLastIndex(isChoice)
  const descend = (step: number, slots: readonly Forms[], polygon: Polygon): void => {
    const own = slots.slice()
    for (let at = step; at <= last; at++) {
      const made = program.steps[at]
      if (!isChoice(made)) {
        own[made.to] = formsOf(made, own, program)
        continue
      }
      const from = own[made.from]
      const cut = made.kind === 'sign' ? signPieces : largestPieces
      for (const { polygon: piece, states } of cut(made as never, from, polygon, first[made.group])) {
        code.set(states, first[made.group])
        if (at === last) regions.push({ ...piece, code: code.slice() })
        else {
          own[made.to] = chosen(made, from, states)
          descend(at + 1, own, piece)
        }
      }
      return
    }
    regions.push({ ...polygon, code: code.slice() })
  }
  const walls = [-1, -1, -1, -1]
  descend(0, [input], { s: [lo, hi, hi, lo], t: [lo, lo, hi, hi], walls })
  return regions
}

/** Pairs of regions with a common edge, found by the code on its other side; walls of two units on one line would need more. */
export function neighboursOf(regions: readonly SplitRegion[]): number {
  const named = new Map<string, number>()
  const name = (code: Uint8Array) => Buffer.from(code.buffer, code.byteOffset, code.length).toString('latin1')
  for (const [i, { code }] of regions.entries()) named.set(name(code), i)
  const neighbours = regions.map(({ code, walls }) => {
    const beyond = code.slice()
    return Int32Array.from(walls, (wall) => {
      if (wall < 0) return -1
      const unit = Math.floor(wall / MOST_STATES)
      beyond[unit] = wall % MOST_STATES
      const found = named.get(name(beyond)) ?? -1
      beyond[unit] = code[unit]
      return found
    })
  })
  return neighbours.reduce((sum, own) => sum + own.reduce((count, i) => count + (i < 0 ? 0 : 1), 0), 0) / 2
}

const isChoice = (step: Step): step is SignStep | LargestStep =>
  step.kind === 'sign' || step.kind === 'largest'

function formsOf(
  step: Exclude<Step, SignStep | LargestStep>,
  slots: readonly Forms[],
  program: Program,
): Forms {
  const to = new Float64Array(3 * program.sizes[step.to])
  if (step.kind === 'sum') for (let i = 0; i < to.length; i++) to[i] = slots[step.a][i] + slots[step.b][i]
  else affine(step, slots[step.from], to)
  return to
}

function affine({ matrix, bias }: AffineStep, from: Forms, to: Forms): void {
  if (matrix === null) to.set(from)
  else {
    const { start, column, value, rows } = matrix
    for (let i = 0; i < rows; i++) {
      let [a, b, c] = [0, 0, 0]
      for (let k = start[i]; k < start[i + 1]; k++) {
        const [w, j] = [value[k], 3 * column[k]]
        a += w * from[j]
        b += w * from[j + 1]
        c += w * from[j + 2]
      }
      to[3 * i] = a
      to[3 * i + 1] = b
      to[3 * i + 2] = c
    }
  }
  if (bias !== null) for (let i = 0; i < bias.length; i++) to[3 * i + 2] += bias[i]
}

function chosen(step: SignStep | LargestStep, from: Forms, states: Uint8Array): Forms {
  const to = new Float64Array(3 * states.length)
  for (let i = 0; i < states.length; i++) {
    const isSign = step.kind === 'sign'
    const place = isSign ? i : step.places[i * step.states + states[i]]
    const slope = isSign && states[i] === 0 ? step.slope : 1
    for (let lane = 0; lane < 3; lane++) to[3 * i + lane] = slope === 0 ? 0 : slope * from[3 * place + lane]
  }
  return to
}

interface Piece {
  readonly polygon: Polygon
  readonly states: Uint8Array
}

function signPieces(_: SignStep, forms: Forms, polygon: Polygon, first: number): Piece[] {
  const units = forms.length / 3
  let pieces: Piece[] = [{ polygon, states: new Uint8Array(units) }]
  for (let i = 0; i < units; i++) {
    const [a, b, c] = [forms[3 * i], forms[3 * i + 1], forms[3 * i + 2]]
    // Most units do not reach the region: one look at its corners says so for all of its pieces.
    const whole = sideOf(polygon, a, b, c)
    if (whole <= 0) {
      if (whole < 0) continue
    } else {
      for (const { states } of pieces) states[i] = 1
      continue
    }
    const next: Piece[] = []
    for (const piece of pieces) {
      const side = sideOf(piece.polygon, a, b, c)
      if (side !== 0) {
        piece.states[i] = side > 0 ? 1 : 0
        next.push(piece)
        continue
      }
      const states = piece.states.slice()
      states[i] = 1
      const wall = MOST_STATES * (first + i)
      next.push({ polygon: clipped(piece.polygon, a, b, c, wall), states })
      next.push({ polygon: clipped(piece.polygon, -a, -b, -c, wall + 1), states: piece.states })
    }
    pieces = next
  }
  return pieces
}

function largestPieces(
  { places, states: count }: LargestStep,
  forms: Forms,
  polygon: Polygon,
  first: number,
): Piece[] {
  const units = places.length / count
  let pieces: Piece[] = [{ polygon, states: new Uint8Array(units) }]
  for (let i = 0; i < units; i++) {
    const own = places.subarray(i * count, (i + 1) * count)
    const next: Piece[] = []
    for (const piece of pieces)
      for (let c = 0; c < count; c++) {
        if (own[c] < 0) continue
        let part: Polygon | null = piece.polygon
        for (let d = 0; d < count && part !== null; d++) {
          if (d === c || own[d] < 0) continue
          const [p, q] = [3 * own[c], 3 * own[d]]
          const [x, y, z] = [forms[p] - forms[q], forms[p + 1] - forms[q + 1], forms[p + 2] - forms[q + 2]]
          const side = sideOf(part, x, y, z)
          // Equal candidates: the first.
          if (x === 0 && y === 0 && z === 0) part = d < c ? null : part
          else if (side < 0) part = null
          else if (side === 0) part = clipped(part, x, y, z, MOST_STATES * (first + i) + d)
        }
        if (part === null) continue
        const states = piece.states.slice()
        states[i] = c
        next.push({ polygon: part, states })
      }
    pieces = next
  }
  return pieces
}

/** 1 where a form is above 0 inside of a polygon, -1 where it is not, 0 where it changes. */
function sideOf({ s, t }: Polygon, a: number, b: number, c: number): number {
  let [isUp, isDown] = [false, false]
  for (let i = 0; i < s.length; i++) {
    const value = a * s[i] + b * t[i] + c
    if (value > 0) isUp = true
    else if (value < 0) isDown = true
    if (isUp && isDown) return 0
  }
  return isUp ? 1 : -1
}

/** The part of a polygon where a form is at least 0. */
function clipped({ s, t, walls }: Polygon, a: number, b: number, c: number, wall: number): Polygon {
  const cut = { s: [] as number[], t: [] as number[], walls: [] as number[] }
  const put = (x: number, y: number, w: number) => {
    cut.s.push(x)
    cut.t.push(y)
    cut.walls.push(w)
  }
  const n = s.length
  let before = a * s[0] + b * t[0] + c
  for (let i = 0; i < n; i++) {
    const j = i + 1 === n ? 0 : i + 1
    const after = a * s[j] + b * t[j] + c
    if (before >= 0) put(s[i], t[i], before === 0 && after < 0 ? wall : walls[i])
    if (before * after < 0) {
      const share = before / (before - after)
      put(s[i] + share * (s[j] - s[i]), t[i] + share * (t[j] - t[i]), before > 0 ? wall : walls[i])
    }
    before = after
  }
  return cut
}

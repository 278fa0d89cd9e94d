import { addRow, numbersOf, poolOf, value, valueIn } from './rows'
import { commonMask, maskFromNumbers, radius, setHave, settled, signsOf } from './signs'
import * as state from './state'
import {
  H, Level, V, capH, capV, edge, f8, field, growEdges, growVertices, i4, put8, refine, rough, lastLevel, vertex,
  VertexAt, EdgeAt,
} from './state'

/** The least that a number is taken for whose sign was settled and whose value says otherwise. */
const LEAST: f64 = 4.450147717014403e-308

/** Rounding of the bounds themselves. */
const SLACK: f64 = 1.001

/** Rounding errors of as many generations are within the bounds. */
const MOST_GENERATIONS = 64

/** How steep the cutter is that a face is cut by, at least and at most. */
export let steepness: f64 = 0
export let steepest: f64 = 0

/**
 * How steep a cutter is on a face, from its numbers at three corners: half-edge h1 from a to b, and c on the other side.
 * @param off what the numbers may be off by @param lipschitz what it is at most
 */
export function findSlope(a: i32, b: i32, c: i32, ra: f64, rb: f64, rc: f64, off: f64, lipschitz: f64): void {
  const d1 = load<f64>(vertex(b), VertexAt.S) - load<f64>(vertex(a), VertexAt.S)
  const e1 = load<f64>(vertex(b), VertexAt.T) - load<f64>(vertex(a), VertexAt.T)
  const d2 = load<f64>(vertex(c), VertexAt.S) - load<f64>(vertex(a), VertexAt.S)
  const e2 = load<f64>(vertex(c), VertexAt.T) - load<f64>(vertex(a), VertexAt.T)
  const length1 = Math.sqrt(d1 * d1 + e1 * e1)
  const length2 = Math.sqrt(d2 * d2 + e2 * e2)
  const z1 = rb - ra
  const z2 = rc - ra
  const det = Math.abs(d1 * e2 - e1 * d2)
  const g = z1 * e2 - z2 * e1
  const h = z2 * d1 - z1 * d2
  const size = Math.sqrt(g * g + h * h) / det
  // Numbers are off by as much, and coordinates by their last digits.
  const error = (3 * off * (length1 + length2)) / det + 1e-12 * size
  const alongEdge = max((Math.abs(z1) - 2 * off) / length1, (Math.abs(z2) - 2 * off) / length2)
  steepness = max(0, max(alongEdge, size - error))
  steepest = size + error < lipschitz ? size + error : lipschitz
  steepness = min(steepness, steepest)
}

/**
 * Splits the half-edge h of face f, from a to b, where a cutter is 0, and its twin.
 * @param ra @param rb the cutter at a and b, of opposite signs
 * @param error of the cutter @param lipschitz
 * @returns the new vertex; the new half-edge is the one after h.
 */
export function splitEdge(k: i32, f: i32, h: i32, a: i32, b: i32, cutter: i32, ra: f64, rb: f64, isUpA: bool, error: f64, lipschitz: f64): i32 {
  if (V == capV) growVertices()
  if (H + 2 > capH) growEdges()
  const v = V
  state.V = V + 1
  const pa = max(isUpA ? ra : -ra, LEAST)
  const pb = max(isUpA ? -rb : rb, LEAST)
  const difference = pa + pb
  const t = pa / difference
  const s = 1 - t
  const kappa = max(load<f64>(vertex(a), VertexAt.KAPPA), load<f64>(vertex(b), VertexAt.KAPPA))
  const off = error + lipschitz * kappa
  const dx = load<f64>(vertex(a), VertexAt.S) - load<f64>(vertex(b), VertexAt.S)
  const dy = load<f64>(vertex(a), VertexAt.T) - load<f64>(vertex(b), VertexAt.T)
  const length = Math.sqrt(dx * dx + dy * dy)
  const eta = load<f64>(edge(h), EdgeAt.ETA)
  const slack = difference - 2 * off
  const most = length + max(load<f64>(vertex(a), VertexAt.RHO), load<f64>(vertex(b), VertexAt.RHO))
  let rho = most
  if (slack > 0) rho = min(most, SLACK * (eta + (off + steepest * eta) * (length / slack)))
  const generation = 1 + max(load<i32>(vertex(a), VertexAt.AT) == k ? load<i32>(vertex(a), VertexAt.GENERATION) : 0, load<i32>(vertex(b), VertexAt.AT) == k ? load<i32>(vertex(b), VertexAt.GENERATION) : 0)
  store<i32>(vertex(v), generation, VertexAt.GENERATION)
  if (generation > MOST_GENERATIONS) rho = most
  store<i32>(vertex(v), a, VertexAt.EA)
  store<i32>(vertex(v), b, VertexAt.EB)
  store<f64>(vertex(v), t, VertexAt.TAU)
  store<f64>(vertex(v), rho, VertexAt.RHO)
  store<f64>(vertex(v), kappa, VertexAt.KAPPA)
  store<f64>(vertex(v), s * load<f64>(vertex(a), VertexAt.S) + t * load<f64>(vertex(b), VertexAt.S), VertexAt.S)
  store<f64>(vertex(v), s * load<f64>(vertex(a), VertexAt.T) + t * load<f64>(vertex(b), VertexAt.T), VertexAt.T)
  store<i32>(vertex(v), load<i32>(edge(h), EdgeAt.WALL), VertexAt.ON)
  store<i32>(vertex(v), cutter, VertexAt.BY)
  store<i32>(vertex(v), f, VertexAt.IN)
  store<i32>(vertex(v), k, VertexAt.AT)
  addRow(k, v)

  const out = H
  const back = H + 1
  state.H = H + 2
  const twin = load<i32>(edge(h), EdgeAt.TWIN)
  store<i32>(edge(out), v, EdgeAt.ORIGIN)
  store<i32>(edge(out), load<i32>(edge(h), EdgeAt.NEXT), EdgeAt.NEXT)
  store<i32>(edge(h), out, EdgeAt.NEXT)
  store<i32>(edge(out), load<i32>(edge(h), EdgeAt.WALL), EdgeAt.WALL)
  store<f64>(edge(out), eta, EdgeAt.ETA)
  store<i32>(edge(out), load<i32>(edge(h), EdgeAt.FACE), EdgeAt.FACE)
  store<i32>(edge(back), v, EdgeAt.ORIGIN)
  store<i32>(edge(back), load<i32>(edge(twin), EdgeAt.NEXT), EdgeAt.NEXT)
  store<i32>(edge(twin), back, EdgeAt.NEXT)
  store<i32>(edge(back), load<i32>(edge(twin), EdgeAt.WALL), EdgeAt.WALL)
  store<f64>(edge(back), eta, EdgeAt.ETA)
  store<i32>(edge(back), load<i32>(edge(twin), EdgeAt.FACE), EdgeAt.FACE)
  store<i32>(edge(h), back, EdgeAt.TWIN)
  store<i32>(edge(back), h, EdgeAt.TWIN)
  store<i32>(edge(out), twin, EdgeAt.TWIN)
  store<i32>(edge(twin), out, EdgeAt.TWIN)
  if (rho > rough && k < lastLevel) refine(v)
  return v
}

/** The signs of a vertex that unit u of a level has made between a and b. */
export function newSigns(k: i32, v: i32, a: i32, b: i32, u: i32): void {
  const negative = (<usize>field(k, Level.WORDS)) << 2
  const t = load<f64>(vertex(v), VertexAt.TAU)
  const s = 1 - t
  const r = radius(v)
  const error = <usize>field(k, Level.ERROR)
  const lipschitz = <usize>field(k, Level.LIPSCHITZ)
  const sa = signsOf(k, a)
  const sb = signsOf(k, b)
  const sv = signsOf(k, v)
  const known = <usize>field(k, Level.KNOWN)
  const knownWords = field(k, Level.KNOWN_WORDS)
  const rows = <usize>field(k, Level.ROW_OF)
  const pool = poolOf(k)
  const bytes = <usize>field(k, Level.ROW_BYTES)
  const z = numbersOf(k, v)
  const ownKnown = known + ((<usize>(v * knownWords)) << 2)
  put8(z, u, 0)
  for (let w: usize = 0; w < negative; w += 8) {
    const any = load<i64>(sa + w) | load<i64>(sb + w)
    const anyNeg = load<i64>(sa + negative + w) | load<i64>(sb + negative + w)
    let pos = any & ~anyNeg
    let neg = anyNeg & ~any
    let open: i64 = 0
    let differ = any & anyNeg
    store<i64>(ownKnown + w, differ)
    if (<i32>w >> 3 == u >> 6) differ &= ~(<i64>1 << (u & 63))
    while (differ != 0) {
      const bit = ctz(differ)
      const mask = <i64>1 << bit
      differ ^= mask
      const j = (<i32>w << 3) + <i32>bit
      const x =
        s * valueIn(known, knownWords, rows, pool, bytes, a, j) + t * valueIn(known, knownWords, rows, pool, bytes, b, j)
      put8(z, j, x)
      const bound = f8(error, j) + f8(lipschitz, j) * r
      if (x > bound) pos |= mask
      else if (x < -bound) neg |= mask
      else open |= mask
    }
    store<i64>(sv + w, pos)
    store<i64>(sv + negative + w, neg)
    while (open != 0) {
      settled(k, v, (<i32>w << 3) + <i32>ctz(open))
      open &= open - 1
    }
  }
  setHave(k, v)
}

/** The masks of a vertex that a pair of candidates has made between a and b. */
export function newMasks(k: i32, v: i32, a: i32, b: i32): void {
  const maskWords = field(k, Level.MASK_WORDS)
  const states = field(k, Level.STATES)
  const units = field(k, Level.UNITS)
  const knownWords = field(k, Level.KNOWN_WORDS)
  memory.fill(<usize>field(k, Level.KNOWN) + ((<usize>(v * knownWords)) << 2), 0, (<usize>knownWords) << 2)
  setHave(k, v)
  for (let u = 0; u < units; u++) {
    if (commonMask(k, v, a, b, u, maskWords)) continue
    for (let c = 0; c < states; c++) {
      const j = i4(<usize>field(k, Level.PLACES), u * states + c)
      if (j >= 0) value(k, v, j)
    }
    if (!maskFromNumbers(k, v, u, numbersOf(k, v))) settled(k, v, u)
  }
}

import { addRow, numbersOf, value } from './rows'
import { maskFromNumbers, radius, setHave, signsOf } from './signs'
import * as state from './state'
import { AT, BY, capH, capV, EA, EB, ETA, f8, FACE, field, GENERATION, growEdges, growVertices, H, i4, IN, KAPPA, L, NEXT, ON, ORIGIN, put4, put8, RHO, S, settle, T, TAU, TWIN, V, WALL } from './state'

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
  const d1 = f8(S, b) - f8(S, a)
  const e1 = f8(T, b) - f8(T, a)
  const d2 = f8(S, c) - f8(S, a)
  const e2 = f8(T, c) - f8(T, a)
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
  const kappa = max(f8(KAPPA, a), f8(KAPPA, b))
  const off = error + lipschitz * kappa
  const dx = f8(S, a) - f8(S, b)
  const dy = f8(T, a) - f8(T, b)
  const length = Math.sqrt(dx * dx + dy * dy)
  const eta = f8(ETA, h)
  const slack = difference - 2 * off
  const most = length + max(f8(RHO, a), f8(RHO, b))
  let rho = most
  if (slack > 0) rho = min(most, SLACK * (eta + (off + steepest * eta) * (length / slack)))
  const generation = 1 + max(i4(AT, a) == k ? i4(GENERATION, a) : 0, i4(AT, b) == k ? i4(GENERATION, b) : 0)
  put4(GENERATION, v, generation)
  if (generation > MOST_GENERATIONS) rho = most
  put4(EA, v, a)
  put4(EB, v, b)
  put8(TAU, v, t)
  put8(RHO, v, rho)
  put8(KAPPA, v, kappa)
  put8(S, v, s * f8(S, a) + t * f8(S, b))
  put8(T, v, s * f8(T, a) + t * f8(T, b))
  put4(ON, v, i4(WALL, h))
  put4(BY, v, cutter)
  put4(IN, v, f)
  put4(AT, v, k)
  addRow(k, v)
  const words = field(k, L.KNOWN_WORDS)
  memory.fill(<usize>field(k, L.KNOWN) + ((<usize>(v * words)) << 2), 0, (<usize>words) << 2)

  const out = H
  const back = H + 1
  state.H = H + 2
  const twin = i4(TWIN, h)
  put4(ORIGIN, out, v)
  put4(NEXT, out, i4(NEXT, h))
  put4(NEXT, h, out)
  put4(WALL, out, i4(WALL, h))
  put8(ETA, out, eta)
  put4(FACE, out, i4(FACE, h))
  put4(ORIGIN, back, v)
  put4(NEXT, back, i4(NEXT, twin))
  put4(NEXT, twin, back)
  put4(WALL, back, i4(WALL, twin))
  put8(ETA, back, eta)
  put4(FACE, back, i4(FACE, twin))
  put4(TWIN, h, back)
  put4(TWIN, back, h)
  put4(TWIN, out, twin)
  put4(TWIN, twin, out)
  return v
}

/** The signs of a vertex that unit u of a level has made between a and b. */
export function newSigns(k: i32, v: i32, a: i32, b: i32, u: i32): void {
  const words = field(k, L.WORDS)
  const t = f8(TAU, v)
  const s = 1 - t
  const r = radius(v)
  const error = <usize>field(k, L.ERROR)
  const lipschitz = <usize>field(k, L.LIPSCHITZ)
  const sa = signsOf(k, a)
  const sb = signsOf(k, b)
  const sv = signsOf(k, v)
  const knownWords = field(k, L.KNOWN_WORDS)
  const known = <usize>field(k, L.KNOWN) + ((<usize>(v * knownWords)) << 2)
  let undecided = false
  for (let w = 0; w < words; w++) {
    const any = i4(sa, w) | i4(sb, w)
    const anyNeg = i4(sa, words + w) | i4(sb, words + w)
    let pos = any & ~anyNeg
    let neg = anyNeg & ~any
    let differ = any & anyNeg
    put4(known, w, differ)
    if (w == u >> 5) {
      differ ^= 1 << (u & 31)
      put8(numbersOf(k, v), u, 0)
    }
    while (differ != 0) {
      const bit = ctz(differ)
      const mask = 1 << bit
      differ ^= mask
      const j = (w << 5) + bit
      const x = s * value(k, a, j) + t * value(k, b, j)
      put8(numbersOf(k, v), j, x)
      const bound = f8(error, j) + f8(lipschitz, j) * r
      if (x > bound) pos |= mask
      else if (x < -bound) neg |= mask
      else undecided = true
    }
    put4(sv, w, pos)
    put4(sv, words + w, neg)
  }
  setHave(k, v)
  if (undecided) {
    settle(k, v)
    put8(KAPPA, v, max(f8(KAPPA, v), 2 * f8(RHO, v)))
  }
}

/** The masks of a vertex that a pair of candidates has made between a and b. */
export function newMasks(k: i32, v: i32, a: i32, b: i32): void {
  const words = field(k, L.WORDS)
  const maskWords = field(k, L.MASK_WORDS)
  const states = field(k, L.STATES)
  const units = field(k, L.UNITS)
  setHave(k, v)
  for (let u = 0; u < units; u++) {
    let any = 0
    for (let w = u * maskWords; w < (u + 1) * maskWords; w++) {
      const both = i4(signsOf(k, a), w) & i4(signsOf(k, b), w)
      put4(signsOf(k, v), w, both)
      any |= both
    }
    if (any != 0) continue
    for (let c = 0; c < states; c++) {
      const j = i4(<usize>field(k, L.PLACES), u * states + c)
      if (j >= 0) value(k, v, j)
    }
    if (!maskFromNumbers(k, v, u, numbersOf(k, v))) {
      settle(k, v)
      put8(KAPPA, v, max(f8(KAPPA, v), 2 * f8(RHO, v)))
      return
    }
  }
}

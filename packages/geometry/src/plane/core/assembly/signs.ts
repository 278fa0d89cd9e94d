import { Kind, Level, edge, f8, field, i4, put4, settle, vertex, VertexAt } from './state'
import { ensure, numbersOf } from './rows'

/** Decides in rational arithmetic. What goes by these numbers later is off by as much as they could not tell. */
export function settled(k: i32, v: i32, unit: i32): void {
  settle(k, v, unit)
  const kappa = max(load<f64>(vertex(v), VertexAt.KAPPA), 2 * load<f64>(vertex(v), VertexAt.RHO))
  store<f64>(vertex(v), kappa, VertexAt.KAPPA)
}

/** How far from the place that its numbers belong to a vertex may be. */
// @ts-ignore
@inline export function radius(v: i32): f64 {
  return load<f64>(vertex(v), VertexAt.RHO) + load<f64>(vertex(v), VertexAt.KAPPA)
}

/** Where the signs, or masks, of a vertex stand at a level. */
// @ts-ignore
@inline export function signsOf(k: i32, v: i32): usize {
  return <usize>field(k, Level.SIGN) + <usize>v * <usize>field(k, Level.SIGN_BYTES)
}

/** Whether the signs of a vertex are known at a level. */
// @ts-ignore
@inline export function have(k: i32, v: i32): bool {
  return load<u8>(<usize>field(k, Level.HAVE) + v) != 0
}

// @ts-ignore
@inline export function setHave(k: i32, v: i32): void {
  store<u8>(<usize>field(k, Level.HAVE) + v, 1)
}

/** Sees to the signs of a vertex, whose row there is. */
export function decide(k: i32, v: i32): void {
  if (have(k, v)) return
  if (load<i32>(vertex(v), VertexAt.AT) >= k) {
    // On an edge behind all walls of this level no sign changes.
    const a = load<i32>(vertex(v), VertexAt.EA)
    const b = load<i32>(vertex(v), VertexAt.EB)
    ensure(k, a)
    ensure(k, b)
    decide(k, a)
    decide(k, b)
    if (field(k, Level.KIND) == Kind.sign) commonSigns(k, v, a, b)
    else commonMasks(k, v, a, b)
  } else if (field(k, Level.KIND) == Kind.sign) fromNumbers(k, v)
  else masksFromNumbers(k, v)
  setHave(k, v)
}

function commonSigns(k: i32, v: i32, a: i32, b: i32): void {
  const words = field(k, Level.WORDS)
  const sa = signsOf(k, a)
  const sb = signsOf(k, b)
  const sv = signsOf(k, v)
  for (let w = 0; w < words; w++) {
    const any = i4(sa, w) | i4(sb, w)
    const anyNeg = i4(sa, words + w) | i4(sb, words + w)
    put4(sv, w, any & ~anyNeg)
    put4(sv, words + w, anyNeg & ~any)
    let differ = any & anyNeg
    while (differ != 0) {
      settled(k, v, (w << 5) + ctz(differ))
      differ &= differ - 1
    }
  }
}

function fromNumbers(k: i32, v: i32): void {
  const words = field(k, Level.WORDS)
  const n = field(k, Level.N)
  const z = numbersOf(k, v)
  const error = <usize>field(k, Level.ERROR)
  const lipschitz = <usize>field(k, Level.LIPSCHITZ)
  const live = <usize>field(k, Level.LIVE)
  const out = signsOf(k, v)
  const r = f64x2.splat(radius(v))
  for (let w = 0; w < words; w++) {
    let pos = 0
    let neg = 0
    const from = (<usize>w) << 8
    const end = min(32, n - (w << 5))
    for (let i = 0; i < end; i += 2) {
      const at = from + ((<usize>i) << 3)
      const x = v128.load(z + at)
      const bound = f64x2.add(v128.load(error + at), f64x2.mul(v128.load(lipschitz + at), r))
      pos |= i64x2.bitmask(f64x2.gt(x, bound)) << i
      neg |= i64x2.bitmask(f64x2.lt(x, f64x2.neg(bound))) << i
    }
    put4(out, w, pos)
    put4(out, words + w, neg)
    let open = i4(live, w) & ~(pos | neg)
    while (open != 0) {
      const j = (w << 5) + ctz(open)
      open &= open - 1
      if (!isZeroForSure(k, v, j)) settled(k, v, j)
    }
  }
}

/** Whether number j is a sum of zeros: it has no bias, and no unit of the level before that leads to it is above 0. */
function isZeroForSure(k: i32, v: i32, j: i32): bool {
  const start = <usize>field(k, Level.ROW_START)
  if (start == 0) return false
  const from = i4(start, j)
  // A row that is not looked at is marked so: it has a bias.
  if (from < 0) return false
  const end = i4(start, j + 1) & 0x7fffffff
  const column = <usize>field(k, Level.ROW_COLUMN)
  const up = signsOf(k - 1, v)
  for (let q = from; q < end; q++) {
    const i = i4(column, q)
    if ((i4(up, i >> 5) >>> (i & 31)) & 1) return false
  }
  return true
}

/** Candidates that are the largest at both ends are the largest in between. */
function commonMasks(k: i32, v: i32, a: i32, b: i32): void {
  const units = field(k, Level.UNITS)
  const maskWords = field(k, Level.MASK_WORDS)
  for (let u = 0; u < units; u++) if (!commonMask(k, v, a, b, u, maskWords)) settled(k, v, u)
}

/** The candidates of unit u that are the largest at both ends of an edge; false where there is none. */
export function commonMask(k: i32, v: i32, a: i32, b: i32, u: i32, maskWords: i32): bool {
  const ma = signsOf(k, a)
  const mb = signsOf(k, b)
  const mv = signsOf(k, v)
  let any = 0
  for (let w = u * maskWords; w < (u + 1) * maskWords; w++) {
    const both = i4(ma, w) & i4(mb, w)
    put4(mv, w, both)
    any |= both
  }
  return any != 0
}

function masksFromNumbers(k: i32, v: i32): void {
  const units = field(k, Level.UNITS)
  for (let u = 0; u < units; u++) if (!maskFromNumbers(k, v, u, numbersOf(k, v))) settled(k, v, u)
}

/** Which candidates of unit u are the largest, from its numbers; false where that cannot be told. */
export function maskFromNumbers(k: i32, v: i32, u: i32, z: usize): bool {
  const states = field(k, Level.STATES)
  const maskWords = field(k, Level.MASK_WORDS)
  const places = <usize>field(k, Level.PLACES) + ((<usize>(u * states)) << 2)
  const error = <usize>field(k, Level.ERROR)
  const lipschitz = <usize>field(k, Level.LIPSCHITZ)
  const out = signsOf(k, v) + ((<usize>(u * maskWords)) << 2)
  const isSure = field(k, Level.ZERO_IS_SURE) != 0
  const r = radius(v)
  let best = -1
  for (let c = 0; c < states; c++) {
    const j = i4(places, c)
    if (j >= 0 && (best < 0 || f8(z, j) > f8(z, i4(places, best)))) best = c
  }
  for (let w = 0; w < maskWords; w++) put4(out, w, 0)
  const m = i4(places, best)
  const most = f8(z, m)
  for (let c = 0; c < states; c++) {
    const j = i4(places, c)
    if (j < 0) continue
    if (j != m) {
      const bound = f8(error, j) + f8(error, m) + (f8(lipschitz, j) + f8(lipschitz, m)) * r
      if (most - f8(z, j) > bound) continue
      const isTie = (isSure && most == 0 && f8(z, j) == 0) || isTied(k, v, u, best, c)
      if (!isTie) return false
    }
    put4(out, c >> 5, i4(out, c >> 5) | (1 << (c & 31)))
  }
  return true
}

/** Whether a vertex lies on walls that make two candidates equal there. */
export function isTied(k: i32, v: i32, u: i32, c: i32, d: i32): bool {
  const states = field(k, Level.STATES)
  const base = field(k, Level.CUTTER) + u * states * states
  const first = load<i32>(vertex(v), VertexAt.BY) - base
  const second = load<i32>(vertex(v), VertexAt.ON) - base
  const all = states * states
  const isFirst = <u32>first < <u32>all
  const isSecond = <u32>second < <u32>all
  const a = first / states
  const b = first % states
  const e = second / states
  const f = second % states
  if (isFirst && ((a == c && b == d) || (a == d && b == c))) return true
  if (isSecond && ((e == c && f == d) || (e == d && f == c))) return true
  if (!isFirst || !isSecond) return false
  if (a != e && a != f && b != e && b != f) return false
  return (a == c || b == c || e == c || f == c) && (a == d || b == d || e == d || f == d)
}

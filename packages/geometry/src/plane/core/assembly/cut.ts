import { poolOf, valueIn } from './rows'
import { findSlope, newSigns, splitEdge, steepness } from './cross'
import * as state from './state'
import {
  At, CODE, F, FIRST, H, L, STACK, capF, capH, codeWords, edge, f8, field, growEdges, growFaces, growList, i4, maxF,
  put4, setField, vertex,
} from './state'

/** The new edge through face f from the end of in1 to the end of in2, and the face on its other side. */
export function splitFace(f: i32, in1: i32, out1: i32, in2: i32, out2: i32, cutter: i32, eta: f64): i32 {
  if (H + 2 > capH) growEdges()
  if (F == capF) growFaces()
  const d = H
  const e = H + 1
  state.H = H + 2
  store<i32>(edge(d), load<i32>(edge(out1), At.ORIGIN), At.ORIGIN)
  store<i32>(edge(e), load<i32>(edge(out2), At.ORIGIN), At.ORIGIN)
  store<i32>(edge(d), e, At.TWIN)
  store<i32>(edge(e), d, At.TWIN)
  store<i32>(edge(d), cutter, At.WALL)
  store<i32>(edge(e), cutter, At.WALL)
  store<f64>(edge(d), eta, At.ETA)
  store<f64>(edge(e), eta, At.ETA)
  store<i32>(edge(in1), d, At.NEXT)
  store<i32>(edge(d), out2, At.NEXT)
  store<i32>(edge(in2), e, At.NEXT)
  store<i32>(edge(e), out1, At.NEXT)
  put4(FIRST, f, d)
  const g = F
  state.F = F + 1
  put4(FIRST, g, e)
  store<i32>(edge(d), f, At.FACE)
  let h = e
  do {
    store<i32>(edge(h), g, At.FACE)
    h = load<i32>(edge(h), At.NEXT)
  } while (h != e)
  const code = CODE + ((<usize>(f * codeWords)) << 2)
  const newCode = CODE + ((<usize>(g * codeWords)) << 2)
  // A call of memory.copy costs more than some words.
  for (let w = 0; w < codeWords; w++) put4(newCode, w, i4(code, w))
  return g
}

export function listFace(k: i32, f: i32): void {
  const count = field(k, L.LIST_COUNT)
  if (count == field(k, L.LIST_CAP)) growList(k)
  put4(<usize>field(k, L.LIST), count, f)
  setField(k, L.LIST_COUNT, count + 1)
}

/**
 * Cuts the faces in the list of a level by its units, by the signs of their vertices; new ones join the list. False
 * where there are too many.
 */
export function cutSigns(k: i32): bool {
  const negative = (<usize>field(k, L.WORDS)) << 2
  const bytes = <usize>field(k, L.SIGN_BYTES)
  const codeEnd = (field(k, L.UNITS) + 31) >> 5
  const codeFrom = field(k, L.CODE)
  const cutter0 = field(k, L.CUTTER)
  // 64 units at a time.
  for (let w: usize = 0; w < negative; w += 8) {
    const count = field(k, L.LIST_COUNT)
    for (let i = 0; i < count; i++) {
      let depth = 1
      put4(STACK, 0, i4(<usize>field(k, L.LIST), i))
      while (depth > 0) {
        const f = i4(STACK, depth - 1)
        const h0 = i4(FIRST, f)
        const signs = <usize>field(k, L.SIGN) + w
        let pos: i64 = 0
        let neg: i64 = 0
        let h = h0
        do {
          const o = signs + <usize>load<i32>(edge(h), At.ORIGIN) * bytes
          pos |= load<i64>(o)
          neg |= load<i64>(o + negative)
          h = load<i32>(edge(h), At.NEXT)
        } while (h != h0)
        const mixed = pos & neg
        if (mixed == 0) {
          const word = <i32>w >> 2
          const code = CODE + ((<usize>(f * codeWords + codeFrom)) << 2)
          put4(code, word, <i32>pos)
          if (word + 1 < codeEnd) put4(code, word + 1, <i32>(pos >>> 32))
          depth--
          continue
        }
        if (F >= maxF) return false
        const g = cutFace(k, f, h0, w, <i32>ctz(mixed), cutter0)
        listFace(k, g)
        put4(STACK, depth++, g)
      }
    }
  }
  return true
}

/**
 * Where the signs of a face change, as `findCrossings` has left it: a half-edge each, and whether they change at its
 * end or before.
 */
let in1: i32 = 0
let in2: i32 = 0
let isAtEnd1: bool = false
let isAtEnd2: bool = false
let isUp1: bool = false
let isUp2: bool = false

// @ts-ignore
@inline function signAt(signs: usize, negative: usize, bit: i64): i32 {
  return <i32>((load<i64>(signs) >>> bit) & 1) - <i32>((load<i64>(signs + negative) >>> bit) & 1)
}

function cutFace(k: i32, f: i32, h0: i32, w: usize, bit: i32, cutter0: i32): i32 {
  const negative = (<usize>field(k, L.WORDS)) << 2
  const bytes = <usize>field(k, L.SIGN_BYTES)
  const signs = <usize>field(k, L.SIGN) + w
  const u = (<i32>w << 3) + bit
  in1 = -1
  in2 = -1
  let h = h0
  let sa = signAt(signs + <usize>load<i32>(edge(h0), At.ORIGIN) * bytes, negative, bit)
  do {
    const hb = load<i32>(edge(h), At.NEXT)
    const sb = signAt(signs + <usize>load<i32>(edge(hb), At.ORIGIN) * bytes, negative, bit)
    if (sa * sb < 0 || (sb == 0 && sa != 0)) {
      if (in1 < 0) {
        in1 = h
        isAtEnd1 = sb == 0
        isUp1 = sa > 0
      } else {
        in2 = h
        isAtEnd2 = sb == 0
        isUp2 = sa > 0
        break
      }
    }
    h = hb
    sa = sb
  } while (h != h0)
  if (in2 < 0) unreachable()
  const error = f8(<usize>field(k, L.ERROR), u)
  const lipschitz = f8(<usize>field(k, L.LIPSCHITZ), u)
  const a = load<i32>(edge(in1), At.ORIGIN)
  const b = load<i32>(edge(load<i32>(edge(in1), At.NEXT)), At.ORIGIN)
  const c = load<i32>(edge(in2), At.ORIGIN)
  const d = load<i32>(edge(load<i32>(edge(in2), At.NEXT)), At.ORIGIN)
  const known = <usize>field(k, L.KNOWN)
  const knownWords = field(k, L.KNOWN_WORDS)
  const rows = <usize>field(k, L.ROW_OF)
  const pool = poolOf(k)
  const rowBytes = <usize>field(k, L.ROW_BYTES)
  const ra = valueIn(known, knownWords, rows, pool, rowBytes, a, u)
  const rb = valueIn(known, knownWords, rows, pool, rowBytes, b, u)
  const rc = valueIn(known, knownWords, rows, pool, rowBytes, c, u)
  const rd = valueIn(known, knownWords, rows, pool, rowBytes, d, u)
  const e = b == c ? d : c
  const off = error + lipschitz * max(max(load<f64>(vertex(a), At.KAPPA), load<f64>(vertex(b), At.KAPPA)), load<f64>(vertex(e), At.KAPPA))
  findSlope(a, b, e, ra, rb, b == c ? rd : rc, off, lipschitz)
  let eta = steepness > 0 ? (1.001 * off) / steepness : Infinity
  const first = in1
  const second = in2
  if (isAtEnd1) eta = max(eta, load<f64>(vertex(b), At.RHO))
  else newSigns(k, splitEdge(k, f, first, a, b, cutter0 + u, ra, rb, isUp1, error, lipschitz), a, b, u)
  if (isAtEnd2) eta = max(eta, load<f64>(vertex(d), At.RHO))
  else newSigns(k, splitEdge(k, f, second, c, d, cutter0 + u, rc, rd, isUp2, error, lipschitz), c, d, u)
  // An edge is no further from its line than its ends are.
  eta = min(eta, max(load<f64>(vertex(load<i32>(edge(load<i32>(edge(first), At.NEXT)), At.ORIGIN)), At.RHO), load<f64>(vertex(load<i32>(edge(load<i32>(edge(second), At.NEXT)), At.ORIGIN)), At.RHO)))
  return splitFace(f, first, load<i32>(edge(first), At.NEXT), second, load<i32>(edge(second), At.NEXT), cutter0 + u, eta)
}

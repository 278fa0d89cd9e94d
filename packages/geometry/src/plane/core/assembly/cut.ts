import { poolOf, valueIn } from './rows'
import { findSlope, newSigns, splitEdge, steepness } from './cross'
import * as state from './state'
import {
  CODE, F, FIRST, H, Level, STACK, capF, capH, codeWords, edge, f8, field, growEdges, growFaces, growList, i4, maxF,
  put4, setField, vertex, VertexAt, EdgeAt,
} from './state'

/** The new edge through face f from the end of in1 to the end of in2, and the face on its other side. */
export function splitFace(f: i32, in1: i32, out1: i32, in2: i32, out2: i32, cutter: i32, eta: f64): i32 {
  if (H + 2 > capH) growEdges()
  if (F == capF) growFaces()
  const d = H
  const e = H + 1
  state.H = H + 2
  store<i32>(edge(d), load<i32>(edge(out1), EdgeAt.ORIGIN), EdgeAt.ORIGIN)
  store<i32>(edge(e), load<i32>(edge(out2), EdgeAt.ORIGIN), EdgeAt.ORIGIN)
  store<i32>(edge(d), e, EdgeAt.TWIN)
  store<i32>(edge(e), d, EdgeAt.TWIN)
  store<i32>(edge(d), cutter, EdgeAt.WALL)
  store<i32>(edge(e), cutter, EdgeAt.WALL)
  store<f64>(edge(d), eta, EdgeAt.ETA)
  store<f64>(edge(e), eta, EdgeAt.ETA)
  store<i32>(edge(in1), d, EdgeAt.NEXT)
  store<i32>(edge(d), out2, EdgeAt.NEXT)
  store<i32>(edge(in2), e, EdgeAt.NEXT)
  store<i32>(edge(e), out1, EdgeAt.NEXT)
  put4(FIRST, f, d)
  const g = F
  state.F = F + 1
  put4(FIRST, g, e)
  store<i32>(edge(d), f, EdgeAt.FACE)
  let h = e
  do {
    store<i32>(edge(h), g, EdgeAt.FACE)
    h = load<i32>(edge(h), EdgeAt.NEXT)
  } while (h != e)
  const code = CODE + ((<usize>(f * codeWords)) << 2)
  const newCode = CODE + ((<usize>(g * codeWords)) << 2)
  // A call of memory.copy costs more than some words.
  for (let w = 0; w < codeWords; w++) put4(newCode, w, i4(code, w))
  return g
}

export function listFace(k: i32, f: i32): void {
  const count = field(k, Level.LIST_COUNT)
  if (count == field(k, Level.LIST_CAP)) growList(k)
  put4(<usize>field(k, Level.LIST), count, f)
  setField(k, Level.LIST_COUNT, count + 1)
}

/**
 * Cuts the faces in the list of a level by its units, by the signs of their vertices; new ones join the list. False
 * where there are too many.
 */
export function cutSigns(k: i32): bool {
  const negative = (<usize>field(k, Level.WORDS)) << 2
  const bytes = <usize>field(k, Level.SIGN_BYTES)
  const codeEnd = (field(k, Level.UNITS) + 31) >> 5
  const codeFrom = field(k, Level.CODE)
  const cutter0 = field(k, Level.CUTTER)
  // 64 units at a time.
  for (let w: usize = 0; w < negative; w += 8) {
    const count = field(k, Level.LIST_COUNT)
    for (let i = 0; i < count; i++) {
      let depth = 1
      put4(STACK, 0, i4(<usize>field(k, Level.LIST), i))
      while (depth > 0) {
        const f = i4(STACK, depth - 1)
        const h0 = i4(FIRST, f)
        const signs = <usize>field(k, Level.SIGN) + w
        let pos: i64 = 0
        let neg: i64 = 0
        let h = h0
        do {
          const o = signs + <usize>load<i32>(edge(h), EdgeAt.ORIGIN) * bytes
          pos |= load<i64>(o)
          neg |= load<i64>(o + negative)
          h = load<i32>(edge(h), EdgeAt.NEXT)
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
 * Where the sign of a cutter changes around a face: a half-edge each, whether it is 0 at its end or changes before, and
 * whether it was above 0.
 */
export let in1: i32 = 0
export let in2: i32 = 0
export let isAtEnd1: bool = false
export let isAtEnd2: bool = false
export let isUp1: bool = false
export let isUp2: bool = false

// @ts-ignore
@inline export function startCrossings(): void {
  in1 = -1
  in2 = -1
}

/** Looks at half-edge h, at whose ends the cutter has the signs sa and sb; true when it is the second where they change. */
// @ts-ignore
@inline export function notice(h: i32, sa: i32, sb: i32): bool {
  if (sa * sb >= 0 && (sb != 0 || sa == 0)) return false
  if (in1 < 0) {
    in1 = h
    isAtEnd1 = sb == 0
    isUp1 = sa > 0
    return false
  }
  in2 = h
  isAtEnd2 = sb == 0
  isUp2 = sa > 0
  return true
}

/** Splits face f from the end of in1 to that of in2, where its cutter may be off by `off`. Returns the new face. */
export function splitBetween(f: i32, cutter: i32, off: f64): i32 {
  const out1 = load<i32>(edge(in1), EdgeAt.NEXT)
  const out2 = load<i32>(edge(in2), EdgeAt.NEXT)
  const rho1 = load<f64>(vertex(load<i32>(edge(out1), EdgeAt.ORIGIN)), VertexAt.RHO)
  const rho2 = load<f64>(vertex(load<i32>(edge(out2), EdgeAt.ORIGIN)), VertexAt.RHO)
  let eta = steepness > 0 ? (1.001 * off) / steepness : Infinity
  if (isAtEnd1) eta = max(eta, rho1)
  if (isAtEnd2) eta = max(eta, rho2)
  // An edge is no further from its line than its ends are.
  return splitFace(f, in1, out1, in2, out2, cutter, min(eta, max(rho1, rho2)))
}

// @ts-ignore
@inline function signAt(signs: usize, negative: usize, bit: i64): i32 {
  return <i32>((load<i64>(signs) >>> bit) & 1) - <i32>((load<i64>(signs + negative) >>> bit) & 1)
}

function cutFace(k: i32, f: i32, h0: i32, w: usize, bit: i32, cutter0: i32): i32 {
  const negative = (<usize>field(k, Level.WORDS)) << 2
  const bytes = <usize>field(k, Level.SIGN_BYTES)
  const signs = <usize>field(k, Level.SIGN) + w
  const u = (<i32>w << 3) + bit
  startCrossings()
  let h = h0
  let sa = signAt(signs + <usize>load<i32>(edge(h0), EdgeAt.ORIGIN) * bytes, negative, bit)
  do {
    const hb = load<i32>(edge(h), EdgeAt.NEXT)
    const sb = signAt(signs + <usize>load<i32>(edge(hb), EdgeAt.ORIGIN) * bytes, negative, bit)
    if (notice(h, sa, sb)) break
    h = hb
    sa = sb
  } while (h != h0)
  if (in2 < 0) unreachable()
  const error = f8(<usize>field(k, Level.ERROR), u)
  const lipschitz = f8(<usize>field(k, Level.LIPSCHITZ), u)
  const a = load<i32>(edge(in1), EdgeAt.ORIGIN)
  const b = load<i32>(edge(load<i32>(edge(in1), EdgeAt.NEXT)), EdgeAt.ORIGIN)
  const c = load<i32>(edge(in2), EdgeAt.ORIGIN)
  const d = load<i32>(edge(load<i32>(edge(in2), EdgeAt.NEXT)), EdgeAt.ORIGIN)
  const known = <usize>field(k, Level.KNOWN)
  const knownWords = field(k, Level.KNOWN_WORDS)
  const rows = <usize>field(k, Level.ROW_OF)
  const pool = poolOf(k)
  const rowBytes = <usize>field(k, Level.ROW_BYTES)
  const ra = valueIn(known, knownWords, rows, pool, rowBytes, a, u)
  const rb = valueIn(known, knownWords, rows, pool, rowBytes, b, u)
  const rc = valueIn(known, knownWords, rows, pool, rowBytes, c, u)
  const rd = valueIn(known, knownWords, rows, pool, rowBytes, d, u)
  const e = b == c ? d : c
  const off = error + lipschitz * max(max(load<f64>(vertex(a), VertexAt.KAPPA), load<f64>(vertex(b), VertexAt.KAPPA)), load<f64>(vertex(e), VertexAt.KAPPA))
  findSlope(a, b, e, ra, rb, b == c ? rd : rc, off, lipschitz)
  const cutter = cutter0 + u
  if (!isAtEnd1) newSigns(k, splitEdge(k, f, in1, a, b, cutter, ra, rb, isUp1, error, lipschitz), a, b, u)
  if (!isAtEnd2) newSigns(k, splitEdge(k, f, in2, c, d, cutter, rc, rd, isUp2, error, lipschitz), c, d, u)
  return splitBetween(f, cutter, off)
}

import { value } from './rows'
import { findSlope, newSigns, splitEdge, steepness } from './cross'
import { signsOf } from './signs'
import * as state from './state'
import { capF, capH, CODE, codeWords, ETA, F, f8, FACE, field, FIRST, growEdges, KAPPA, growFaces, growList, H, i4, L, maxF, NEXT, ORIGIN, put4, put8, RHO, setField, STACK, TWIN, WALL } from './state'

/** The new edge through face f from the end of in1 to the end of in2, and the face on its other side. */
export function splitFace(f: i32, in1: i32, out1: i32, in2: i32, out2: i32, cutter: i32, eta: f64): i32 {
  if (H + 2 > capH) growEdges()
  if (F == capF) growFaces()
  const d = H
  const e = H + 1
  state.H = H + 2
  put4(ORIGIN, d, i4(ORIGIN, out1))
  put4(ORIGIN, e, i4(ORIGIN, out2))
  put4(TWIN, d, e)
  put4(TWIN, e, d)
  put4(WALL, d, cutter)
  put4(WALL, e, cutter)
  put8(ETA, d, eta)
  put8(ETA, e, eta)
  put4(NEXT, in1, d)
  put4(NEXT, d, out2)
  put4(NEXT, in2, e)
  put4(NEXT, e, out1)
  put4(FIRST, f, d)
  const g = F
  state.F = F + 1
  put4(FIRST, g, e)
  put4(FACE, d, f)
  let h = e
  do {
    put4(FACE, h, g)
    h = i4(NEXT, h)
  } while (h != e)
  memory.copy(CODE + ((<usize>(g * codeWords)) << 2), CODE + ((<usize>(f * codeWords)) << 2), (<usize>codeWords) << 2)
  return g
}

export function listFace(k: i32, f: i32): void {
  const count = field(k, L.LIST_COUNT)
  if (count == field(k, L.LIST_CAP)) growList(k)
  put4(<usize>field(k, L.LIST), count, f)
  setField(k, L.LIST_COUNT, count + 1)
}

/** Cuts the faces in the list of a level by its units, by the signs of their vertices; new ones join the list. False where there are too many. */
export function cutSigns(k: i32): bool {
  const words = field(k, L.WORDS)
  const stride = <usize>field(k, L.SIGN_BYTES)
  const codeFrom = field(k, L.CODE)
  const cutter0 = field(k, L.CUTTER)
  for (let w = 0; w < words; w++) {
    const count = field(k, L.LIST_COUNT)
    const shift = (<usize>w) << 2
    const negShift = (<usize>(words + w)) << 2
    for (let i = 0; i < count; i++) {
      let depth = 1
      put4(STACK, 0, i4(<usize>field(k, L.LIST), i))
      while (depth > 0) {
        const f = i4(STACK, depth - 1)
        const h0 = i4(FIRST, f)
        const signs = <usize>field(k, L.SIGN)
        let pos = 0
        let neg = 0
        let h = h0
        do {
          const o = signs + <usize>i4(ORIGIN, h) * stride
          pos |= load<i32>(o + shift)
          neg |= load<i32>(o + negShift)
          h = i4(NEXT, h)
        } while (h != h0)
        const mixed = pos & neg
        if (mixed == 0) {
          put4(CODE, f * codeWords + codeFrom + w, pos)
          depth--
          continue
        }
        if (F >= maxF) return false
        const g = cutFace(k, f, h0, w, ctz(mixed), cutter0)
        listFace(k, g)
        put4(STACK, depth++, g)
      }
    }
  }
  return true
}

/** Where the signs of a face change, as `findCrossings` has left it: a half-edge each, and whether they change at its end or before. */
let in1: i32 = 0
let in2: i32 = 0
let isAtEnd1: bool = false
let isAtEnd2: bool = false
let isUp1: bool = false
let isUp2: bool = false

function cutFace(k: i32, f: i32, h0: i32, w: i32, bit: i32, cutter0: i32): i32 {
  const words = field(k, L.WORDS)
  const u = (w << 5) + bit
  in1 = -1
  in2 = -1
  let h = h0
  let o = signsOf(k, i4(ORIGIN, h0))
  let sa = ((i4(o, w) >>> bit) & 1) - ((i4(o, words + w) >>> bit) & 1)
  do {
    const hb = i4(NEXT, h)
    o = signsOf(k, i4(ORIGIN, hb))
    const sb = ((i4(o, w) >>> bit) & 1) - ((i4(o, words + w) >>> bit) & 1)
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
  const a = i4(ORIGIN, in1)
  const b = i4(ORIGIN, i4(NEXT, in1))
  const c = i4(ORIGIN, in2)
  const d = i4(ORIGIN, i4(NEXT, in2))
  const ra = value(k, a, u)
  const rb = value(k, b, u)
  const rc = value(k, c, u)
  const rd = value(k, d, u)
  const e = b == c ? d : c
  const off = error + lipschitz * max(max(f8(KAPPA, a), f8(KAPPA, b)), f8(KAPPA, e))
  findSlope(a, b, e, ra, rb, b == c ? rd : rc, off, lipschitz)
  let eta = steepness > 0 ? (1.001 * off) / steepness : Infinity
  const first = in1
  const second = in2
  if (isAtEnd1) eta = max(eta, f8(RHO, b))
  else newSigns(k, splitEdge(k, f, first, a, b, cutter0 + u, ra, rb, isUp1, error, lipschitz), a, b, u)
  if (isAtEnd2) eta = max(eta, f8(RHO, d))
  else newSigns(k, splitEdge(k, f, second, c, d, cutter0 + u, rc, rd, isUp2, error, lipschitz), c, d, u)
  // An edge is no further from its line than its ends are.
  eta = min(eta, max(f8(RHO, i4(ORIGIN, i4(NEXT, first))), f8(RHO, i4(ORIGIN, i4(NEXT, second)))))
  return splitFace(f, first, i4(NEXT, first), second, i4(NEXT, second), cutter0 + u, eta)
}

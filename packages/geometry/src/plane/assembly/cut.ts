import { value } from './rows'
import { newSigns, offset, splitEdge } from './cross'
import { signsOf } from './signs'
import * as state from './state'
import { capF, capH, CODE, codeWords, ETA, F, f8, FACE, field, FIRST, growEdges, growFaces, growList, H, i4, L, maxF, NEXT, ORIGIN, put4, put8, RHO, setField, STACK, TWIN, WALL } from './state'

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

function cutFace(k: i32, f: i32, h0: i32, w: i32, bit: i32, cutter0: i32): i32 {
  const words = field(k, L.WORDS)
  const u = (w << 5) + bit
  const error = f8(<usize>field(k, L.ERROR), u)
  const lipschitz = f8(<usize>field(k, L.LIPSCHITZ), u)
  let in1 = -1
  let out1 = -1
  let in2 = -1
  let out2 = -1
  let eta: f64 = 0
  let h = h0
  let a = i4(ORIGIN, h0)
  let o = signsOf(k, a)
  let sa = ((i4(o, w) >>> bit) & 1) - ((i4(o, words + w) >>> bit) & 1)
  do {
    const hb = i4(NEXT, h)
    const b = i4(ORIGIN, hb)
    o = signsOf(k, b)
    const sb = ((i4(o, w) >>> bit) & 1) - ((i4(o, words + w) >>> bit) & 1)
    let out = -1
    if (sa * sb < 0) {
      const ra = value(k, a, u)
      const rb = value(k, b, u)
      const v = splitEdge(k, f, h, a, b, cutter0 + u, ra, rb, sa > 0, error, lipschitz)
      eta = max(eta, offset)
      newSigns(k, v, a, b, u)
      out = i4(NEXT, h)
    } else if (sb == 0 && sa != 0) {
      out = hb
      eta = max(eta, f8(RHO, b))
    }
    if (out >= 0) {
      if (in1 < 0) {
        in1 = h
        out1 = out
      } else {
        in2 = h
        out2 = out
        break
      }
    }
    h = hb
    a = b
    sa = sb
  } while (h != h0)
  if (in2 < 0) unreachable()
  return splitFace(f, in1, out1, in2, out2, cutter0 + u, eta)
}

import { value } from './rows'
import { findSlope, newMasks, splitEdge } from './cross'
import {
  in1, in2, isAtEnd1, isAtEnd2, isUp1, isUp2, listFace, notice, splitBetween, startCrossings,
} from './cut'
import { isTied, radius, signsOf } from './signs'
import {
  CODE, F, FIRST, Level, SCRATCH, STACK, codeWords, compareExactly, edge, f8, field, i4, maxF, put4, vertex,
  VertexAt, EdgeAt, Stack,
} from './state'

// Units that are the largest of several candidates. Signs of a vertex are masks here: the candidates that are the
// largest there. A face on whose vertices one candidate always is, has that one; else it is cut, candidate against
// candidate.

/** Which of two candidates is larger at a vertex: 1, -1, or 0 where they are equal. */
function compare(k: i32, v: i32, u: i32, c: i32, d: i32): i32 {
  const maskWords = field(k, Level.MASK_WORDS)
  const mask = signsOf(k, v) + ((<usize>(u * maskWords)) << 2)
  const isC = (i4(mask, c >> 5) >>> (c & 31)) & 1
  const isD = (i4(mask, d >> 5) >>> (d & 31)) & 1
  if (isC | isD) return isC - isD
  const places = <usize>field(k, Level.PLACES) + ((<usize>(u * field(k, Level.STATES))) << 2)
  const i = i4(places, c)
  const j = i4(places, d)
  const x = value(k, v, i) - value(k, v, j)
  const error = <usize>field(k, Level.ERROR)
  const lipschitz = <usize>field(k, Level.LIPSCHITZ)
  const bound = f8(error, i) + f8(error, j) + (f8(lipschitz, i) + f8(lipschitz, j)) * radius(v)
  if (x > bound) return 1
  if (x < -bound) return -1
  if (isTied(k, v, u, c, d)) return 0
  if (field(k, Level.ZERO_IS_SURE) != 0 && value(k, v, i) == 0 && value(k, v, j) == 0) return 0
  return compareExactly(k, v, i, j)
}

/** Cuts the faces in the list of a level by its units; new ones join the list. False where there are too many. */
export function cutLargest(k: i32): bool {
  const count = field(k, Level.LIST_COUNT)
  for (let i = 0; i < count; i++) {
    let depth = 1
    put4(STACK, 0, i4(<usize>field(k, Level.LIST), i))
    while (depth > 0) {
      const f = i4(STACK, depth - 1)
      const u = openUnit(k, f)
      if (u < 0) {
        writeCode(k, f)
        depth--
        continue
      }
      if (F >= maxF) return false
      const pieces = cutByUnit(k, f, u)
      for (let p = 0; p < pieces; p++) {
        const g = i4(STACK, Stack.PIECES + 2 * p)
        if (g == f || i4(FIRST, g) < 0) continue
        listFace(k, g)
        put4(STACK, depth++, g)
      }
    }
  }
  return true
}

/**
 * The first unit of which no candidate is the largest at all vertices of a face, -1 where there is none. Leaves in
 * SCRATCH those that are.
 */
function openUnit(k: i32, f: i32): i32 {
  const bytes = field(k, Level.SIGN_BYTES)
  const h0 = i4(FIRST, f)
  memory.copy(SCRATCH, signsOf(k, load<i32>(edge(h0), EdgeAt.ORIGIN)), bytes)
  let h = load<i32>(edge(h0), EdgeAt.NEXT)
  while (h != h0) {
    const mask = signsOf(k, load<i32>(edge(h), EdgeAt.ORIGIN))
    for (let i = 0; i < bytes; i += 16) v128.store(SCRATCH + i, v128.and(v128.load(SCRATCH + i), v128.load(mask + i)))
    h = load<i32>(edge(h), EdgeAt.NEXT)
  }
  const units = field(k, Level.UNITS)
  const maskWords = field(k, Level.MASK_WORDS)
  for (let u = 0; u < units; u++) {
    let any = 0
    for (let w = 0; w < maskWords; w++) any |= i4(SCRATCH, u * maskWords + w)
    if (any == 0) return u
  }
  return -1
}

/** The states of a face, from the masks that `openUnit` has left: the first of the candidates that are the largest. */
function writeCode(k: i32, f: i32): void {
  const units = field(k, Level.UNITS)
  const maskWords = field(k, Level.MASK_WORDS)
  const planes = field(k, Level.PLANES)
  const words = (units + 31) >> 5
  const code = CODE + ((<usize>(f * codeWords + field(k, Level.CODE))) << 2)
  memory.fill(code, 0, (<usize>(words * planes)) << 2)
  for (let u = 0; u < units; u++) {
    let w = 0
    while (i4(SCRATCH, u * maskWords + w) == 0) w++
    const state = (w << 5) + ctz(i4(SCRATCH, u * maskWords + w))
    for (let p = 0; p < planes; p++) {
      const at = p * words + (u >> 5)
      put4(code, at, i4(code, at) | (((state >>> p) & 1) << (u & 31)))
    }
  }
}

/**
 * Cuts a face into the pieces on which one candidate of a unit is the largest. Pieces that are gone have no first
 * half-edge.
 */
function cutByUnit(k: i32, f: i32, u: i32): i32 {
  const states = field(k, Level.STATES)
  const places = <usize>field(k, Level.PLACES) + ((<usize>(u * states)) << 2)
  let first = 0
  while (i4(places, first) < 0) first++
  const firstNew = F
  let pieces = 1
  put4(STACK, Stack.PIECES, f)
  put4(STACK, Stack.PIECES + 1, first)
  for (let c = first + 1; c < states; c++) {
    if (i4(places, c) < 0) continue
    const count = pieces
    for (let p = 0; p < count; p++) {
      const piece = i4(STACK, Stack.PIECES + 2 * p)
      const best = i4(STACK, Stack.PIECES + 2 * p + 1)
      let isAbove = false
      let isBelow = false
      const h0 = i4(FIRST, piece)
      let h = h0
      do {
        const sign = compare(k, load<i32>(edge(h), EdgeAt.ORIGIN), u, c, best)
        if (sign > 0) isAbove = true
        else if (sign < 0) isBelow = true
        h = load<i32>(edge(h), EdgeAt.NEXT)
      } while (h != h0)
      if (!isAbove) continue
      if (!isBelow) {
        put4(STACK, Stack.PIECES + 2 * p + 1, c)
        continue
      }
      if (pieces == Stack.MOST_PIECES) unreachable()
      const g = cutPiece(k, piece, u, c, best)
      // The side of the piece that kept its number is told by one of its vertices off the wall.
      const isUp = side(k, piece, u, c, best) > 0
      put4(STACK, Stack.PIECES + 2 * p + 1, isUp ? c : best)
      put4(STACK, Stack.PIECES + 2 * pieces, g)
      put4(STACK, Stack.PIECES + 2 * pieces + 1, isUp ? best : c)
      pieces++
    }
  }
  if (pieces > 2) join(k, f, firstNew, pieces)
  return pieces
}

function side(k: i32, f: i32, u: i32, c: i32, d: i32): i32 {
  const h0 = i4(FIRST, f)
  let h = h0
  do {
    const sign = compare(k, load<i32>(edge(h), EdgeAt.ORIGIN), u, c, d)
    if (sign != 0) return sign
    h = load<i32>(edge(h), EdgeAt.NEXT)
  } while (h != h0)
  return 0
}

/** Cuts a piece where candidates c and d are equal. Returns the new face. */
function cutPiece(k: i32, f: i32, u: i32, c: i32, d: i32): i32 {
  const states = field(k, Level.STATES)
  const cutter = field(k, Level.CUTTER) + u * states * states + c * states + d
  const i = i4(<usize>field(k, Level.PLACES), u * states + c)
  const j = i4(<usize>field(k, Level.PLACES), u * states + d)
  const error = f8(<usize>field(k, Level.ERROR), i) + f8(<usize>field(k, Level.ERROR), j)
  const lipschitz = f8(<usize>field(k, Level.LIPSCHITZ), i) + f8(<usize>field(k, Level.LIPSCHITZ), j)
  const h0 = i4(FIRST, f)
  startCrossings()
  let h = h0
  let sa = compare(k, load<i32>(edge(h0), EdgeAt.ORIGIN), u, c, d)
  do {
    const hb = load<i32>(edge(h), EdgeAt.NEXT)
    const sb = compare(k, load<i32>(edge(hb), EdgeAt.ORIGIN), u, c, d)
    if (notice(h, sa, sb)) break
    h = hb
    sa = sb
  } while (h != h0)
  if (in2 < 0) unreachable()
  const a = load<i32>(edge(in1), EdgeAt.ORIGIN)
  const b = load<i32>(edge(load<i32>(edge(in1), EdgeAt.NEXT)), EdgeAt.ORIGIN)
  const p = load<i32>(edge(in2), EdgeAt.ORIGIN)
  const q = load<i32>(edge(load<i32>(edge(in2), EdgeAt.NEXT)), EdgeAt.ORIGIN)
  const ra = value(k, a, i) - value(k, a, j)
  const rb = value(k, b, i) - value(k, b, j)
  const rp = value(k, p, i) - value(k, p, j)
  const rq = value(k, q, i) - value(k, q, j)
  const e = b == p ? q : p
  const off = error + lipschitz * max(max(load<f64>(vertex(a), VertexAt.KAPPA), load<f64>(vertex(b), VertexAt.KAPPA)), load<f64>(vertex(e), VertexAt.KAPPA))
  findSlope(a, b, e, ra, rb, b == p ? rq : rp, off, lipschitz)
  if (!isAtEnd1) newMasks(k, splitEdge(k, f, in1, a, b, cutter, ra, rb, isUp1, error, lipschitz), a, b)
  if (!isAtEnd2) newMasks(k, splitEdge(k, f, in2, p, q, cutter, rp, rq, isUp2, error, lipschitz), p, q)
  return splitBetween(f, cutter, off)
}

/** Where the largest candidate of a piece is noted: its state of this level, which is written when no unit is left to cut it. */
// @ts-ignore
@inline function winner(k: i32, f: i32): usize {
  return CODE + ((<usize>(f * codeWords + field(k, Level.CODE))) << 2)
}

/**
 * Joins the pieces of face f that have one largest candidate: what is between them was cut where another candidate is larger. All are joined
 * at one time: two of several may touch in more than one place, or lie around a third.
 * @param firstNew the number of the first face that was cut from f
 */
function join(k: i32, f: i32, firstNew: i32, pieces: i32): void {
  for (let p = 0; p < pieces; p++) store<i32>(winner(k, i4(STACK, Stack.PIECES + 2 * p)), i4(STACK, Stack.PIECES + 2 * p + 1))
  let isAny = false
  for (let p = 0; p < pieces; p++) {
    const piece = i4(STACK, Stack.PIECES + 2 * p)
    const own = load<i32>(winner(k, piece))
    const h0 = i4(FIRST, piece)
    let h = h0
    do {
      const g = load<i32>(edge(load<i32>(edge(h), EdgeAt.TWIN)), EdgeAt.FACE)
      // Half of an edge that goes was seen from its other side.
      if (g == -2 || ((g == f || g >= firstNew) && load<i32>(winner(k, g)) == own)) {
        store<i32>(edge(h), -2, EdgeAt.FACE)
        isAny = true
      }
      h = load<i32>(edge(h), EdgeAt.NEXT)
    } while (h != h0)
  }
  if (!isAny) return
  for (let p = 0; p < pieces; p++) {
    const piece = i4(STACK, Stack.PIECES + 2 * p)
    // The first piece of a candidate takes the others in: f, which was there before, keeps its number.
    let q = 0
    while (i4(STACK, Stack.PIECES + 2 * q + 1) != i4(STACK, Stack.PIECES + 2 * p + 1)) q++
    const whole = i4(STACK, Stack.PIECES + 2 * q)
    const h0 = i4(FIRST, piece)
    if (whole != piece) put4(FIRST, piece, -1)
    let h = h0
    do {
      const after = load<i32>(edge(h), EdgeAt.NEXT)
      if (load<i32>(edge(h), EdgeAt.FACE) != -2) {
        // Around the end of h, over all edges that go.
        let next = after
        while (load<i32>(edge(next), EdgeAt.FACE) == -2) next = load<i32>(edge(load<i32>(edge(next), EdgeAt.TWIN)), EdgeAt.NEXT)
        store<i32>(edge(h), next, EdgeAt.NEXT)
        store<i32>(edge(h), whole, EdgeAt.FACE)
        put4(FIRST, whole, h)
      }
      h = after
    } while (h != h0)
  }
  for (let p = 0; p < pieces; p++) {
    const piece = i4(STACK, Stack.PIECES + 2 * p)
    if (i4(FIRST, piece) < 0) continue
    let h = i4(FIRST, piece)
    do {
      while (straighten(h)) {}
      h = load<i32>(edge(h), EdgeAt.NEXT)
    } while (h != i4(FIRST, piece))
  }
}

/**
 * Takes the vertex at the end of a half-edge away if nothing but the line goes on there, and the half-edge behind it;
 * whether it did.
 */
function straighten(h: i32): bool {
  const out = load<i32>(edge(h), EdgeAt.NEXT)
  const back = load<i32>(edge(out), EdgeAt.TWIN)
  const twin = load<i32>(edge(h), EdgeAt.TWIN)
  if (load<i32>(edge(back), EdgeAt.NEXT) != twin || load<i32>(edge(h), EdgeAt.WALL) != load<i32>(edge(out), EdgeAt.WALL) || out == twin) return false
  store<i32>(edge(h), load<i32>(edge(out), EdgeAt.NEXT), EdgeAt.NEXT)
  store<i32>(edge(back), load<i32>(edge(twin), EdgeAt.NEXT), EdgeAt.NEXT)
  store<i32>(edge(h), back, EdgeAt.TWIN)
  store<i32>(edge(back), h, EdgeAt.TWIN)
  const eta = max(load<f64>(edge(h), EdgeAt.ETA), load<f64>(edge(out), EdgeAt.ETA))
  store<f64>(edge(h), eta, EdgeAt.ETA)
  store<f64>(edge(back), eta, EdgeAt.ETA)
  const f = load<i32>(edge(h), EdgeAt.FACE)
  const g = load<i32>(edge(back), EdgeAt.FACE)
  if (i4(FIRST, f) == out) put4(FIRST, f, h)
  if (g >= 0 && i4(FIRST, g) == twin) put4(FIRST, g, back)
  store<i32>(edge(out), -2, EdgeAt.FACE)
  store<i32>(edge(twin), -2, EdgeAt.FACE)
  return true
}

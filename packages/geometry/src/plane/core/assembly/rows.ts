import { decide } from './signs'
import {
  COEF, Level, Op, ROWLIST, SCRATCH, SCRATCH2, Source, Step, edge, f8, field, growRows, i4, put4, put8, setField,
  slopeOf, vertex, VertexAt,
} from './state'

/** Positive numbers stay positive, whatever rounding made of them: 0 is 0 for certain. */
const LEAST: f64 = 4.450147717014403e-308

// @ts-ignore
@inline function rowPointer(k: i32, row: i32): usize {
  return <usize>field(k, Level.POOL) + <usize>row * <usize>field(k, Level.ROW_BYTES)
}

/** The row of a vertex at a level, -1 where it has none. */
// @ts-ignore
@inline export function rowOf(k: i32, v: i32): i32 {
  const row = i4(<usize>field(k, Level.ROW_OF), v)
  return <u32>row < <u32>field(k, Level.ROWS) && i4(<usize>field(k, Level.VERTEX_OF), row) == v ? row : -1
}

/** Where the numbers of a vertex stand that units choose by. */
// @ts-ignore
@inline export function numbersOf(k: i32, v: i32): usize {
  return rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + <usize>field(k, Level.OFFSET)
}

export function addRow(k: i32, v: i32): i32 {
  const row = field(k, Level.ROWS)
  if (row == field(k, Level.CAP_ROWS)) growRows(k)
  setField(k, Level.ROWS, row + 1)
  put4(<usize>field(k, Level.ROW_OF), v, row)
  put4(<usize>field(k, Level.VERTEX_OF), row, v)
  store<u8>(<usize>field(k, Level.FULL) + row, 0)
  return row
}

/** What is off at the ends of an edge is off between them. */
export function inherit(v: i32, a: i32, b: i32): void {
  store<f64>(vertex(v), max(load<f64>(vertex(v), VertexAt.KAPPA), max(load<f64>(vertex(a), VertexAt.KAPPA), load<f64>(vertex(b), VertexAt.KAPPA))), VertexAt.KAPPA)
}

function markKnown(k: i32, v: i32): void {
  const words = field(k, Level.KNOWN_WORDS)
  const known = <usize>field(k, Level.KNOWN) + ((<usize>(v * words)) << 2)
  for (let w = 0; w < words; w++) put4(known, w, -1)
}

/**
 * Number j of a vertex at the level that is being cut: a new vertex takes it from the ends of the edge that it was
 * made on.
 */
// @ts-ignore
@inline export function value(k: i32, v: i32, j: i32): f64 {
  return valueIn(<usize>field(k, Level.KNOWN), field(k, Level.KNOWN_WORDS), <usize>field(k, Level.ROW_OF), poolOf(k), <usize>field(k, Level.ROW_BYTES), v, j)
}

/** Where the numbers that units of a level choose by begin in its first row. */
// @ts-ignore
@inline export function poolOf(k: i32): usize {
  return <usize>field(k, Level.POOL) + <usize>field(k, Level.OFFSET)
}

/** {@link value}, for who asks often: nothing here asks for room. */
// @ts-ignore
@inline export function valueIn(known: usize, words: i32, rows: usize, pool: usize, bytes: usize, v: i32, j: i32): f64 {
  if (load<i32>(known + ((<usize>(v * words + (j >> 5))) << 2)) & (1 << (j & 31)))
    return load<f64>(pool + <usize>i4(rows, v) * bytes + ((<usize>j) << 3))
  return interpolated(known, words, rows, pool, bytes, v, j)
}

/** A number that is not known yet, between those of the ends. */
function interpolated(known: usize, words: i32, rows: usize, pool: usize, bytes: usize, v: i32, j: i32): f64 {
  const t = load<f64>(vertex(v), VertexAt.TAU)
  const a = load<i32>(vertex(v), VertexAt.EA)
  const b = load<i32>(vertex(v), VertexAt.EB)
  const word = (<usize>(j >> 5)) << 2
  const bit = 1 << (j & 31)
  const shift = (<usize>j) << 3
  const za =
    load<i32>(known + ((<usize>(a * words)) << 2) + word) & bit
      ? load<f64>(pool + <usize>i4(rows, a) * bytes + shift)
      : interpolated(known, words, rows, pool, bytes, a, j)
  const zb =
    load<i32>(known + ((<usize>(b * words)) << 2) + word) & bit
      ? load<f64>(pool + <usize>i4(rows, b) * bytes + shift)
      : interpolated(known, words, rows, pool, bytes, b, j)
  const x = (1 - t) * za + t * zb
  const at = known + ((<usize>(v * words)) << 2) + word
  store<i32>(at, load<i32>(at) | bit)
  store<f64>(pool + <usize>i4(rows, v) * bytes + shift, x)
  return x
}

/** z[0 … n) += sum over q < count of COEF[q] · (row that ROWLIST[q] points to). n is a multiple of 8. */
export function addRows(z: usize, n: i32, count: i32): void {
  const rows = ROWLIST
  const coef = COEF
  let i: i32 = 0
  for (; i + 16 <= n; i += 16) {
    const off = (<usize>i) << 3
    const p = z + off
    let z0 = v128.load(p)
    let z1 = v128.load(p, 16)
    let z2 = v128.load(p, 32)
    let z3 = v128.load(p, 48)
    let z4 = v128.load(p, 64)
    let z5 = v128.load(p, 80)
    let z6 = v128.load(p, 96)
    let z7 = v128.load(p, 112)
    for (let q = 0; q < count; q++) {
      const a = <usize>i4(rows, q) + off
      const c = v128.load64_splat(coef + ((<usize>q) << 3))
      z0 = f64x2.add(z0, f64x2.mul(c, v128.load(a)))
      z1 = f64x2.add(z1, f64x2.mul(c, v128.load(a, 16)))
      z2 = f64x2.add(z2, f64x2.mul(c, v128.load(a, 32)))
      z3 = f64x2.add(z3, f64x2.mul(c, v128.load(a, 48)))
      z4 = f64x2.add(z4, f64x2.mul(c, v128.load(a, 64)))
      z5 = f64x2.add(z5, f64x2.mul(c, v128.load(a, 80)))
      z6 = f64x2.add(z6, f64x2.mul(c, v128.load(a, 96)))
      z7 = f64x2.add(z7, f64x2.mul(c, v128.load(a, 112)))
    }
    v128.store(p, z0)
    v128.store(p, z1, 16)
    v128.store(p, z2, 32)
    v128.store(p, z3, 48)
    v128.store(p, z4, 64)
    v128.store(p, z5, 80)
    v128.store(p, z6, 96)
    v128.store(p, z7, 112)
  }
  if (i < n) {
    const off = (<usize>i) << 3
    const p = z + off
    let z0 = v128.load(p)
    let z1 = v128.load(p, 16)
    let z2 = v128.load(p, 32)
    let z3 = v128.load(p, 48)
    for (let q = 0; q < count; q++) {
      const a = <usize>i4(rows, q) + off
      const c = v128.load64_splat(coef + ((<usize>q) << 3))
      z0 = f64x2.add(z0, f64x2.mul(c, v128.load(a)))
      z1 = f64x2.add(z1, f64x2.mul(c, v128.load(a, 16)))
      z2 = f64x2.add(z2, f64x2.mul(c, v128.load(a, 32)))
      z3 = f64x2.add(z3, f64x2.mul(c, v128.load(a, 48)))
    }
    v128.store(p, z0)
    v128.store(p, z1, 16)
    v128.store(p, z2, 32)
    v128.store(p, z3, 48)
  }
}

/** The same where columns are lists: [count, unused, then per entry index (4 bytes), 4 unused, value (8)]. */
function addSparse(z: usize, count: i32): void {
  for (let q = 0; q < count; q++) {
    const c = f8(COEF, q)
    let p = <usize>i4(ROWLIST, q)
    const end = p + 8 + ((<usize>load<i32>(p)) << 4)
    for (p += 8; p < end; p += 16) {
      const at = z + ((<usize>load<i32>(p)) << 3)
      store<f64>(at, load<f64>(at) + c * load<f64>(p, 8))
    }
  }
}

// @ts-ignore
@inline function addColumns(z: usize, n: i32, count: i32, isSparse: i32): void {
  if (isSparse) addSparse(z, count)
  else addRows(z, n, count)
}

/** Where column j begins: `columns` is a list of pointers where it is sparse. */
// @ts-ignore
@inline function columnOf(columns: usize, isSparse: i32, n: i32, j: i32): i32 {
  return isSparse ? i4(columns, j) : <i32>(columns + <usize>j * ((<usize>n) << 3))
}

/** What units of a level make of number p, whose sign is known. */
// @ts-ignore
@inline function bent(p: f64, isUp: i32, slope: f64): f64 {
  return isUp ? max(p, LEAST) : slope == 0 ? 0 : slope * min(p, 0)
}

/** The row of a vertex with all that belongs to it. */
function full(k: i32, v: i32): usize {
  ensure(k, v)
  const row = i4(<usize>field(k, Level.ROW_OF), v)
  if (load<u8>(<usize>field(k, Level.FULL) + row) == 0) {
    const a = load<i32>(vertex(v), VertexAt.EA)
    const b = load<i32>(vertex(v), VertexAt.EB)
    full(k, a)
    full(k, b)
    between(k, v, a, b)
    store<u8>(<usize>field(k, Level.FULL) + i4(<usize>field(k, Level.ROW_OF), v), 1)
  }
  return rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v))
}

/** All of a row from those of the ends of an edge on which everything is affine; what is known of it already stays. */
function between(k: i32, v: i32, a: i32, b: i32): void {
  const t = load<f64>(vertex(v), VertexAt.TAU)
  const to = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v))
  const ofA = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), a))
  const ofB = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), b))
  const offset = field(k, Level.OFFSET)
  const end = offset + (field(k, Level.N) << 3)
  const bytes = field(k, Level.ROW_BYTES)
  const s = f64x2.splat(1 - t)
  const tt = f64x2.splat(t)
  for (let i = 0; i < bytes; i += 16) {
    if (i == offset) i = end
    if (i >= bytes) break
    v128.store(to + i, f64x2.add(f64x2.mul(s, v128.load(ofA + i)), f64x2.mul(tt, v128.load(ofB + i))))
  }
  const n = field(k, Level.N)
  for (let j = 0; j < n; j++) value(k, v, j)
}

/** Sees to the row of a vertex: at least what is asked for by `value`. */
export function ensure(k: i32, v: i32): void {
  if (rowOf(k, v) >= 0) return
  const at = load<i32>(vertex(v), VertexAt.AT)
  if (at >= k) {
    const a = load<i32>(vertex(v), VertexAt.EA)
    const b = load<i32>(vertex(v), VertexAt.EB)
    ensure(k, a)
    ensure(k, b)
    inherit(v, a, b)
    addRow(k, v)
    const words = field(k, Level.KNOWN_WORDS)
    const known = <usize>field(k, Level.KNOWN) + ((<usize>(v * words)) << 2)
    for (let w = 0; w < words; w++) put4(known, w, 0)
    return
  }
  if (at == k - 1 && field(k, Level.COLUMNS) != 0) {
    interpolate(k, v)
    return
  }
  addRow(k, v)
  evaluate(k, v)
}

/** A vertex that the level before has made: between its ends, and what bends there. */
function interpolate(k: i32, v: i32): void {
  const a = load<i32>(vertex(v), VertexAt.EA)
  const b = load<i32>(vertex(v), VertexAt.EB)
  const q = k - 1
  // Most are there: a call costs more than a look.
  if (rowOf(k, a) < 0) ensure(k, a)
  if (rowOf(k, b) < 0) ensure(k, b)
  if (rowOf(q, a) < 0) ensure(q, a)
  if (rowOf(q, b) < 0) ensure(q, b)
  if (rowOf(q, v) < 0) ensure(q, v)
  inherit(v, a, b)
  addRow(k, v)
  markKnown(k, v)
  store<u8>(<usize>field(k, Level.FULL) + field(k, Level.ROWS) - 1, 1)
  const t = load<f64>(vertex(v), VertexAt.TAU)
  const s = 1 - t
  const n = field(k, Level.N)
  const z = numbersOf(k, v)
  const isFull = <usize>field(k, Level.FULL)
  const ofVertex = <usize>field(k, Level.ROW_OF)
  if (load<u8>(isFull + i4(ofVertex, a)) == 0) fill(k, a)
  if (load<u8>(isFull + i4(ofVertex, b)) == 0) fill(k, b)
  const za = numbersOf(k, a)
  const zb = numbersOf(k, b)
  const ss = f64x2.splat(s)
  const tt = f64x2.splat(t)
  const bytes = (<usize>n) << 3
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(z + i, f64x2.add(f64x2.mul(ss, v128.load(za + i)), f64x2.mul(tt, v128.load(zb + i))))
  const words = field(q, Level.WORDS)
  const bytesOfSigns = <usize>field(q, Level.SIGN_BYTES)
  const negative = (<usize>words) << 2
  const signs = <usize>field(q, Level.SIGN)
  const sa = signs + <usize>a * bytesOfSigns
  const sb = signs + <usize>b * bytesOfSigns
  const sv = signs + <usize>v * bytesOfSigns
  const slope = slopeOf(q)
  const columns = <usize>field(k, Level.COLUMNS)
  const isSparse = field(k, Level.IS_SPARSE)
  const known = <usize>field(q, Level.KNOWN)
  const knownWords = field(q, Level.KNOWN_WORDS)
  const rows = <usize>field(q, Level.ROW_OF)
  const pool = poolOf(q)
  const rowBytes = <usize>field(q, Level.ROW_BYTES)
  let count = 0
  for (let w: usize = 0; w < negative; w += 8) {
    const upA = load<i64>(sa + w)
    let bends = (upA & load<i64>(sb + negative + w)) | (load<i64>(sa + negative + w) & load<i64>(sb + w))
    if (bends == 0) continue
    const up = load<i64>(sv + w)
    while (bends != 0) {
      const bit = ctz(bends)
      bends &= bends - 1
      const j = (<i32>w << 3) + <i32>bit
      const isUpA = <i32>((upA >>> bit) & 1)
      const x =
        bent(valueIn(known, knownWords, rows, pool, rowBytes, v, j), <i32>((up >>> bit) & 1), slope) -
        s * bent(valueIn(known, knownWords, rows, pool, rowBytes, a, j), isUpA, slope) -
        t * bent(valueIn(known, knownWords, rows, pool, rowBytes, b, j), 1 - isUpA, slope)
      put4(ROWLIST, count, columnOf(columns, isSparse, n, j))
      put8(COEF, count++, x)
    }
  }
  addColumns(z, n, count, isSparse)
}

/** All numbers that units of a level choose by. */
function fill(k: i32, v: i32): void {
  const words = field(k, Level.KNOWN_WORDS)
  const known = <usize>field(k, Level.KNOWN) + ((<usize>(v * words)) << 2)
  for (let w = 0; w < words; w++) {
    const missing = ~i4(known, w)
    if (missing == 0) continue
    const end = min(32, field(k, Level.N) - (w << 5))
    for (let i = 0; i < end; i++) if ((missing >>> i) & 1) value(k, v, (w << 5) + i)
  }
}

/** Numbers that a step reads, `to` where they have to be made. The level's own row is at `own`. */
function read(kind: i32, level: i32, offset: i32, k: i32, v: i32, to: usize): usize {
  if (kind == Source.plain) {
    if (level == k) return rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + offset
    return full(level, v) + offset
  }
  ensure(level, v)
  fill(level, v)
  const p = numbersOf(level, v)
  if (kind == Source.sign) {
    decide(level, v)
    const up = <usize>field(level, Level.SIGN) + <usize>v * <usize>field(level, Level.SIGN_BYTES)
    const units = field(level, Level.UNITS)
    const slope = slopeOf(level)
    for (let j = 0; j < units; j++) put8(to, j, bent(f8(p, j), (i4(up, j >> 5) >>> (j & 31)) & 1, slope))
    return to
  }
  const units = field(level, Level.UNITS)
  const states = field(level, Level.STATES)
  let place = <usize>field(level, Level.PLACES)
  for (let u = 0; u < units; u++) {
    let best = -Infinity
    for (let c = 0; c < states; c++, place += 4) {
      const j = load<i32>(place)
      if (j >= 0) best = max(best, f8(p, j))
    }
    put8(to, u, best)
  }
  return to
}

/** The steps of a level at a vertex, each from what the ones before and other levels have made. */
function evaluate(k: i32, v: i32): void {
  const count = field(k, Level.STEP_COUNT)
  for (let i = 0; i < count; i++) {
    const step = <usize>field(k, Level.STEPS) + <usize>i * (4 * Step.COUNT)
    const op = i4(step, Step.OP)
    const size = i4(step, Step.SIZE)
    if (op == Op.form) {
      const to = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + i4(step, Step.TO)
      const form = <usize>i4(step, Step.COLUMNS)
      const x = load<f64>(vertex(v), VertexAt.S)
      const y = load<f64>(vertex(v), VertexAt.T)
      for (let j = 0; j < size; j++)
        put8(to, j, f8(form, j) * x + f8(form, size + j) * y + f8(form, 2 * size + j))
      continue
    }
    const a = read(i4(step, Step.A_KIND), i4(step, Step.A_LEVEL), i4(step, Step.A_OFFSET), k, v, SCRATCH)
    if (op == Op.affine) {
      const to = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + i4(step, Step.TO)
      const bias = <usize>i4(step, Step.BIAS)
      if (bias == 0) memory.fill(to, 0, (<usize>size) << 3)
      else memory.copy(to, bias, (<usize>size) << 3)
      const columns = <usize>i4(step, Step.COLUMNS)
      const inputs = i4(step, Step.A_SIZE)
      if (columns == 0) {
        for (let j = 0; j < inputs; j++) put8(to, j, f8(to, j) + f8(a, j))
        continue
      }
      const isSparse = i4(step, Step.IS_SPARSE)
      let count = 0
      for (let j = 0; j < inputs; j++) {
        const x = f8(a, j)
        put4(ROWLIST, count, columnOf(columns, isSparse, size, j))
        put8(COEF, count, x)
        count += i32(x != 0)
      }
      addColumns(to, size, count, isSparse)
      continue
    }
    if (op == Op.copy) {
      const to = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + i4(step, Step.TO)
      const given = i4(step, Step.A_SIZE)
      memory.copy(to, a, (<usize>given) << 3)
      memory.fill(to + ((<usize>given) << 3), 0, (<usize>(size - given)) << 3)
      continue
    }
    const b = read(i4(step, Step.B_KIND), i4(step, Step.B_LEVEL), i4(step, Step.B_OFFSET), k, v, SCRATCH2)
    // What was read first may have moved while the second was made.
    const again = read(i4(step, Step.A_KIND), i4(step, Step.A_LEVEL), i4(step, Step.A_OFFSET), k, v, SCRATCH)
    const to = rowPointer(k, i4(<usize>field(k, Level.ROW_OF), v)) + i4(step, Step.TO)
    const given = i4(step, Step.A_SIZE)
    for (let j = 0; j < given; j++) put8(to, j, f8(again, j) + f8(b, j))
    for (let j = given; j < size; j++) put8(to, j, 0)
  }
  markKnown(k, v)
  store<u8>(<usize>field(k, Level.FULL) + i4(<usize>field(k, Level.ROW_OF), v), 1)
}

/** The largest of each number over all rows: those that are not full lie between others. */
export function findSizes(k: i32): void {
  const sizes = <usize>field(k, Level.SIZES)
  const bytes = (<usize>field(k, Level.N)) << 3
  memory.fill(sizes, 0, bytes)
  const rows = field(k, Level.ROWS)
  const rowBytes = <usize>field(k, Level.ROW_BYTES)
  let p = poolOf(k)
  for (let row = 0; row < rows; row++, p += rowBytes) {
    if (load<u8>(<usize>field(k, Level.FULL) + row) == 0) continue
    for (let i: usize = 0; i < bytes; i += 16)
      v128.store(sizes + i, f64x2.max(v128.load(sizes + i), f64x2.abs(v128.load(p + i))))
  }
}

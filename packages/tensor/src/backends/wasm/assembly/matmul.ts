import { lanesSum, loadSplat, madd, zero } from './lanes'

/** Where the products pack their operands, 512 KB that hold no tensor: the first of the memory, a thread's own on other threads. */
export let scratch: usize = 0

// A tile of the product is 2 rows of 4 vectors (2 × 16 in float32, 2 × 8 in float64): 8 sums, 4 vectors of B and 1 of A fit
// the 16 registers. A block of A stays in the second-level cache, a panel of B in the first.
const ROWS: i32 = 2
const KC: i32 = 256
const MC: i32 = 128

// A block of B that is used for one block of A only is fetched into the second-level cache beforehand, so many rows at a time that it
// stays there. Rows that are too long would be read twice: 16 × 10 · 10 × 262144 took 1.1 times as long.
const RESIDENT: usize = 192 * 1024
const LONGEST_ROW: usize = 12 * 1024
// A B that the last-level cache has anyway is better left alone: 16 × 512 · 512 × 784, 1.6 MB, took 1.07 times as long.
const LARGE: usize = 4 * 1024 * 1024

/** Columns of a tile. */
// @ts-expect-error: decorator
@inline function width<T>(): i32 {
  return <i32>(64 / sizeof<T>())
}

/** Bytes of a packed panel of B. */
// @ts-expect-error: decorator
@inline function panelBytes<T>(): usize {
  return <usize>KC * 64
}

/**
 * Terms that are added up one after the other at most: a sum of more is one of blocks, one of more than {@link LONG} terms one of sums of
 * blocks. So no term meets a total of more than 2¹⁴ times its size before it is rounded away: of 10⁷ terms the error is below
 * (256 + 64 + 611) · ε/2, and 2²⁵ ones are 2²⁵. A block is as long as a panel; two rows that are read as they lie have four (two) sums side by side.
 */
const DOT_BYTES: usize = 4096
const LONG: i32 = 16384
/** Where a part of a product with more terms lies until it is added: behind what is packed and the pieces of factors. */
const PART_AT: usize = 352 * 1024
/** Rows and bytes of a row of such a part. */
const PART_ROWS: i32 = 128
const PART_BYTES: usize = 1024

/** c[2 × 4 vectors] (+)= Σ_k a[k, 0…1] · b[k, 0…4 vectors]; `a` advances by `aStep` bytes a step, `b` by `bStep`. */
function tile<T>(
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cStep: usize,
  accumulate: bool,
): void {
  const d = c + cStep
  let c0 = zero()
  let c1 = zero()
  let c2 = zero()
  let c3 = zero()
  let d0 = zero()
  let d1 = zero()
  let d2 = zero()
  let d3 = zero()
  while (k > 0) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    let x = loadSplat<T>(a)
    c0 = madd<T>(x, b0, c0)
    c1 = madd<T>(x, b1, c1)
    c2 = madd<T>(x, b2, c2)
    c3 = madd<T>(x, b3, c3)
    x = loadSplat<T>(a + aRow)
    d0 = madd<T>(x, b0, d0)
    d1 = madd<T>(x, b1, d1)
    d2 = madd<T>(x, b2, d2)
    d3 = madd<T>(x, b3, d3)
    a += aStep
    b += bStep
    k--
  }
  if (accumulate) {
    c0 = v128.add<T>(v128.load(c), c0)
    c1 = v128.add<T>(v128.load(c, 16), c1)
    c2 = v128.add<T>(v128.load(c, 32), c2)
    c3 = v128.add<T>(v128.load(c, 48), c3)
    d0 = v128.add<T>(v128.load(d), d0)
    d1 = v128.add<T>(v128.load(d, 16), d1)
    d2 = v128.add<T>(v128.load(d, 32), d2)
    d3 = v128.add<T>(v128.load(d, 48), d3)
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
  v128.store(c, c2, 32)
  v128.store(c, c3, 48)
  v128.store(d, d0)
  v128.store(d, d1, 16)
  v128.store(d, d2, 32)
  v128.store(d, d3, 48)
}

/** Writes a block of 16 bytes squared, its lines `step` bytes apart, turned over, 64 bytes apart. */
// @ts-expect-error: decorator
@inline function turn<T>(from: usize, step: usize, to: usize): void {
  const x0 = v128.load(from)
  const x1 = v128.load(from + step)
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<i64>(x0, x1, 0, 2))
    v128.store(to, v128.shuffle<i64>(x0, x1, 1, 3), 64)
    return
  }
  const x2 = v128.load(from + 2 * step)
  const x3 = v128.load(from + 3 * step)
  const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5)
  const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5)
  const high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7)
  const high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2))
  v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3), 64)
  v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2), 128)
  v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3), 192)
}

/**
 * Lays `count` lines of k elements side by side: to[k · lanes + j] = from(k, j), zero for count ≤ j < lanes. `kStep` and
 * `jStep` are the bytes between neighbours along k and j.
 */
function pack<T>(lanes: i32, count: i32, k: i32, from: usize, kStep: usize, jStep: usize, to: usize): void {
  if (count == lanes && jStep == sizeof<T>() && <usize>lanes * sizeof<T>() == 64) {
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(from))
      v128.store(to, v128.load(from, 16), 16)
      v128.store(to, v128.load(from, 32), 32)
      v128.store(to, v128.load(from, 48), 48)
      from += kStep
      to += 64
    }
    return
  }
  let i = 0
  if (count == lanes && kStep == sizeof<T>() && lanes == width<T>()) {
    // B stored transposed: square blocks are turned over in registers. 1024³: 65 → 58 ms.
    const side = <i32>(16 / sizeof<T>())
    for (; i + side <= k; i += side) {
      for (let j = 0; j < lanes; j += side) {
        turn<T>(from + <usize>j * jStep, jStep, to + <usize>j * sizeof<T>())
      }
      from += 16
      to += <usize>side * 64
    }
  }
  for (; i < k; i++) {
    let at = from
    for (let j = 0; j < count; j++) {
      store<T>(to, load<T>(at))
      to += sizeof<T>()
      at += jStep
    }
    for (let j = count; j < lanes; j++) {
      store<T>(to, <T>0)
      to += sizeof<T>()
    }
    from += kStep
  }
}

/** Copies `rows × columns` elements. */
function copyCorner<T>(rows: i32, columns: i32, from: usize, fromStep: usize, to: usize, toStep: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns * sizeof<T>(); j += sizeof<T>()) store<T>(to + j, load<T>(from + j))
    from += fromStep
    to += toStep
  }
}

/**
 * Reads every line of the cache that `rows` rows of `bytes` lie in, in their order, which the hardware sees through; panels go down
 * the rows, which it does not. Of 16 × 7840 · 7840 × 784 the product is 1.28 times as fast with it, of 64 × 5120 · 5120 × 512 1.13 (Zen 4).
 */
function fetch(from: usize, rows: i32, step: usize, bytes: usize, scrap: usize): void {
  let all: u32 = 0
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < bytes; at += 64) all |= load<u32>(from + at)
    from += step
  }
  store<u32>(scrap, all)
}

/**
 * c [m, n] = op(a) op(b), or c += op(a) op(b), up to {@link LONG} steps; a step of bytes along each axis of a and b says how they are
 * stored, `cStep` how far apart rows of c are. `whole` are the rows of the product that this is a part of: blocks, and so the bits, are theirs.
 */
function multiplyShort<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cStep: usize,
  add: bool,
  whole: i32,
): void {
  const panel = scratch
  const corner = panel + panelBytes<T>()
  const block = corner + 128
  const w = width<T>()
  const isReadOnce = whole <= MC && n > 0 && bColumn == sizeof<T>() && bRow <= LONGEST_ROW && <usize>k * bRow > LARGE
  const most = isReadOnce ? max(32, min(KC, <i32>(RESIDENT / bRow))) : KC
  // Blocks of one length: a short last one would load and store c for little (k = 784: +3 %).
  const blocks = max(1, (k + most - 1) / most)
  const even = (k + blocks - 1) / blocks
  for (let k0 = 0; k0 < k; k0 += even) {
    const kc = min(even, k - k0)
    const accumulate = add || k0 > 0
    if (isReadOnce) fetch(b + <usize>k0 * bRow, kc, bRow, <usize>n * sizeof<T>(), corner)
    for (let m0 = 0; m0 < m; m0 += MC) {
      const mc = min(MC, m - m0)
      const isPacked = mc > 32 || aColumn != sizeof<T>()
      const aBlock = a + <usize>m0 * aRow + <usize>k0 * aColumn
      if (isPacked) {
        for (let i = 0; i < mc; i += ROWS) {
          const to = block + <usize>(i * kc) * sizeof<T>()
          pack<T>(ROWS, min(ROWS, mc - i), kc, aBlock + <usize>i * aRow, aColumn, aRow, to)
        }
      }
      const aStep = isPacked ? ROWS * sizeof<T>() : sizeof<T>()
      for (let j = 0; j < n; j += w) {
        const columns = min(w, n - j)
        let bAt = b + <usize>k0 * bRow + <usize>j * bColumn
        let bStep = bRow
        // Few rows read B as it lies, unless its step puts a panel's lines into two sets of the first-level cache
        // (n = 512: 31 → 35 GFLOP/s).
        if (bColumn != sizeof<T>() || columns < w || mc > 32 || (mc > 8 && (bRow & 2047) == 0)) {
          pack<T>(w, columns, kc, bAt, bRow, bColumn, panel)
          bAt = panel
          bStep = 64
        }
        for (let i = 0; i < mc; i += ROWS) {
          const rows = min(ROWS, mc - i)
          const aAt = isPacked ? block + <usize>(i * kc) * sizeof<T>() : aBlock + <usize>i * aRow
          // A last single row is taken twice, and the second result left.
          const next = isPacked ? sizeof<T>() : rows == ROWS ? aRow : 0
          const cAt = c + <usize>(m0 + i) * cStep + <usize>j * sizeof<T>()
          if (rows == ROWS && columns == w) tile<T>(kc, aAt, next, aStep, bAt, bStep, cAt, cStep, accumulate)
          else {
            if (accumulate) copyCorner<T>(rows, columns, cAt, cStep, corner, 64)
            tile<T>(kc, aAt, next, aStep, bAt, bStep, corner, 64, accumulate)
            copyCorner<T>(rows, columns, corner, 64, cAt, cStep)
          }
        }
      }
    }
  }
  if (k == 0 && !add) {
    for (let i = 0; i < m; i++) memory.fill(c + <usize>i * cStep, 0, <usize>n * sizeof<T>())
  }
}

/** One sum of products along k of two rows. */
// @ts-expect-error: decorator
@inline function dot<T>(k: usize, a: usize, b: usize): T {
  let total: T = 0
  let from: usize = 0
  do {
    const last = min(k, from + DOT_BYTES)
    let sums = zero()
    let at = from
    for (; at + 16 <= last; at += 16) sums = madd<T>(v128.load(a + at), v128.load(b + at), sums)
    let part = lanesSum<T>(sums)
    for (; at < last; at += sizeof<T>()) part += load<T>(a + at) * load<T>(b + at)
    total = from == 0 ? part : total + part
    from = last
  } while (from < k)
  return total
}

/** to = value, or to += value. */
// @ts-expect-error: decorator
@inline function put<T>(to: usize, value: T, accumulate: bool): void {
  store<T>(to, accumulate ? load<T>(to) + value : value)
}

/** c[2 × 4] (+)= a[2, k] · b[4, k]ᵀ: rows of both, `step` bytes apart, are read as they lie. */
// @ts-expect-error: decorator
@inline function dots<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize, accumulate: bool): void {
  const a1 = a + step
  const b1 = b + step
  const b2 = b1 + step
  const b3 = b2 + step
  let c0 = zero()
  let c1 = zero()
  let c2 = zero()
  let c3 = zero()
  let d0 = zero()
  let d1 = zero()
  let d2 = zero()
  let d3 = zero()
  let at: usize = 0
  for (; at + 16 <= k; at += 16) {
    const x0 = v128.load(a + at)
    const x1 = v128.load(a1 + at)
    let y = v128.load(b + at)
    c0 = madd<T>(x0, y, c0)
    d0 = madd<T>(x1, y, d0)
    y = v128.load(b1 + at)
    c1 = madd<T>(x0, y, c1)
    d1 = madd<T>(x1, y, d1)
    y = v128.load(b2 + at)
    c2 = madd<T>(x0, y, c2)
    d2 = madd<T>(x1, y, d2)
    y = v128.load(b3 + at)
    c3 = madd<T>(x0, y, c3)
    d3 = madd<T>(x1, y, d3)
  }
  let s0 = lanesSum<T>(c0)
  let s1 = lanesSum<T>(c1)
  let s2 = lanesSum<T>(c2)
  let s3 = lanesSum<T>(c3)
  let t0 = lanesSum<T>(d0)
  let t1 = lanesSum<T>(d1)
  let t2 = lanesSum<T>(d2)
  let t3 = lanesSum<T>(d3)
  for (; at < k; at += sizeof<T>()) {
    const x0 = load<T>(a + at)
    const x1 = load<T>(a1 + at)
    const y0 = load<T>(b + at)
    const y1 = load<T>(b1 + at)
    const y2 = load<T>(b2 + at)
    const y3 = load<T>(b3 + at)
    s0 += x0 * y0
    s1 += x0 * y1
    s2 += x0 * y2
    s3 += x0 * y3
    t0 += x1 * y0
    t1 += x1 * y1
    t2 += x1 * y2
    t3 += x1 * y3
  }
  put<T>(c, s0, accumulate)
  put<T>(c + sizeof<T>(), s1, accumulate)
  put<T>(c + 2 * sizeof<T>(), s2, accumulate)
  put<T>(c + 3 * sizeof<T>(), s3, accumulate)
  c += cStep
  put<T>(c, t0, accumulate)
  put<T>(c + sizeof<T>(), t1, accumulate)
  put<T>(c + 2 * sizeof<T>(), t2, accumulate)
  put<T>(c + 3 * sizeof<T>(), t3, accumulate)
}

function dotTile<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  dots<T>(k, a, b, step, c, cStep, false)
}

function addDotTile<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  dots<T>(k, a, b, step, c, cStep, true)
}

/** c [m, n] = a [m, k] · b [n, k]ᵀ without packing, up to {@link LONG} steps: b is read once, row by row; `step` bytes between rows of both. */
function dotsShort<T>(m: i32, n: i32, k: i32, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  const bytes = <usize>k * sizeof<T>()
  let j = 0
  for (; j + 4 <= n; j += 4) {
    const bAt = b + <usize>j * step
    const cAt = c + <usize>j * sizeof<T>()
    let i = 0
    for (; i + 2 <= m; i += 2) {
      const aAt = a + <usize>i * step
      const to = cAt + <usize>i * cStep
      dotTile<T>(min(bytes, DOT_BYTES), aAt, bAt, step, to, cStep)
      for (let at = DOT_BYTES; at < bytes; at += DOT_BYTES)
        addDotTile<T>(min(bytes - at, DOT_BYTES), aAt + at, bAt + at, step, to, cStep)
    }
    for (; i < m; i++) {
      for (let q: usize = 0; q < 4; q++) {
        store<T>(cAt + <usize>i * cStep + q * sizeof<T>(), dot<T>(bytes, a + <usize>i * step, bAt + q * step))
      }
    }
  }
  for (; j < n; j++) {
    for (let i = 0; i < m; i++) {
      store<T>(
        c + <usize>i * cStep + <usize>j * sizeof<T>(),
        dot<T>(bytes, a + <usize>i * step, b + <usize>j * step),
      )
    }
  }
}

/** c [rows, columns] += part, whose rows follow each other. */
function addPart<T>(rows: i32, columns: i32, part: usize, c: usize, cStep: usize): void {
  for (let i = 0; i < rows; i++, c += cStep) {
    for (let j: usize = 0; j < <usize>columns * sizeof<T>(); j += sizeof<T>(), part += sizeof<T>())
      store<T>(c + j, load<T>(c + j) + load<T>(part))
  }
}

/** c [m, n] (+)= op(a) op(b) of more than {@link LONG} steps, as {@link multiplyShort} says; by {@link dotsShort} where `isDots`. */
function multiplyLong<T>(
  isDots: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cStep: usize,
  add: bool,
  whole: i32,
): void {
  const wide = <i32>(PART_BYTES / sizeof<T>())
  for (let i = 0; i < m; i += PART_ROWS) {
    const rows = min(PART_ROWS, m - i)
    for (let j = 0; j < n; j += wide) {
      const columns = min(wide, n - j)
      const to = c + <usize>i * cStep + <usize>j * sizeof<T>()
      for (let from = 0; from < k; from += LONG) {
        const steps = min(LONG, k - from)
        const aAt = a + <usize>i * aRow + <usize>from * aColumn
        const bAt = b + <usize>from * bRow + <usize>j * bColumn
        const isFirst = from == 0 && !add
        const at = isFirst ? to : scratch + PART_AT
        const atStep = isFirst ? cStep : <usize>columns * sizeof<T>()
        if (isDots) dotsShort<T>(rows, columns, steps, aAt, bAt, aRow, at, atStep)
        else multiplyShort<T>(rows, columns, steps, aAt, aRow, aColumn, bAt, bRow, bColumn, at, atStep, false, whole)
        if (!isFirst) addPart<T>(rows, columns, scratch + PART_AT, to, cStep)
      }
    }
  }
}

/** c [m, n] (+)= op(a) op(b) of any length, as {@link multiplyShort} says. */
// @ts-expect-error: decorator
@inline export function multiply<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cStep: usize,
  add: bool,
  whole: i32,
): void {
  if (k <= LONG) multiplyShort<T>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cStep, add, whole)
  else multiplyLong<T>(false, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cStep, add, whole)
}

/** Rows from `row` to `lastRow` and columns from `column` to `lastColumn` of c [m, n]; what an element is does not depend on them. */
export function matmul<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  transposeA: bool,
  b: usize,
  transposeB: bool,
  c: usize,
  row: i32,
  lastRow: i32,
  column: i32,
  lastColumn: i32,
): void {
  const element = sizeof<T>()
  const aRow = transposeA ? element : <usize>k * element
  const aColumn = transposeA ? <usize>m * element : element
  const bRow = transposeB ? element : <usize>n * element
  const bColumn = transposeB ? <usize>k * element : element
  const cStep = <usize>n * element
  const rows = lastRow - row
  const columns = lastColumn - column
  const aAt = a + <usize>row * aRow
  const bAt = b + <usize>column * bColumn
  const cAt = c + <usize>row * cStep + <usize>column * element
  const isDots = transposeB && !transposeA && m < 32
  if (isDots && k <= LONG) dotsShort<T>(rows, columns, k, aAt, bAt, aRow, cAt, cStep)
  else if (isDots) multiplyLong<T>(true, rows, columns, k, aAt, aRow, aColumn, bAt, bRow, bColumn, cAt, cStep, false, m)
  else multiply<T>(rows, columns, k, aAt, aRow, aColumn, bAt, bRow, bColumn, cAt, cStep, false, m)
}

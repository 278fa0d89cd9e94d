import { copyCorner, fetch, pack } from './packing'
import { scratch } from './scratch'
import { ROWS, tile, width } from './tile'

// A block of A, 128 rows of 256 terms, stays in the second-level cache, a panel of B, 256 terms of a tile's columns, in the first.
const KC: i32 = 256

// codes
export enum Blocking {
  /** Rows whose left sides are packed together. */
  rows = 128,
  /** Up to so many rows the left side is read as it lies where its rows lie one after the other. */
  unpackedRows = 32,
  /** A multiple of the columns that are computed together, in either dtype. */
  columns = 16,
}

// A block of B that is used for one block of A only is fetched into the second-level cache beforehand, so many rows at a time that it
// stays there. Rows that are too long would be read twice: 16 × 10 · 10 × 262144 took 1.1 times as long.
const RESIDENT: usize = 192 * 1024
const LONGEST_ROW: usize = 12 * 1024
// Only a B above 4 MB is fetched: a smaller one is in the last-level cache. With it 16 × 512 · 512 × 784, 1.6 MB, took 1.07 times as long.
const LARGE: usize = 4 * 1024 * 1024

/** Bytes of a packed panel of B. */
@inline function panelBytes<T>(): usize {
  return <usize>KC * 64
}

/**
 * c [m, n] = op(a) op(b), or c += op(a) op(b), up to `LONG` steps; a step of bytes along each axis of a and b says how they are
 * stored, `cStep` how far apart rows of c are. `whole` are the rows of the product that this is a part of: blocks, and so the bits, are theirs.
 */
export function multiplyShort<T>(
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
  const isReadOnce = whole <= Blocking.rows && n > 0 && bColumn == sizeof<T>() && bRow <= LONGEST_ROW && <usize>k * bRow > LARGE
  const most = isReadOnce ? max(32, min(KC, <i32>(RESIDENT / bRow))) : KC
  // Blocks of one length: a short last one would load and store c for little (k = 784: +3 %).
  const blocks = max(1, (k + most - 1) / most)
  const even = (k + blocks - 1) / blocks
  for (let k0 = 0; k0 < k; k0 += even) {
    const kc = min(even, k - k0)
    const accumulate = add || k0 > 0
    if (isReadOnce) fetch(b + <usize>k0 * bRow, kc, bRow, <usize>n * sizeof<T>(), corner)
    for (let m0 = 0; m0 < m; m0 += Blocking.rows) {
      const mc = min(Blocking.rows, m - m0)
      const isPacked = mc > Blocking.unpackedRows || aColumn != sizeof<T>()
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
        if (bColumn != sizeof<T>() || columns < w || mc > Blocking.unpackedRows || (mc > 8 && (bRow & 2047) == 0)) {
          pack<T>(w, columns, kc, bAt, bRow, bColumn, panel)
          bAt = panel
          bStep = 64
        }
        for (let i = 0; i < mc; i += ROWS) {
          const rows = min(ROWS, mc - i)
          const aAt = isPacked ? block + <usize>(i * kc) * sizeof<T>() : aBlock + <usize>i * aRow
          // A single last row is multiplied twice, and the second result not used.
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

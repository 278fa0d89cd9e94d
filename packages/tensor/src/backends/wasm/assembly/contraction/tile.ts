import { loadSplat, madd, zero } from '../lanes'

// A tile of the product is 2 rows of 4 vectors (2 × 16 in float32, 2 × 8 in float64): 8 sums, 4 vectors of B and 1 of A fit
// the 16 registers.

/** Rows of a tile. */
export const ROWS: i32 = 2

/** Columns of a tile. */
@inline export function width<T>(): i32 {
  return <i32>(64 / sizeof<T>())
}

/** c[2 × 4 vectors] (+)= Σ_k a[k, 0…1] · b[k, 0…4 vectors]; `a` advances by `aStep` bytes a step, `b` by `bStep`. */
export function tile<T>(
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

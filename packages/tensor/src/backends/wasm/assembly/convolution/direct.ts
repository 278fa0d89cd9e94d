import { loadSplat, madd, size, zero } from '../lanes'

/**
 * c[1 or 2 rows × 4 vectors] (+)= weights · windows that are read as they lie: vector v of term k at `s`v plus tap k. Packing a panel takes two
 * thirds of what a single tile of it does: 16 × 28 × 28 to one channel is 2.1 times as fast without.
 */
@inline function rows<T>(isPair: bool, k: i32, a: usize, tap: usize, s0: usize, s1: usize, s2: usize, s3: usize, c: usize, cStep: usize, accumulate: bool): void {
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
    const at = <usize>load<u32>(tap)
    const b0 = v128.load(s0 + at)
    const b1 = v128.load(s1 + at)
    const b2 = v128.load(s2 + at)
    const b3 = v128.load(s3 + at)
    let x = loadSplat<T>(a)
    c0 = madd<T>(x, b0, c0)
    c1 = madd<T>(x, b1, c1)
    c2 = madd<T>(x, b2, c2)
    c3 = madd<T>(x, b3, c3)
    if (isPair) {
      x = loadSplat<T>(a + size<T>())
      d0 = madd<T>(x, b0, d0)
      d1 = madd<T>(x, b1, d1)
      d2 = madd<T>(x, b2, d2)
      d3 = madd<T>(x, b3, d3)
    }
    a += 2 * size<T>()
    tap += 4
    k--
  }
  if (accumulate) {
    c0 = v128.add<T>(v128.load(c), c0)
    c1 = v128.add<T>(v128.load(c, 16), c1)
    c2 = v128.add<T>(v128.load(c, 32), c2)
    c3 = v128.add<T>(v128.load(c, 48), c3)
  }
  v128.store(c, c0)
  v128.store(c, c1, 16)
  v128.store(c, c2, 32)
  v128.store(c, c3, 48)
  if (!isPair) return
  if (accumulate) {
    d0 = v128.add<T>(v128.load(d), d0)
    d1 = v128.add<T>(v128.load(d, 16), d1)
    d2 = v128.add<T>(v128.load(d, 32), d2)
    d3 = v128.add<T>(v128.load(d, 48), d3)
  }
  v128.store(d, d0)
  v128.store(d, d1, 16)
  v128.store(d, d2, 32)
  v128.store(d, d3, 48)
}

/** One row. */
export function directRow<T>(k: i32, a: usize, tap: usize, s0: usize, s1: usize, s2: usize, s3: usize, c: usize, accumulate: bool): void {
  rows<T>(false, k, a, tap, s0, s1, s2, s3, c, 0, accumulate)
}

/** Two rows. */
export function directPair<T>(k: i32, a: usize, tap: usize, s0: usize, s1: usize, s2: usize, s3: usize, c: usize, cStep: usize, accumulate: bool): void {
  rows<T>(true, k, a, tap, s0, s1, s2, s3, c, cStep, accumulate)
}

import { Coefficients } from './workspace'

// The logarithm of src/elementary/logarithm.ts, of many numbers at a time, in three steps.

/** The mantissas of positive normal numbers, in [1, 2). */
@inline function mantissas(p: v128): v128 {
  return v128.or(v128.and(p, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1))
}

@inline function isHalved(mantissa: v128): v128 {
  return f64x2.gt(mantissa, f64x2.splat(1.4142135623730951))
}

/** s = (m − 1) / (m + 1) and z = s² of `count` numbers p, a multiple of 2, with the mantissa m in (√½, √2]. */
export function reduce(count: i32, p: usize, s: usize, z: usize): void {
  for (let end = p + (<usize>count << 3); p < end; p += 16, s += 16, z += 16) {
    const whole = mantissas(v128.load(p))
    const m = v128.bitselect(f64x2.mul(whole, f64x2.splat(0.5)), whole, isHalved(whole))
    const ratio = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)))
    v128.store(s, ratio)
    v128.store(z, f64x2.mul(ratio, ratio))
  }
}

/** The series of the logarithm in the place of `count` numbers z, a multiple of 8. */
export function series(count: i32, z: usize, workspace: usize): void {
  for (let end = z + (<usize>count << 3); z < end; z += 64) {
    const p = v128.load(z)
    const q = v128.load(z, 16)
    const r = v128.load(z, 32)
    const s = v128.load(z, 48)
    let coefficient = v128.load64_splat(workspace, Coefficients.series)
    let sumP = f64x2.mul(p, coefficient)
    let sumQ = f64x2.mul(q, coefficient)
    let sumR = f64x2.mul(r, coefficient)
    let sumS = f64x2.mul(s, coefficient)
    for (let at = workspace + Coefficients.series + 8; at < workspace + Coefficients.end; at += 8) {
      coefficient = v128.load64_splat(at)
      sumP = f64x2.mul(p, f64x2.add(coefficient, sumP))
      sumQ = f64x2.mul(q, f64x2.add(coefficient, sumQ))
      sumR = f64x2.mul(r, f64x2.add(coefficient, sumR))
      sumS = f64x2.mul(s, f64x2.add(coefficient, sumS))
    }
    v128.store(z, sumP)
    v128.store(z, sumQ, 16)
    v128.store(z, sumR, 32)
    v128.store(z, sumS, 48)
  }
}

/** r = √(−log p) in the place of `count` numbers p, a multiple of 2, and r − 1.6 in that of their series. */
export function roots(count: i32, p: usize, s: usize, sums: usize): void {
  for (let end = p + (<usize>count << 3); p < end; p += 16, s += 16, sums += 16) {
    const value = v128.load(p)
    const ratio = v128.load(s)
    const high = i64x2.shr_u(value, 52)
    const biased = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(high, high, 0, 2, 0, 2))
    const whole = f64x2.sub(biased, f64x2.splat(1023))
    const exponent = f64x2.add(whole, v128.and(isHalved(mantissas(value)), f64x2.splat(1)))
    const low = f64x2.mul(exponent, f64x2.splat(1.9082149292705877e-10))
    const sum = f64x2.add(f64x2.mul(f64x2.splat(2), ratio), f64x2.add(f64x2.mul(ratio, v128.load(sums)), low))
    const logarithm = f64x2.add(f64x2.mul(exponent, f64x2.splat(0.6931471803691238)), sum)
    const r = f64x2.sqrt(f64x2.neg(logarithm))
    v128.store(p, r)
    v128.store(sums, f64x2.sub(r, f64x2.splat(1.6)))
  }
}

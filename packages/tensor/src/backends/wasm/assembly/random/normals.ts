import { reduce, roots, series } from './logarithm'
import { ARGUMENTS, Coefficients, FAR, RATIOS, ROOTS, SIGNS, TAILS } from './workspace'

// Normals by the inverse of their distribution, as src/random/inverse-normal.ts has it.

/** p − ½ of two draws: an odd multiple of 2⁻⁵³. */
@inline function centred(words: v128): v128 {
  const upper = v128.and(i64x2.shl(words, 20), i64x2.splat(0x000ffffffc000000))
  const bits = v128.or(v128.or(upper, i64x2.shr_u(words, 38)), f64x2.splat(1))
  return f64x2.add(f64x2.sub(bits, f64x2.splat(1.5)), f64x2.splat(1.1102230246251565e-16))
}

@inline function isTail(q: v128): v128 {
  return f64x2.gt(f64x2.abs(q), f64x2.splat(0.425))
}

/** In the place of `count` factors, a multiple of 8, their products with a rational function of as many x. */
function timesRationals(count: i32, factors: usize, x: usize, coefficients: usize): void {
  for (let end = x + (<usize>count << 3); x < end; x += 64, factors += 64) {
    const p = v128.load(x)
    const q = v128.load(x, 16)
    const r = v128.load(x, 32)
    const s = v128.load(x, 48)
    let over = v128.load64_splat(coefficients)
    let under = v128.load64_splat(coefficients, 8)
    let overP = over
    let overQ = over
    let overR = over
    let overS = over
    let underP = under
    let underQ = under
    let underR = under
    let underS = under
    for (let at = coefficients + 16; at < coefficients + 128; at += 16) {
      over = v128.load64_splat(at)
      under = v128.load64_splat(at, 8)
      overP = f64x2.add(f64x2.mul(overP, p), over)
      underP = f64x2.add(f64x2.mul(underP, p), under)
      overQ = f64x2.add(f64x2.mul(overQ, q), over)
      underQ = f64x2.add(f64x2.mul(underQ, q), under)
      overR = f64x2.add(f64x2.mul(overR, r), over)
      underR = f64x2.add(f64x2.mul(underR, r), under)
      overS = f64x2.add(f64x2.mul(overS, s), over)
      underS = f64x2.add(f64x2.mul(underS, s), under)
    }
    v128.store(factors, f64x2.mul(v128.load(factors), f64x2.div(overP, underP)))
    v128.store(factors, f64x2.mul(v128.load(factors, 16), f64x2.div(overQ, underQ)), 16)
    v128.store(factors, f64x2.mul(v128.load(factors, 32), f64x2.div(overR, underR)), 32)
    v128.store(factors, f64x2.mul(v128.load(factors, 48), f64x2.div(overS, underS)), 48)
  }
}

/** The normal of one draw far out, once in 4e10 draws. */
function farNormal(sign: f64, r: f64, workspace: usize): f64 {
  store<f64>(workspace + FAR, sign)
  store<f64>(workspace + FAR + 64, r - 5)
  timesRationals(8, workspace + FAR, workspace + FAR + 64, workspace + Coefficients.farTail)
  return load<f64>(workspace + FAR)
}

/** Puts the normals of the tails, by their p and signs, at the addresses listed up to `end`. */
function placeTails(end: usize, workspace: usize): void {
  const tails = workspace + TAILS
  const count = (<i32>(end - tails + 28) >> 5) << 3
  const p = workspace + ROOTS
  for (let rest = p + ((end - tails) << 1); rest < p + (<usize>count << 3); rest += 8) store<f64>(rest, 0.05)
  reduce(count, p, workspace + RATIOS, workspace + ARGUMENTS)
  series(count, workspace + ARGUMENTS, workspace)
  roots(count, p, workspace + RATIOS, workspace + ARGUMENTS)
  timesRationals(count, workspace + SIGNS, workspace + ARGUMENTS, workspace + Coefficients.tail)
  for (let tail = tails, at: usize = 0; tail < end; tail += 4, at += 8) {
    const r = load<f64>(p + at)
    const z = load<f64>(workspace + SIGNS + at)
    store<f64>(<usize>load<i32>(tail), r > 5 ? farNormal(copysign<f64>(1, z), r, workspace) : z)
  }
}

/**
 * In the place of the words of `count` draws, a multiple of 8 up to CHUNK, their normals: all as if they were central, and then the 15 %
 * that are not, together.
 */
export function normals(count: i32, words: usize, workspace: usize): void {
  let end = workspace + TAILS
  let p = workspace + ROOTS
  for (let first = 0; first < count; first += 64) {
    const last = min(count - first, 64)
    const from = words + (<usize>first << 3)
    const x = workspace + ARGUMENTS + (<usize>first << 3)
    let mask: u64 = 0
    for (let i = 0; i < last; i += 4) {
      const at = <usize>i << 3
      const a = centred(v128.load(from + at))
      const b = centred(v128.load(from + at, 16))
      v128.store(from + at, a)
      v128.store(from + at, b, 16)
      v128.store(x + at, f64x2.sub(f64x2.splat(0.180625), f64x2.mul(a, a)))
      v128.store(x + at, f64x2.sub(f64x2.splat(0.180625), f64x2.mul(b, b)), 16)
      mask |= <u64>i32x4.bitmask(v128.shuffle<i32>(isTail(a), isTail(b), 0, 2, 4, 6)) << i
    }
    for (; mask != 0; mask &= mask - 1, end += 4, p += 8) {
      const at = from + (<usize>ctz<u64>(mask) << 3)
      const q = load<f64>(at)
      store<i32>(end, <i32>at)
      store<f64>(p, 0.5 - abs<f64>(q))
      store<f64>(p, copysign<f64>(1, q), SIGNS - ROOTS)
    }
  }
  timesRationals(count, words, workspace + ARGUMENTS, workspace + Coefficients.centre)
  placeTails(end, workspace)
}

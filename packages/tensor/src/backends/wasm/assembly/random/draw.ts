// Random numbers with the bits of src/random, whose files say what is drawn and why: the same operations in the same order, none of
// them fused, several draws at a time.

/** Draws that exist as words at a time, 4 KB: all that is at work stays in the first-level cache. */
const CHUNK: i32 = 512

// Where things lie in the workspace, in bytes. The coefficients come from src/random too: of the three rational functions, highest
// first, above and below by turns; then of the series of the logarithm, highest first.
const CENTRE: usize = 0
const TAIL: usize = 128
const FAR_TAIL: usize = 256
const SERIES: usize = 384
const SERIES_END: usize = 472
const KEY: usize = 480
const WORDS: usize = 528
const ARGUMENTS: usize = WORDS + 8 * CHUNK
const ROOTS: usize = ARGUMENTS + 8 * CHUNK
const SIGNS: usize = ROOTS + 8 * CHUNK
const RATIOS: usize = SIGNS + 8 * CHUNK
const TAILS: usize = RATIOS + 8 * CHUNK
const FAR: usize = TAILS + 4 * CHUNK
const WORKSPACE: usize = FAR + 128

/** Bytes that draws need beside their output, the coefficients first. */
export function drawWorkspace(): usize {
  return WORKSPACE
}

@inline function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by))
}

/** The words of four counters, as four blocks. */
@inline function storeBlocks(x0: v128, x1: v128, x2: v128, x3: v128, out: usize): void {
  const a = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5)
  const b = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5)
  const c = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7)
  const d = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<i64>(a, b, 0, 2))
  v128.store(out, v128.shuffle<i64>(a, b, 1, 3), 16)
  v128.store(out, v128.shuffle<i64>(c, d, 0, 2), 32)
  v128.store(out, v128.shuffle<i64>(c, d, 1, 3), 48)
}

/** Where the key schedule walks: the five words, and four of them again. */
function storeKey(key0: i32, key1: i32, key2: i32, key3: i32, at: usize): void {
  store<i32>(at, key0)
  store<i32>(at, key1, 4)
  store<i32>(at, key2, 8)
  store<i32>(at, key3, 12)
  store<i32>(at, 0x1bd11bda ^ key0 ^ key1 ^ key2 ^ key3, 16)
  memory.copy(at + 20, at, 16)
}

/**
 * Two words for each of `count` draws, a multiple of 16, from an even number on: Threefry of eight counters at a time, which takes 2.4 ns
 * a draw, and of four 3.0.
 */
function encrypt(schedule: usize, kind: i32, from: i32, count: i32, out: usize): void {
  let counter = i32x4.add(i32x4.splat(from >> 1), i32x4(0, 1, 2, 3))
  for (let end = out + (<usize>count << 3); out < end; out += 128) {
    let word = v128.load32_splat(schedule)
    let x0 = i32x4.add(counter, word)
    counter = i32x4.add(counter, i32x4.splat(4))
    let y0 = i32x4.add(counter, word)
    counter = i32x4.add(counter, i32x4.splat(4))
    let x1 = v128.load32_splat(schedule, 4)
    let y1 = x1
    let x2 = i32x4.add(v128.load32_splat(schedule, 8), i32x4.splat(kind))
    let y2 = x2
    let x3 = v128.load32_splat(schedule, 12)
    let y3 = x3
    let key = schedule + 4
    for (let injection = 1; ; injection += 2, key += 8) {
      x0 = i32x4.add(x0, x1)
      y0 = i32x4.add(y0, y1)
      x1 = v128.xor(rotate(x1, 10), x0)
      y1 = v128.xor(rotate(y1, 10), y0)
      x2 = i32x4.add(x2, x3)
      y2 = i32x4.add(y2, y3)
      x3 = v128.xor(rotate(x3, 26), x2)
      y3 = v128.xor(rotate(y3, 26), y2)
      x0 = i32x4.add(x0, x3)
      y0 = i32x4.add(y0, y3)
      x3 = v128.xor(rotate(x3, 11), x0)
      y3 = v128.xor(rotate(y3, 11), y0)
      x2 = i32x4.add(x2, x1)
      y2 = i32x4.add(y2, y1)
      x1 = v128.xor(rotate(x1, 21), x2)
      y1 = v128.xor(rotate(y1, 21), y2)
      x0 = i32x4.add(x0, x1)
      y0 = i32x4.add(y0, y1)
      x1 = v128.xor(rotate(x1, 13), x0)
      y1 = v128.xor(rotate(y1, 13), y0)
      x2 = i32x4.add(x2, x3)
      y2 = i32x4.add(y2, y3)
      x3 = v128.xor(rotate(x3, 27), x2)
      y3 = v128.xor(rotate(y3, 27), y2)
      x0 = i32x4.add(x0, x3)
      y0 = i32x4.add(y0, y3)
      x3 = v128.xor(rotate(x3, 23), x0)
      y3 = v128.xor(rotate(y3, 23), y0)
      x2 = i32x4.add(x2, x1)
      y2 = i32x4.add(y2, y1)
      x1 = v128.xor(rotate(x1, 5), x2)
      y1 = v128.xor(rotate(y1, 5), y2)
      word = v128.load32_splat(key, 0)
      x0 = i32x4.add(x0, word)
      y0 = i32x4.add(y0, word)
      word = v128.load32_splat(key, 4)
      x1 = i32x4.add(x1, word)
      y1 = i32x4.add(y1, word)
      word = v128.load32_splat(key, 8)
      x2 = i32x4.add(x2, word)
      y2 = i32x4.add(y2, word)
      word = i32x4.add(v128.load32_splat(key, 12), i32x4.splat(injection))
      x3 = i32x4.add(x3, word)
      y3 = i32x4.add(y3, word)
      if (injection == 5) break
      x0 = i32x4.add(x0, x1)
      y0 = i32x4.add(y0, y1)
      x1 = v128.xor(rotate(x1, 6), x0)
      y1 = v128.xor(rotate(y1, 6), y0)
      x2 = i32x4.add(x2, x3)
      y2 = i32x4.add(y2, y3)
      x3 = v128.xor(rotate(x3, 20), x2)
      y3 = v128.xor(rotate(y3, 20), y2)
      x0 = i32x4.add(x0, x3)
      y0 = i32x4.add(y0, y3)
      x3 = v128.xor(rotate(x3, 17), x0)
      y3 = v128.xor(rotate(y3, 17), y0)
      x2 = i32x4.add(x2, x1)
      y2 = i32x4.add(y2, y1)
      x1 = v128.xor(rotate(x1, 11), x2)
      y1 = v128.xor(rotate(y1, 11), y2)
      x0 = i32x4.add(x0, x1)
      y0 = i32x4.add(y0, y1)
      x1 = v128.xor(rotate(x1, 25), x0)
      y1 = v128.xor(rotate(y1, 25), y0)
      x2 = i32x4.add(x2, x3)
      y2 = i32x4.add(y2, y3)
      x3 = v128.xor(rotate(x3, 10), x2)
      y3 = v128.xor(rotate(y3, 10), y2)
      x0 = i32x4.add(x0, x3)
      y0 = i32x4.add(y0, y3)
      x3 = v128.xor(rotate(x3, 18), x0)
      y3 = v128.xor(rotate(y3, 18), y0)
      x2 = i32x4.add(x2, x1)
      y2 = i32x4.add(y2, y1)
      x1 = v128.xor(rotate(x1, 20), x2)
      y1 = v128.xor(rotate(y1, 20), y2)
      word = v128.load32_splat(key, 4)
      x0 = i32x4.add(x0, word)
      y0 = i32x4.add(y0, word)
      word = v128.load32_splat(key, 8)
      x1 = i32x4.add(x1, word)
      y1 = i32x4.add(y1, word)
      word = v128.load32_splat(key, 12)
      x2 = i32x4.add(x2, word)
      y2 = i32x4.add(y2, word)
      word = i32x4.add(v128.load32_splat(key, 16), i32x4.splat(injection + 1))
      x3 = i32x4.add(x3, word)
      y3 = i32x4.add(y3, word)
    }
    storeBlocks(x0, x1, x2, x3, out)
    storeBlocks(y0, y1, y2, y3, out + 64)
  }
}

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

/** The mantissas of positive normal numbers, in [1, 2). */
@inline function mantissas(p: v128): v128 {
  return v128.or(v128.and(p, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1))
}

@inline function isHalved(mantissa: v128): v128 {
  return f64x2.gt(mantissa, f64x2.splat(1.4142135623730951))
}

/** s = (m − 1) / (m + 1) and z = s² of `count` numbers p, a multiple of 2, with the mantissa m in (√½, √2]. */
function reduce(count: i32, p: usize, s: usize, z: usize): void {
  for (let end = p + (<usize>count << 3); p < end; p += 16, s += 16, z += 16) {
    const whole = mantissas(v128.load(p))
    const m = v128.bitselect(f64x2.mul(whole, f64x2.splat(0.5)), whole, isHalved(whole))
    const ratio = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)))
    v128.store(s, ratio)
    v128.store(z, f64x2.mul(ratio, ratio))
  }
}

/** The series of the logarithm in the place of `count` numbers z, a multiple of 8. */
function series(count: i32, z: usize, workspace: usize): void {
  for (let end = z + (<usize>count << 3); z < end; z += 64) {
    const p = v128.load(z)
    const q = v128.load(z, 16)
    const r = v128.load(z, 32)
    const s = v128.load(z, 48)
    let coefficient = v128.load64_splat(workspace, SERIES)
    let sumP = f64x2.mul(p, coefficient)
    let sumQ = f64x2.mul(q, coefficient)
    let sumR = f64x2.mul(r, coefficient)
    let sumS = f64x2.mul(s, coefficient)
    for (let at = workspace + SERIES + 8; at < workspace + SERIES_END; at += 8) {
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
function roots(count: i32, p: usize, s: usize, sums: usize): void {
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

/** The normal of one draw far out, once in 4e10 draws. */
function farNormal(sign: f64, r: f64, workspace: usize): f64 {
  store<f64>(workspace + FAR, sign)
  store<f64>(workspace + FAR + 64, r - 5)
  timesRationals(8, workspace + FAR, workspace + FAR + 64, workspace + FAR_TAIL)
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
  timesRationals(count, workspace + SIGNS, workspace + ARGUMENTS, workspace + TAIL)
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
  timesRationals(count, words, workspace + ARGUMENTS, workspace + CENTRE)
  placeTails(end, workspace)
}

/**
 * In the place of the words of `count` draws, a multiple of 2, uniforms in [low, high): of 53 bits, or of 24 and rounded to float32. What
 * rounds to `high` becomes `low`.
 */
function uniforms(isSingle: bool, count: i32, words: usize, lowest: f64, above: f64): void {
  const low = f64x2.splat(lowest)
  const high = f64x2.splat(above)
  const span = f64x2.splat(above - lowest)
  const kept = i64x2.splat(isSingle ? 0xffffff00 : -1)
  for (let end = words + (<usize>count << 3); words < end; words += 16) {
    const drawn = v128.and(v128.load(words), kept)
    const a = i32x4.shr_u(v128.shuffle<i32>(drawn, drawn, 0, 2, 0, 2), 5)
    const b = i32x4.shr_u(v128.shuffle<i32>(drawn, drawn, 1, 3, 1, 3), 6)
    const upper = f64x2.mul(f64x2.convert_low_i32x4_u(a), f64x2.splat(67108864))
    const whole = f64x2.add(upper, f64x2.convert_low_i32x4_u(b))
    const unit = f64x2.mul(whole, f64x2.splat(1.1102230246251565e-16))
    let value = f64x2.add(low, f64x2.mul(span, unit))
    if (isSingle) value = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(value))
    v128.store(words, v128.bitselect(low, value, f64x2.ge(value, high)))
  }
}

/** Products of `count` numbers, a multiple of 2, with one. */
function scale(count: i32, x: usize, factor: f64): void {
  const by = f64x2.splat(factor)
  for (let end = x + (<usize>count << 3); x < end; x += 16) v128.store(x, f64x2.mul(v128.load(x), by))
}

function toSingle(from: usize, count: i32, to: usize): void {
  let i = 0
  for (; i + 4 <= count; i += 4, from += 32, to += 16) {
    const a = f32x4.demote_f64x2_zero(v128.load(from))
    const b = f32x4.demote_f64x2_zero(v128.load(from, 16))
    v128.store(to, v128.shuffle<i64>(a, b, 0, 2))
  }
  for (; i < count; i++, from += 8, to += 4) store<f32>(to, <f32>load<f64>(from))
}

/** The first `count` draws of a key: of kind 0 uniforms in [low, high), of kind 1 normals of the deviation `high`. */
export function draw(isSingle: bool, kind: i32, count: i32, key0: i32, key1: i32, key2: i32, key3: i32, low: f64, high: f64, out: usize, workspace: usize): void {
  storeKey(key0, key1, key2, key3, workspace + KEY)
  for (let from = 0; from < count; from += CHUNK) {
    const part = min(CHUNK, count - from)
    const whole = (part + 15) & ~15
    // Whole chunks of float64 are drawn where they are to be.
    const at = isSingle || part != whole ? workspace + WORDS : out
    encrypt(workspace + KEY, kind, from, whole, at)
    if (kind == 0) uniforms(isSingle, whole, at, low, high)
    else {
      normals(whole, at, workspace)
      if (high != 1) scale(whole, at, high)
    }
    if (isSingle) toSingle(at, part, out)
    else if (at != out) memory.copy(out, at, <usize>part << 3)
    out += <usize>part << (isSingle ? 2 : 3)
  }
}

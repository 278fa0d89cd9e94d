// Random numbers with the bits of src/random, whose files say what is drawn and why: the same operations in the same order, none of
// them fused, several draws at a time.
import { normals } from './normals'
import { encrypt, storeKey } from './threefry'
import { CHUNK, KEY, WORDS } from './workspace'

// codes
enum Law {
  uniform,
  normal,
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

/** The first `count` draws of a key for a purpose: uniforms in [low, high), or normals of the deviation `high`. */
export function draw(isSingle: bool, law: i32, purpose: i32, count: i32, key0: i32, key1: i32, key2: i32, key3: i32, low: f64, high: f64, out: usize, workspace: usize): void {
  storeKey(key0, key1, key2, key3, workspace + KEY)
  for (let from = 0; from < count; from += CHUNK) {
    const part = min(CHUNK, count - from)
    const whole = (part + 15) & ~15
    // Whole chunks of float64 are drawn where they are to be.
    const at = isSingle || part != whole ? workspace + WORDS : out
    encrypt(workspace + KEY, purpose, from, whole, at)
    if (law == Law.uniform) uniforms(isSingle, whole, at, low, high)
    else {
      normals(whole, at, workspace)
      if (high != 1) scale(whole, at, high)
    }
    if (isSingle) toSingle(at, part, out)
    else if (at != out) memory.copy(out, at, <usize>part << 3)
    out += <usize>part << (isSingle ? 2 : 3)
  }
}

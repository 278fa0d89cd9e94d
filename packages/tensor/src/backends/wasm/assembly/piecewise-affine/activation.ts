// codes
enum Activation {
  identity,
  relu,
  leakyRelu,
  abs,
}

/** The slope of the piece below 0 applied to a cotangent: a slope of 0 selects 0, of ∞ too, but NaN stays NaN under every activation. */
@inline function lower<T>(kind: i32, p: v128, alpha: v128): v128 {
  if (kind == Activation.relu) return v128.and(p, v128.ne<T>(p, p))
  if (kind == Activation.leakyRelu) return v128.mul<T>(alpha, p)
  return v128.neg<T>(p)
}

@inline function lowerOne<T>(kind: i32, p: T, alpha: T): T {
  if (kind == Activation.relu) return p != p ? p : <T>0
  if (kind == Activation.leakyRelu) return alpha * p
  return -p
}

/** The piece below 0 of a pre-activation: |−0| is 0. */
@inline function below<T>(kind: i32, p: v128, alpha: v128): v128 {
  if (kind == Activation.abs) return v128.abs<T>(p)
  return lower<T>(kind, p, alpha)
}

/** y = φ(y + bias) in place, and the states of the units as bits: y [rows, units], code [rows, ⌈units / 32⌉]. */
// instances: f32 f64
@inline function activate<T>(rows: i32, units: i32, y: usize, bias: usize, kind: i32, alpha: T, code: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const slope = v128.splat<T>(alpha)
  const zero = i32x4.splat(0)
  for (let r = 0; r < rows; r++) {
    let b = bias
    for (let first = 0; first < units; first += 32) {
      const last = min(units, first + 32)
      let bits: u32 = 0
      let u = first
      for (; u + lanes <= last; u += lanes, y += 16) {
        let p = v128.load(y)
        if (bias != 0) {
          p = v128.add<T>(p, v128.load(b))
          b += 16
        }
        if (kind == Activation.identity) {
          v128.store(y, p)
          continue
        }
        const on = v128.gt<T>(p, zero)
        // NaN is in state 0.
        v128.store(y, v128.bitselect(p, below<T>(kind, p, slope), on))
        bits |= <u32>(sizeof<T>() == 4 ? i32x4.bitmask(on) : i64x2.bitmask(on)) << (u - first)
      }
      for (; u < last; u++, y += sizeof<T>()) {
        let p = load<T>(y)
        if (bias != 0) {
          p += load<T>(b)
          b += sizeof<T>()
        }
        if (kind == Activation.identity) {
          store<T>(y, p)
          continue
        }
        store<T>(y, p > <T>0 ? p : kind == Activation.abs ? abs<T>(p) : lowerOne<T>(kind, p, alpha))
        if (p > <T>0) bits |= <u32>1 << (u - first)
      }
      if (kind != Activation.identity) {
        store<u32>(code, bits)
        code += 4
      }
    }
  }
}

/** out = slope · g by the bits of each code: g [codes, repeats, units]. */
// instances: f32 f64
@inline function applySlopes<T>(codes: i32, repeats: i32, units: i32, code: usize, g: usize, kind: i32, alpha: T, out: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const slope = v128.splat<T>(alpha)
  const zero = i32x4.splat(0)
  const lane = sizeof<T>() == 4 ? i32x4(1, 2, 4, 8) : i64x2(1, 2)
  for (let c = 0; c < codes; c++) {
    for (let r = 0; r < repeats; r++) {
      let word = code
      for (let first = 0; first < units; first += 32, word += 4) {
        const last = min(units, first + 32)
        const bits = load<u32>(word)
        let u = first
        for (; u + lanes <= last; u += lanes, g += 16, out += 16) {
          const value = v128.load(g)
          const rest = bits >> (u - first)
          const set = v128.and(sizeof<T>() == 4 ? i32x4.splat(rest) : i64x2.splat(rest), lane)
          const on = sizeof<T>() == 4 ? i32x4.ne(set, zero) : i64x2.ne(set, zero)
          if (kind == Activation.relu) v128.store(out, v128.and(value, v128.or(on, v128.ne<T>(value, value))))
          else v128.store(out, v128.bitselect(value, lower<T>(kind, value, slope), on))
        }
        for (; u < last; u++, g += sizeof<T>(), out += sizeof<T>()) {
          const value = load<T>(g)
          store<T>(out, ((bits >> (u - first)) & 1) == 1 ? value : lowerOne<T>(kind, value, alpha))
        }
      }
    }
    code += <usize>((units + 31) / 32) * 4
  }
}

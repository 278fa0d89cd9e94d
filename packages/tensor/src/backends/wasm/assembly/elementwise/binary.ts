// Arithmetic of two elements. `of` is one pair's, `lanes` that of vectors where the instruction set has it.
import { atan2, pow } from '../mathematics'

// op of combine: f32 f64 i32 u32
class Add {
  @inline of<T>(a: T, b: T): T { return <T>(a + b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.add<T>(a, b) }
}

// op of combine: f32 f64 i32 u32
class Sub {
  @inline of<T>(a: T, b: T): T { return <T>(a - b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.sub<T>(a, b) }
}

// op of combine: f32 f64 i32 u32
class Mul {
  @inline of<T>(a: T, b: T): T { return <T>(a * b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.mul<T>(a, b) }
}

// op of combine: f32 f64
class Div {
  @inline of<T>(a: T, b: T): T { return <T>(a / b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.div<T>(a, b) }
}

/** Of bools: or. */
// op of combine
class Maximum {
  @inline of<T>(a: T, b: T): T { return max<T>(a, b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.max<T>(a, b) }
}

/** Of bools: and. */
// op of combine
class Minimum {
  @inline of<T>(a: T, b: T): T { return min<T>(a, b) }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.min<T>(a, b) }
}

/** With the sign of b; `%` has that of a. */
function remainder(a: f64, b: f64): f64 {
  const rest = a % b
  if (rest == 0) return copysign<f64>(0, b)
  return rest < 0 != b < 0 ? rest + b : rest
}

/** Of what is left when the remainder is taken off, as NumPy has it. */
function floorQuotient(a: f64, b: f64): f64 {
  if (b == 0) return a / b
  const rest = a % b
  let quotient = (a - rest) / b
  if (rest != 0 && rest < 0 != b < 0) quotient -= 1
  if (quotient == 0) return copysign<f64>(0, a / b)
  // Near a whole number, but for rounding.
  const down = floor<f64>(quotient)
  return quotient - down > 0.5 ? down + 1 : down
}

/** Floats of both dtypes in float64. Whole numbers by 0, which would trap, are 0. */
// op of combine: f32 f64 i32 u32, slow
class Remainder {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) {
      return <T>remainder(<f64>a, <f64>b)
    } else {
      if (b == <T>0) return <T>0
      const rest = a % b
      return isSigned<T>() && rest != <T>0 && (rest ^ b) < <T>0 ? rest + b : rest
    }
  }
}

/** −2³¹ by −1 would trap too: it is 0 − a, which wraps. */
// op of combine: f32 f64 i32 u32, slow
class FloorDiv {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) {
      return <T>floorQuotient(<f64>a, <f64>b)
    } else {
      if (b == <T>0) return <T>0
      if (isSigned<T>() && b == <T>-1) return <T>0 - a
      const quotient = a / b
      return isSigned<T>() && (a ^ b) < <T>0 && quotient * b != a ? quotient - <T>1 : quotient
    }
  }
}

// op of combine: f32 f64, slow
class Atan2 {
  @inline of<T>(a: T, b: T): T { return <T>atan2(<f64>a, <f64>b) }
}

/** IEEE 754 has 1 where JavaScript has NaN: 1 to the power of anything, and (−1)^±∞. */
// op of combine: f32 f64, slow
class Pow {
  @inline of<T>(a: T, b: T): T {
    if (a == <T>1 || (a == <T>-1 && abs<T>(b) == <T>Infinity)) return <T>1
    return <T>pow(<f64>a, <f64>b)
  }
}

/**
 * out[o, i] = a[o, i] ∘ b[o, i], out contiguous. Steps are bytes: between rows, and between elements of a row, where they are
 * 0 for an operand that is stretched. Loops end where an address is equal, not where it is above: the end of the memory, 4 GB, is 0.
 */
// instances: f32 f64 i32 u32 u8
function combine<Op, T>(
  outer: i32,
  inner: i32,
  a: usize,
  aOuter: usize,
  aInner: usize,
  b: usize,
  bOuter: usize,
  bInner: usize,
  out: usize,
): void {
  const isVector =
    isDefined(changetype<Op>(0).lanes) && (aInner | sizeof<T>()) == sizeof<T>() && (bInner | sizeof<T>()) == sizeof<T>()
  const row = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    let p = a
    let q = b
    const last = out + row
    if (isVector) {
      const left = v128.splat<T>(load<T>(p))
      const right = v128.splat<T>(load<T>(q))
      const lastVector = out + (row & ~15)
      if (bInner == 0) {
        for (; out != lastVector; p += aInner << (4 - alignof<T>()), out += 16)
          v128.store(out, changetype<Op>(0).lanes<T>(aInner == 0 ? left : v128.load(p), right))
      } else if (aInner == 0) {
        for (; out != lastVector; q += 16, out += 16)
          v128.store(out, changetype<Op>(0).lanes<T>(left, v128.load(q)))
      } else {
        for (; out != lastVector; p += 16, q += 16, out += 16)
          v128.store(out, changetype<Op>(0).lanes<T>(v128.load(p), v128.load(q)))
      }
    }
    for (; out != last; p += aInner, q += bInner, out += sizeof<T>())
      store<T>(out, changetype<Op>(0).of<T>(load<T>(p), load<T>(q)))
    a += aOuter
    b += bOuter
  }
}

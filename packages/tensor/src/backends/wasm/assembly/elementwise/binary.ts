// Arithmetic of two elements. `of` is one pair's, `lanes` that of vectors where the instruction set has it.
import { pow } from '../mathematics'

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

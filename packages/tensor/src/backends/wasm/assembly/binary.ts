import { pow } from './mathematics'

// One tag for each op: `idof` is a constant of the compiler, so every instance below holds the one branch that is its own.
class Add {}
class Sub {}
class Mul {}
class Div {}
class Maximum {}
class Minimum {}
class Pow {}
class Equal {}
class NotEqual {}
class Less {}
class LessEqual {}
class Greater {}
class GreaterEqual {}

// @ts-expect-error: decorator
@inline function combine<Op, T>(a: T, b: T): T {
  if (idof<Op>() == idof<Add>()) return <T>(a + b)
  if (idof<Op>() == idof<Sub>()) return <T>(a - b)
  if (idof<Op>() == idof<Mul>()) return <T>(a * b)
  if (idof<Op>() == idof<Div>()) return <T>(a / b)
  if (idof<Op>() == idof<Maximum>()) return max<T>(a, b)
  if (idof<Op>() == idof<Minimum>()) return min<T>(a, b)
  // IEEE 754 has 1 where JavaScript has NaN: 1 to the power of anything, and (−1)^±∞.
  if (a == <T>1 || (a == <T>-1 && abs<T>(b) == <T>Infinity)) return <T>1
  return <T>pow(<f64>a, <f64>b)
}

// @ts-expect-error: decorator
@inline function combineLanes<Op, T>(a: v128, b: v128): v128 {
  if (idof<Op>() == idof<Add>()) return v128.add<T>(a, b)
  if (idof<Op>() == idof<Sub>()) return v128.sub<T>(a, b)
  if (idof<Op>() == idof<Mul>()) return v128.mul<T>(a, b)
  if (idof<Op>() == idof<Div>()) return v128.div<T>(a, b)
  if (idof<Op>() == idof<Maximum>()) return v128.max<T>(a, b)
  return v128.min<T>(a, b)
}

// @ts-expect-error: decorator
@inline function holds<Op, T>(a: T, b: T): bool {
  if (idof<Op>() == idof<Equal>()) return a == b
  if (idof<Op>() == idof<NotEqual>()) return a != b
  if (idof<Op>() == idof<Less>()) return a < b
  if (idof<Op>() == idof<LessEqual>()) return a <= b
  if (idof<Op>() == idof<Greater>()) return a > b
  return a >= b
}

/**
 * out[o, i] = a[o, i] ∘ b[o, i], out contiguous. Steps are bytes: between rows, and between elements of a row, where they are
 * 0 for an operand that is stretched.
 */
function combineRows<Op, T>(
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
  const lanes = <i32>16 / <i32>sizeof<T>()
  const isVector =
    idof<Op>() != idof<Pow>() && (aInner | sizeof<T>()) == sizeof<T>() && (bInner | sizeof<T>()) == sizeof<T>()
  for (let o = 0; o < outer; o++) {
    let p = a
    let q = b
    let i = 0
    if (isVector) {
      const left = v128.splat<T>(load<T>(p))
      const right = v128.splat<T>(load<T>(q))
      if (bInner == 0) {
        for (; i + lanes <= inner; i += lanes, p += aInner << (4 - alignof<T>()), out += 16)
          v128.store(out, combineLanes<Op, T>(aInner == 0 ? left : v128.load(p), right))
      } else if (aInner == 0) {
        for (; i + lanes <= inner; i += lanes, q += 16, out += 16)
          v128.store(out, combineLanes<Op, T>(left, v128.load(q)))
      } else {
        for (; i + lanes <= inner; i += lanes, p += 16, q += 16, out += 16)
          v128.store(out, combineLanes<Op, T>(v128.load(p), v128.load(q)))
      }
    }
    for (; i < inner; i++, p += aInner, q += bInner, out += sizeof<T>())
      store<T>(out, combine<Op, T>(load<T>(p), load<T>(q)))
    a += aOuter
    b += bOuter
  }
}

function compareRows<Op, T>(
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
  for (let o = 0; o < outer; o++) {
    let p = a
    let q = b
    for (let i = 0; i < inner; i++, p += aInner, q += bInner, out++)
      store<u8>(out, holds<Op, T>(load<T>(p), load<T>(q)) ? 1 : 0)
    a += aOuter
    b += bOuter
  }
}

/** What integers have: they are not divided. */
// @ts-expect-error: decorator
@inline function combineWhole<T>(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  switch (op) {
    case 0: return combineRows<Add, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 1: return combineRows<Sub, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 2: return combineRows<Mul, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 4: return combineRows<Maximum, T>(o, i, a, ao, ai, b, bo, bi, out)
    default: return combineRows<Minimum, T>(o, i, a, ao, ai, b, bo, bi, out)
  }
}

// @ts-expect-error: decorator
@inline function combineBy<T>(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  switch (op) {
    case 3: return combineRows<Div, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 6: return combineRows<Pow, T>(o, i, a, ao, ai, b, bo, bi, out)
    default: return combineWhole<T>(op, o, i, a, ao, ai, b, bo, bi, out)
  }
}

// @ts-expect-error: decorator
@inline function compareBy<T>(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  switch (op) {
    case 0: return compareRows<Equal, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 1: return compareRows<NotEqual, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 2: return compareRows<Less, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 3: return compareRows<LessEqual, T>(o, i, a, ao, ai, b, bo, bi, out)
    case 4: return compareRows<Greater, T>(o, i, a, ao, ai, b, bo, bi, out)
    default: return compareRows<GreaterEqual, T>(o, i, a, ao, ai, b, bo, bi, out)
  }
}

export function combine_f32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  combineBy<f32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function combine_f64(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  combineBy<f64>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function combine_i32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  combineWhole<i32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function combine_u32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  combineWhole<u32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
/** Of bools the maximum is "or", the minimum "and". */
export function combine_u8(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  if (op == 4) combineRows<Maximum, u8>(o, i, a, ao, ai, b, bo, bi, out)
  else combineRows<Minimum, u8>(o, i, a, ao, ai, b, bo, bi, out)
}
export function compare_f32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  compareBy<f32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function compare_f64(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  compareBy<f64>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function compare_i32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  compareBy<i32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function compare_u32(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  compareBy<u32>(op, o, i, a, ao, ai, b, bo, bi, out)
}
export function compare_u8(op: i32, o: i32, i: i32, a: usize, ao: usize, ai: usize, b: usize, bo: usize, bi: usize, out: usize): void {
  compareBy<u8>(op, o, i, a, ao, ai, b, bo, bi, out)
}

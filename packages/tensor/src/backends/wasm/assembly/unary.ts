import { cos, exp, expm1, log, log1p, sin, tanh } from './mathematics'

class Neg {}
class Abs {}
class Square {}
class Sqrt {}
class Reciprocal {}
class Floor {}
class Ceil {}
class Round {}
class Sign {}
class Exp {}
class Expm1 {}
class Log {}
class Log1p {}
class Sin {}
class Cos {}
class Tanh {}
class Sigmoid {}

// @ts-expect-error: decorator
@inline function apply<Op, T>(x: T): T {
  if (idof<Op>() == idof<Neg>()) return -x
  if (idof<Op>() == idof<Abs>()) return abs<T>(x)
  if (idof<Op>() == idof<Square>()) return <T>(x * x)
  if (idof<Op>() == idof<Sqrt>()) return sqrt<T>(x)
  if (idof<Op>() == idof<Reciprocal>()) return <T>1 / x
  if (idof<Op>() == idof<Floor>()) return floor<T>(x)
  if (idof<Op>() == idof<Ceil>()) return ceil<T>(x)
  if (idof<Op>() == idof<Round>()) return nearest<T>(x)
  // 0 keeps its sign and NaN stays NaN.
  if (idof<Op>() == idof<Sign>()) return x > <T>0 ? <T>1 : x < <T>0 ? <T>-1 : x
  const y = <f64>x
  if (idof<Op>() == idof<Exp>()) return <T>exp(y)
  if (idof<Op>() == idof<Expm1>()) return <T>expm1(y)
  if (idof<Op>() == idof<Log>()) return <T>log(y)
  if (idof<Op>() == idof<Log1p>()) return <T>log1p(y)
  if (idof<Op>() == idof<Sin>()) return <T>sin(y)
  if (idof<Op>() == idof<Cos>()) return <T>cos(y)
  if (idof<Op>() == idof<Tanh>()) return <T>tanh(y)
  // e⁻ʸ is ∞ from −710 on, where sigmoid is 1e-308 and not 0; there, and long before, it is eʸ.
  return y < -700 ? <T>exp(y) : <T>(1 / (1 + exp(-y)))
}

// @ts-expect-error: decorator
@inline function applyLanes<Op, T>(x: v128): v128 {
  if (idof<Op>() == idof<Neg>()) return v128.neg<T>(x)
  if (idof<Op>() == idof<Abs>()) return v128.abs<T>(x)
  if (idof<Op>() == idof<Square>()) return v128.mul<T>(x, x)
  if (idof<Op>() == idof<Sqrt>()) return v128.sqrt<T>(x)
  if (idof<Op>() == idof<Reciprocal>()) return v128.div<T>(v128.splat<T>(<T>1), x)
  if (idof<Op>() == idof<Floor>()) return v128.floor<T>(x)
  if (idof<Op>() == idof<Ceil>()) return v128.ceil<T>(x)
  return v128.nearest<T>(x)
}

/** Elements in vectors where the instruction set has the op, one by one where it has not. */
function map<Op, T>(count: i32, x: usize, out: usize): void {
  const lanes = <i32>16 / <i32>sizeof<T>()
  let i = 0
  if (idof<Op>() <= idof<Round>()) {
    for (; i + lanes <= count; i += lanes, x += 16, out += 16) v128.store(out, applyLanes<Op, T>(v128.load(x)))
  }
  for (; i < count; i++, x += sizeof<T>(), out += sizeof<T>()) store<T>(out, apply<Op, T>(load<T>(x)))
}

// @ts-expect-error: decorator
@inline function mapBy<T>(op: i32, count: i32, x: usize, out: usize): void {
  switch (op) {
    case 0: return map<Neg, T>(count, x, out)
    case 1: return map<Abs, T>(count, x, out)
    case 2: return map<Square, T>(count, x, out)
    case 3: return map<Sign, T>(count, x, out)
    case 4: return map<Sqrt, T>(count, x, out)
    case 5: return map<Reciprocal, T>(count, x, out)
    case 6: return map<Floor, T>(count, x, out)
    case 7: return map<Ceil, T>(count, x, out)
    case 8: return map<Round, T>(count, x, out)
    case 9: return map<Exp, T>(count, x, out)
    case 10: return map<Expm1, T>(count, x, out)
    case 11: return map<Log, T>(count, x, out)
    case 12: return map<Log1p, T>(count, x, out)
    case 13: return map<Sin, T>(count, x, out)
    case 14: return map<Cos, T>(count, x, out)
    case 15: return map<Tanh, T>(count, x, out)
    default: return map<Sigmoid, T>(count, x, out)
  }
}

export function map_f32(op: i32, count: i32, x: usize, out: usize): void {
  mapBy<f32>(op, count, x, out)
}
export function map_f64(op: i32, count: i32, x: usize, out: usize): void {
  mapBy<f64>(op, count, x, out)
}

/** What signed integers have; unsigned ones are only squared. */
export function map_i32(op: i32, count: i32, x: usize, out: usize): void {
  for (let i = 0; i < count; i++, x += 4, out += 4) {
    const value = load<i32>(x)
    if (op == 0) store<i32>(out, -value)
    else if (op == 1) store<i32>(out, abs<i32>(value))
    else if (op == 2) store<i32>(out, value * value)
    else store<i32>(out, <i32>(value > 0) - <i32>(value < 0))
  }
}

// @ts-expect-error: decorator
@inline function test<T>(finite: bool, count: i32, x: usize, out: usize): void {
  for (let i = 0; i < count; i++, x += sizeof<T>(), out++) {
    const value = load<T>(x)
    store<u8>(out, <u8>(finite ? isFinite<T>(value) : isNaN<T>(value)))
  }
}

/** 1 where an element is NaN, or, if `finite`, where it is neither NaN nor infinite. */
export function test_f32(finite: bool, count: i32, x: usize, out: usize): void {
  test<f32>(finite, count, x, out)
}
export function test_f64(finite: bool, count: i32, x: usize, out: usize): void {
  test<f64>(finite, count, x, out)
}

export function not(count: i32, x: usize, out: usize): void {
  for (let i = 0; i < count; i++, x++, out++) store<u8>(out, <u8>(load<u8>(x) == 0))
}

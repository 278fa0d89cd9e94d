// Functions of one element. `of` is one element's, `lanes` that of a vector where the instruction set has it.
import { cos, exp, expm1, log, log1p, sin, tanh } from '../mathematics'

// op of map
class Neg {
  @inline of<T>(x: T): T { return -x }
  @inline lanes<T>(x: v128): v128 { return v128.neg<T>(x) }
}

// op of map
class Abs {
  @inline of<T>(x: T): T { return abs<T>(x) }
  @inline lanes<T>(x: v128): v128 { return v128.abs<T>(x) }
}

// op of map
class Square {
  @inline of<T>(x: T): T { return <T>(x * x) }
  @inline lanes<T>(x: v128): v128 { return v128.mul<T>(x, x) }
}

/** 0 keeps its sign and NaN stays NaN. */
// op of map
class Sign {
  @inline of<T>(x: T): T { return x > <T>0 ? <T>1 : x < <T>0 ? <T>-1 : x }
}

// op of map: f32 f64
class Sqrt {
  @inline of<T>(x: T): T { return sqrt<T>(x) }
  @inline lanes<T>(x: v128): v128 { return v128.sqrt<T>(x) }
}

// op of map: f32 f64
class Reciprocal {
  @inline of<T>(x: T): T { return <T>1 / x }
  @inline lanes<T>(x: v128): v128 { return v128.div<T>(v128.splat<T>(<T>1), x) }
}

// op of map: f32 f64
class Floor {
  @inline of<T>(x: T): T { return floor<T>(x) }
  @inline lanes<T>(x: v128): v128 { return v128.floor<T>(x) }
}

// op of map: f32 f64
class Ceil {
  @inline of<T>(x: T): T { return ceil<T>(x) }
  @inline lanes<T>(x: v128): v128 { return v128.ceil<T>(x) }
}

// op of map: f32 f64
class Round {
  @inline of<T>(x: T): T { return nearest<T>(x) }
  @inline lanes<T>(x: v128): v128 { return v128.nearest<T>(x) }
}

// op of map: f32 f64, slow
class Exp {
  @inline of<T>(x: T): T { return <T>exp(<f64>x) }
}

// op of map: f32 f64, slow
class Expm1 {
  @inline of<T>(x: T): T { return <T>expm1(<f64>x) }
}

// op of map: f32 f64, slow
class Log {
  @inline of<T>(x: T): T { return <T>log(<f64>x) }
}

// op of map: f32 f64, slow
class Log1p {
  @inline of<T>(x: T): T { return <T>log1p(<f64>x) }
}

// op of map: f32 f64, slow
class Sin {
  @inline of<T>(x: T): T { return <T>sin(<f64>x) }
}

// op of map: f32 f64, slow
class Cos {
  @inline of<T>(x: T): T { return <T>cos(<f64>x) }
}

// op of map: f32 f64, slow
class Tanh {
  @inline of<T>(x: T): T { return <T>tanh(<f64>x) }
}

/** e⁻ˣ is ∞ from −710 on, where sigmoid is 1e-308 and not 0; there, and long before, it is eˣ. */
// op of map: f32 f64, slow
class Sigmoid {
  @inline of<T>(x: T): T {
    const y = <f64>x
    return y < -700 ? <T>exp(y) : <T>(1 / (1 + exp(-y)))
  }
}

/** The larger of x and 0, and what is above it: e⁻⁷⁴⁵ is left of that far below 0, and nothing overflows. */
// op of map: f32 f64, slow
class Softplus {
  @inline of<T>(x: T): T {
    const y = <f64>x
    return <T>(max<f64>(y, 0) + log1p(exp(-abs<f64>(y))))
  }
}

/** out[i] = Op of x[i], in vectors where there is a form for floats; unsigned integers are only squared, as signed ones. */
// instances: f32 f64 i32
function map<Op, T>(count: i32, x: usize, out: usize): void {
  const bytes = <usize>count * sizeof<T>()
  const last = out + bytes
  if (isFloat<T>() && isDefined(changetype<Op>(0).lanes)) {
    for (const lastVector = out + (bytes & ~15); out != lastVector; x += 16, out += 16)
      v128.store(out, changetype<Op>(0).lanes<T>(v128.load(x)))
  }
  for (; out != last; x += sizeof<T>(), out += sizeof<T>()) store<T>(out, changetype<Op>(0).of<T>(load<T>(x)))
}

// op of test
class IsNaN {
  @inline of<T>(x: T): bool { return isNaN<T>(x) }
}

// op of test
class IsFinite {
  @inline of<T>(x: T): bool { return isFinite<T>(x) }
}

/** out[i] = 1 where Op holds of x[i], else 0. */
// instances: f32 f64
@inline function test<Op, T>(count: i32, x: usize, out: usize): void {
  for (let i = 0; i < count; i++, x += sizeof<T>(), out++) store<u8>(out, <u8>changetype<Op>(0).of<T>(load<T>(x)))
}

export function not(count: i32, x: usize, out: usize): void {
  for (let i = 0; i < count; i++, x++, out++) store<u8>(out, <u8>(load<u8>(x) == 0))
}

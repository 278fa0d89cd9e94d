/**
 * Adam on `count` elements; `rate` and `scale` hold the corrections of the moments' bias. `rest1` and `rest2` are 1 − β from float64:
 * of β = 0.999 in float32 it would be off by 1.3e-5 of itself.
 */
// @ts-expect-error: decorator
@inline export function adam<T>(
  count: i32,
  x: usize,
  first: usize,
  second: usize,
  g: usize,
  rate: T,
  scale: T,
  beta1: T,
  rest1: T,
  beta2: T,
  rest2: T,
  epsilon: T,
  decay: T,
): void {
  const lanes = 16 / <i32>sizeof<T>()
  const b1 = v128.splat<T>(beta1)
  const c1 = v128.splat<T>(rest1)
  const b2 = v128.splat<T>(beta2)
  const c2 = v128.splat<T>(rest2)
  const r = v128.splat<T>(rate)
  const s = v128.splat<T>(scale)
  const e = v128.splat<T>(epsilon)
  const w = v128.splat<T>(decay)
  let i = 0
  for (; i + lanes <= count; i += lanes, x += 16, first += 16, second += 16, g += 16) {
    const value = v128.load(x)
    const gradient = v128.add<T>(v128.load(g), v128.mul<T>(w, value))
    const m = v128.add<T>(v128.mul<T>(b1, v128.load(first)), v128.mul<T>(c1, gradient))
    const v = v128.add<T>(v128.mul<T>(b2, v128.load(second)), v128.mul<T>(c2, v128.mul<T>(gradient, gradient)))
    v128.store(first, m)
    v128.store(second, v)
    const below = v128.add<T>(v128.mul<T>(v128.sqrt<T>(v), s), e)
    v128.store(x, v128.sub<T>(value, v128.div<T>(v128.mul<T>(r, m), below)))
  }
  for (; i < count; i++, x += sizeof<T>(), first += sizeof<T>(), second += sizeof<T>(), g += sizeof<T>()) {
    const value = load<T>(x)
    const gradient = load<T>(g) + decay * value
    const m = beta1 * load<T>(first) + rest1 * gradient
    const v = beta2 * load<T>(second) + rest2 * (gradient * gradient)
    store<T>(first, m)
    store<T>(second, v)
    store<T>(x, value - (rate * m) / (sqrt<T>(v) * scale + epsilon))
  }
}

/** Stochastic gradient descent with momentum on `count` elements. */
// @ts-expect-error: decorator
@inline export function sgd<T>(count: i32, x: usize, velocity: usize, g: usize, rate: T, momentum: T, decay: T): void {
  for (let i = 0; i < count; i++, x += sizeof<T>(), velocity += sizeof<T>(), g += sizeof<T>()) {
    const v = momentum * load<T>(velocity) + load<T>(g) + decay * load<T>(x)
    store<T>(velocity, v)
    store<T>(x, load<T>(x) - rate * v)
  }
}

export function adam_f32(count: i32, x: usize, first: usize, second: usize, g: usize, rate: f32, scale: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, decay: f32): void {
  adam<f32>(count, x, first, second, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay)
}
export function adam_f64(count: i32, x: usize, first: usize, second: usize, g: usize, rate: f64, scale: f64, beta1: f64, rest1: f64, beta2: f64, rest2: f64, epsilon: f64, decay: f64): void {
  adam<f64>(count, x, first, second, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay)
}
export function sgd_f32(count: i32, x: usize, velocity: usize, g: usize, rate: f32, momentum: f32, decay: f32): void {
  sgd<f32>(count, x, velocity, g, rate, momentum, decay)
}
export function sgd_f64(count: i32, x: usize, velocity: usize, g: usize, rate: f64, momentum: f64, decay: f64): void {
  sgd<f64>(count, x, velocity, g, rate, momentum, decay)
}

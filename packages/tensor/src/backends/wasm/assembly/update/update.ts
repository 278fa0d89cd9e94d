// Below this number moments are 0: `update-table.ts` says why.
@inline function leastMoment<T>(): T {
  return sizeof<T>() == 4 ? <T>7.888609052210118e-31 : <T>1.4932217896051502e-300
}

@inline function flushOne<T>(x: T): T {
  return abs<T>(x) < leastMoment<T>() ? <T>0 : x
}

/** 0 in the lanes whose magnitude is below `least`; NaN is not. */
@inline function flush<T>(x: v128, least: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), least))
}

/** The bits of `least`, less one. */
@inline function justBelow<T>(least: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.sub(least, i32x4.splat(1)) : i64x2.sub(least, i64x2.splat(1))
}

/**
 * {@link flush} by the bits, which are ordered as magnitudes are. Floating comparisons share the units that multiply: Adam took 1.2 times as
 * long with two of them, 1.03 with this one for the first moment, 1.09 with this one for both (Zen 4).
 */
@inline function flushByBits<T>(x: v128, below: v128): v128 {
  if (sizeof<T>() == 4) return v128.and(x, i32x4.gt_s(i32x4.shr_u(i32x4.shl(x, 1), 1), below))
  return v128.and(x, i64x2.gt_s(i64x2.shr_u(i64x2.shl(x, 1), 1), below))
}

/** The new first moment: b · old + c · g. */
@inline function firstOf<T>(b: v128, old: v128, c: v128, g: v128, below: v128): v128 {
  return flushByBits<T>(v128.add<T>(v128.mul<T>(b, old), v128.mul<T>(c, g)), below)
}

/** The new second moment: b · old + c · g², which is nowhere below 0. */
@inline function secondOf<T>(b: v128, old: v128, c: v128, g: v128, least: v128): v128 {
  const sum = v128.add<T>(v128.mul<T>(b, old), v128.mul<T>(c, v128.mul<T>(g, g)))
  return v128.andnot(sum, v128.lt<T>(sum, least))
}

@inline function moved<T>(value: v128, m: v128, v: v128, r: v128, s: v128, e: v128): v128 {
  return v128.sub<T>(value, v128.div<T>(v128.mul<T>(r, m), v128.add<T>(v128.mul<T>(v128.sqrt<T>(v), s), e)))
}

/** The gradient of a weight: with its decay, if it has any. */
@inline function decayed<T>(decays: bool, g: v128, w: v128, value: v128): v128 {
  return decays ? v128.add<T>(g, v128.mul<T>(w, value)) : g
}

/** A weight after a step: with what decoupled decay takes from it, if it does, and 0 where little is left. */
@inline function shrunk<T>(shrinks: bool, t: v128, value: v128, m: v128, v: v128, r: v128, s: v128, e: v128, below: v128): v128 {
  if (!shrinks) return moved<T>(value, m, v, r, s, e)
  const step = v128.div<T>(v128.mul<T>(r, m), v128.add<T>(v128.mul<T>(v128.sqrt<T>(v), s), e))
  return flushByBits<T>(v128.sub<T>(value, v128.add<T>(v128.mul<T>(t, value), step)), below)
}

/**
 * Adam on as many elements as whole pairs of vectors hold, an instance for each kind of weight decay and one without: with decay in the
 * gradient it took 1.12 times as long.
 */
@inline function adamLanes<T>(
  decays: bool,
  shrinks: bool,
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
  taken: T,
): i32 {
  const lanes = 16 / <i32>sizeof<T>()
  const b1 = v128.splat<T>(beta1)
  const c1 = v128.splat<T>(rest1)
  const b2 = v128.splat<T>(beta2)
  const c2 = v128.splat<T>(rest2)
  const r = v128.splat<T>(rate)
  const s = v128.splat<T>(scale)
  const e = v128.splat<T>(epsilon)
  const w = v128.splat<T>(decay)
  const t = v128.splat<T>(taken)
  const least = v128.splat<T>(leastMoment<T>())
  const below = justBelow<T>(least)
  let i = 0
  for (; i + 2 * lanes <= count; i += 2 * lanes, x += 32, first += 32, second += 32, g += 32) {
    const value0 = v128.load(x)
    const gradient0 = decayed<T>(decays, v128.load(g), w, value0)
    const m0 = firstOf<T>(b1, v128.load(first), c1, gradient0, below)
    const v0 = secondOf<T>(b2, v128.load(second), c2, gradient0, least)
    v128.store(first, m0)
    v128.store(second, v0)
    v128.store(x, shrunk<T>(shrinks, t, value0, m0, v0, r, s, e, below))
    const value1 = v128.load(x, 16)
    const gradient1 = decayed<T>(decays, v128.load(g, 16), w, value1)
    const m1 = firstOf<T>(b1, v128.load(first, 16), c1, gradient1, below)
    const v1 = secondOf<T>(b2, v128.load(second, 16), c2, gradient1, least)
    v128.store(first, m1, 16)
    v128.store(second, v1, 16)
    v128.store(x, shrunk<T>(shrinks, t, value1, m1, v1, r, s, e, below), 16)
  }
  return i
}

/**
 * Adam on `count` elements; `rate` and `scale` hold the corrections of the moments' bias. `rest1` and `rest2` are 1 − β from float64:
 * of β = 0.999 in float32 it would be off by 1.3e-5 of itself. `decay` times the weight is added to its gradient, `taken` times the weight is
 * taken from it; one of the two is 0.
 */
// instances: f32 f64
export function adam<T>(
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
  taken: T,
): void {
  let i = 0
  if (taken != <T>0) i = adamLanes<T>(false, true, count, x, first, second, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken)
  else if (decay != <T>0) i = adamLanes<T>(true, false, count, x, first, second, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken)
  else i = adamLanes<T>(false, false, count, x, first, second, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, decay, taken)
  const done = <usize>i * sizeof<T>()
  x += done
  first += done
  second += done
  g += done
  for (; i < count; i++, x += sizeof<T>(), first += sizeof<T>(), second += sizeof<T>(), g += sizeof<T>()) {
    const value = load<T>(x)
    const gradient = decay == <T>0 ? load<T>(g) : load<T>(g) + decay * value
    const m = flushOne<T>(beta1 * load<T>(first) + rest1 * gradient)
    const v = flushOne<T>(beta2 * load<T>(second) + rest2 * (gradient * gradient))
    store<T>(first, m)
    store<T>(second, v)
    const step = (rate * m) / (sqrt<T>(v) * scale + epsilon)
    store<T>(x, taken == <T>0 ? value - step : flushOne<T>(value - (taken * value + step)))
  }
}

/** Sums and moving averages: x ← (1 − decay) · x + weight · g on `count` elements; with a decay of 1 what x was is not read. */
// instances: f32 f64
@inline export function accumulate<T>(count: i32, x: usize, g: usize, weight: T, decay: T): void {
  const lanes = 16 / <i32>sizeof<T>()
  const w = v128.splat<T>(weight)
  const d = v128.splat<T>(decay)
  const below = justBelow<T>(v128.splat<T>(leastMoment<T>()))
  const isFirst = decay == <T>1
  let i = 0
  for (; i + lanes <= count; i += lanes, x += 16, g += 16) {
    let value = v128.mul<T>(w, v128.load(g))
    if (!isFirst) {
      const old = v128.load(x)
      value = v128.add<T>(old, v128.sub<T>(value, v128.mul<T>(d, old)))
    }
    v128.store(x, flushByBits<T>(value, below))
  }
  for (; i < count; i++, x += sizeof<T>(), g += sizeof<T>()) {
    const more = weight * load<T>(g)
    const old = load<T>(x)
    store<T>(x, flushOne<T>(isFirst ? more : old + (more - decay * old)))
  }
}

/** Stochastic gradient descent with momentum on `count` elements. */
// instances: f32 f64
@inline export function sgd<T>(count: i32, x: usize, velocity: usize, g: usize, rate: T, momentum: T, decay: T): void {
  const lanes = 16 / <i32>sizeof<T>()
  const r = v128.splat<T>(rate)
  const b = v128.splat<T>(momentum)
  const w = v128.splat<T>(decay)
  const least = v128.splat<T>(leastMoment<T>())
  let i = 0
  for (; i + lanes <= count; i += lanes, x += 16, velocity += 16, g += 16) {
    const value = v128.load(x)
    const moving = v128.add<T>(v128.mul<T>(b, v128.load(velocity)), v128.load(g))
    const sum = v128.add<T>(moving, v128.mul<T>(w, value))
    const v = flush<T>(sum, least)
    v128.store(velocity, v)
    v128.store(x, v128.sub<T>(value, v128.mul<T>(r, v)))
  }
  for (; i < count; i++, x += sizeof<T>(), velocity += sizeof<T>(), g += sizeof<T>()) {
    const sum = momentum * load<T>(velocity) + load<T>(g) + decay * load<T>(x)
    const v = flushOne<T>(sum)
    store<T>(velocity, v)
    store<T>(x, load<T>(x) - rate * v)
  }
}

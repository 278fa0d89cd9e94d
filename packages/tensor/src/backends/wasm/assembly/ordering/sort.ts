/** Bytes of the table of counts at the start of the scratch. */
const COUNTS: i32 = 1024

/** Bits that are ordered as the floats are: those of −0 are those of 0, those of every NaN the largest. */
@inline function orderOf<T, U>(x: T): U {
  if (x != x) return <U>-1
  const bits = reinterpret<U>(<T>(x + 0))
  const top = 8 * sizeof<U>() - 1
  return bits ^ (<U>0 - (bits >> <U>top) | <U>1 << <U>top)
}

/** Unsigned numbers that are ordered as the elements, all bits of `flip` turned over. */
// instances: f32<f32, u32> f64<f64, u64> u32<u32, u32>
@inline function sortKeys<T, U>(count: i32, flip: i32, x: usize, keys: usize): void {
  for (let i = 0; i < count; i++, x += sizeof<T>(), keys += sizeof<U>())
    store<U>(keys, (isFloat<T>() ? orderOf<T, U>(load<T>(x)) : <U>load<T>(x)) ^ <U><i64>flip)
}

/** Keeps the `count` smallest keys sorted at the start of the row, their places in `out`: quick where count is small. */
function keepFew<U>(length: i32, count: i32, keys: usize, out: usize): void {
  let kept = 0
  for (let i = 0; i < length; i++) {
    const key = load<U>(keys + <usize>i * sizeof<U>())
    if (kept < count) kept++
    else if (key >= load<U>(keys + <usize>(count - 1) * sizeof<U>())) continue
    let at = kept - 1
    for (; at > 0; at--) {
      const before = load<U>(keys + <usize>at * sizeof<U>() - sizeof<U>())
      if (before <= key) break
      store<U>(keys + <usize>at * sizeof<U>(), before)
      store<i32>(out + (<usize>at << 2), load<i32>(out + (<usize>at << 2) - 4))
    }
    store<U>(keys + <usize>at * sizeof<U>(), key)
    store<i32>(out + (<usize>at << 2), i)
  }
}

/** Sorts a row by one byte of its keys after the other, from the last on: stable, and of no more steps for keys in any order. */
function byBytes<U>(length: i32, count: i32, keys: usize, out: usize, scratch: usize): void {
  const end = <usize>length
  let otherKeys = scratch + COUNTS
  let places = otherKeys + end * sizeof<U>()
  let otherPlaces = places + (end << 2)
  for (let i: usize = 0; i < end; i++) store<u32>(places + (i << 2), <u32>i)
  for (let shift: U = 0; shift < <U>(8 * sizeof<U>()); shift += 8) {
    memory.fill(scratch, 0, COUNTS)
    let at: usize = 0
    for (let i: usize = 0; i < end; i++) {
      at = scratch + (<usize>(load<U>(keys + i * sizeof<U>()) >> shift & 255) << 2)
      store<i32>(at, load<i32>(at) + 1)
    }
    // All have the same byte.
    if (load<i32>(at) == length) continue
    let total = 0
    for (at = scratch; at < scratch + COUNTS; at += 4) {
      const count = load<i32>(at)
      store<i32>(at, total)
      total += count
    }
    for (let i: usize = 0; i < end; i++) {
      const key = load<U>(keys + i * sizeof<U>())
      at = scratch + (<usize>(key >> shift & 255) << 2)
      const to = <usize>load<u32>(at)
      store<u32>(at, <u32>to + 1)
      store<U>(otherKeys + to * sizeof<U>(), key)
      store<u32>(otherPlaces + (to << 2), load<u32>(places + (i << 2)))
    }
    at = keys
    keys = otherKeys
    otherKeys = at
    at = places
    places = otherPlaces
    otherPlaces = at
  }
  memory.copy(out, places, <usize>count << 2)
}

/**
 * The places of the `count` smallest keys of every row, in ascending order, equal ones as they stand; the keys are overwritten. Without scratch, at 0,
 * by insertion.
 */
// instances: 32<u32> 64<u64>
@inline function sortRows<U>(rows: i32, length: i32, count: i32, keys: usize, out: usize, scratch: usize): void {
  for (let r = 0; r < rows; r++, keys += <usize>length * sizeof<U>(), out += <usize>count << 2) {
    if (scratch == 0) keepFew<U>(length, count, keys, out)
    else byBytes<U>(length, count, keys, out, scratch)
  }
}

// Windows of kh × kw elements, sh × sw apart, ph × pw of them before the first element: rows × columns in images of height × width. States of
// windows, as whole numbers in scratch memory for one sample, are numbers of elements in them.

/** Windows of 2 × 2 side by side: read and written two rows at a time. */
@inline export function isQuartering(kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32): bool {
  return kh == 2 && kw == 2 && sh == 2 && sw == 2 && ph == 0 && pw == 0
}

@inline export function bitsOf(kh: i32, kw: i32): i32 {
  return 32 - clz<i32>(kh * kw - 1)
}

@inline export function wordBytes(units: i32, bits: i32): usize {
  return <usize>(bits * ((units + 31) / 32)) * 4
}

/** Even and odd elements of two vectors that follow each other. */
@inline export function even<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 2, 4, 6) : v128.shuffle<i64>(a, b, 0, 2)
}
@inline export function odd<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 1, 3, 5, 7) : v128.shuffle<i64>(a, b, 1, 3)
}

/** Elements of two vectors in turn: the first and the second vector of them. */
@inline export function zipLow<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 4, 1, 5) : v128.shuffle<i64>(a, b, 0, 2)
}
@inline export function zipHigh<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 2, 6, 3, 7) : v128.shuffle<i64>(a, b, 1, 3)
}

/** Elements 1 or 2 apart; of the latter the odd ones are read as well. */
@inline export function loadStrided<T>(at: usize, stride: i32): v128 {
  const first = v128.load(at)
  return stride == 1 ? first : even<T>(first, v128.load(at, 16))
}

/** A whole number in every lane. */
@inline export function splatInt<T>(n: i32): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(n) : i64x2.splat(n)
}

@inline export function allTrue<T>(mask: v128): bool {
  return sizeof<T>() == 4 ? i32x4.all_true(mask) : i64x2.all_true(mask)
}
@inline export function addInt<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.add(a, b) : i64x2.add(a, b)
}

/** Whole numbers in lanes of the elements' width, which lie as i32. */
@inline export function loadStates<T>(at: usize): v128 {
  return sizeof<T>() == 4 ? v128.load(at) : v128.load_ext<i32>(at)
}
@inline export function storeStates<T>(at: usize, states: v128): void {
  if (sizeof<T>() == 4) v128.store(at, states)
  else v128.store_lane<i64>(at, v128.shuffle<i32>(states, states, 0, 2, 0, 2), 0)
}

/** The first window of a row from which on a vector of windows reads no padding, and the last; there is none where the last comes before. */
@inline export function firstVector(sw: i32, pw: i32): i32 {
  return (pw + sw - 1) / sw
}
@inline export function lastVector<T>(width: i32, columns: i32, kw: i32, sw: i32, pw: i32): i32 {
  const lanes = 16 / <i32>sizeof<T>()
  // Elements more than 2 apart are read one by one.
  const room = width - kw + 1 - sw * lanes + pw
  return sw > 2 || room < 0 ? -1 : min(columns - lanes, room / sw)
}

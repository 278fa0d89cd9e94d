// Matrices in float64, whatever the dtype they come in and go back to: addresses are of numbers of 8 bytes.

/** Address of element i. */
@inline export function at(x: usize, i: i32): usize {
  return x + (<usize>i << 3)
}

@inline export function get(x: usize, i: i32): f64 {
  return load<f64>(at(x, i))
}

@inline export function set(x: usize, i: i32, value: f64): void {
  store<f64>(at(x, i), value)
}

export function widen<T>(from: usize, count: i32, to: usize): void {
  for (let i = 0; i < count; i++, from += sizeof<T>()) set(to, i, <f64>load<T>(from))
}

export function narrow<T>(from: usize, count: i32, to: usize): void {
  for (let i = 0; i < count; i++, to += sizeof<T>()) store<T>(to, <T>get(from, i))
}

export function copyNumbers(from: usize, count: i32, to: usize): void {
  memory.copy(to, from, <usize>count << 3)
}

export function fillNumbers(x: usize, count: i32, value: f64): void {
  for (let i = 0; i < count; i++) set(x, i, value)
}

export function swap(x: usize, i: i32, j: i32): void {
  const held = get(x, i)
  set(x, i, get(x, j))
  set(x, j, held)
}

/** out = a · b, all [n, n]. */
export function multiply(a: usize, b: usize, out: usize, n: i32): void {
  fillNumbers(out, n * n, 0)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = get(a, i * n + k)
      for (let j = 0; j < n; j++) set(out, i * n + j, get(out, i * n + j) + factor * get(b, k * n + j))
    }
  }
}

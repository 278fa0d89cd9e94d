// Always in float64, whatever the dtype of the matrices.

// @ts-expect-error: decorator
@inline function at(row: i32, column: i32, n: i32): usize {
  return <usize>(row * n + column) << 3
}

/** Lower Cholesky factor of a [n, n] in place; a pivot not above the threshold is dropped with its row and column. */
function factor(a: usize, n: i32, epsilon: f64): void {
  let largest: f64 = 0
  let finite: f64 = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) finite += load<f64>(a + at(i, j, n)) * 0
    largest = max<f64>(largest, load<f64>(a + at(i, i, n)))
  }
  const threshold = <f64>n * epsilon * largest + finite
  if (isNaN<f64>(threshold)) {
    for (let i = 0; i < n * n; i++) store<f64>(a + (<usize>i << 3), NaN)
    return
  }
  for (let j = 0; j < n; j++) {
    let pivot = load<f64>(a + at(j, j, n))
    for (let k = 0; k < j; k++) {
      const entry = load<f64>(a + at(j, k, n))
      pivot -= entry * entry
    }
    if (pivot <= threshold) {
      for (let k = 0; k <= j; k++) store<f64>(a + at(j, k, n), 0)
      for (let i = j + 1; i < n; i++) store<f64>(a + at(i, j, n), 0)
      continue
    }
    const root = sqrt<f64>(pivot)
    store<f64>(a + at(j, j, n), root)
    for (let i = j + 1; i < n; i++) {
      let entry = load<f64>(a + at(i, j, n))
      for (let k = 0; k < j; k++) entry -= load<f64>(a + at(i, k, n)) * load<f64>(a + at(j, k, n))
      store<f64>(a + at(i, j, n), entry / root)
    }
  }
}

/** A dropped unknown (divisor 0) is 0, unless its right-hand side is no finite number, which must be seen. */
// @ts-expect-error: decorator
@inline function divideRow(b: usize, m: i32, row: i32, divisor: f64): void {
  for (let c = 0; c < m; c++) {
    const place = b + at(row, c, m)
    const value = load<f64>(place)
    store<f64>(place, divisor != 0 ? value / divisor : isFinite<f64>(value) ? 0 : NaN)
  }
}

// @ts-expect-error: decorator
@inline function subtractRow(b: usize, m: i32, target: i32, source: i32, by: f64): void {
  for (let c = 0; c < m; c++) {
    const place = b + at(target, c, m)
    store<f64>(place, load<f64>(place) - by * load<f64>(b + at(source, c, m)))
  }
}

// @ts-expect-error: decorator
@inline function solve<T>(count: i32, n: i32, m: i32, a: usize, b: usize, x: usize, epsilon: f64, scratch: usize): void {
  const matrix = scratch
  const right = scratch + (<usize>(n * n) << 3)
  for (let each = 0; each < count; each++) {
    for (let i = 0; i < n * n; i++, a += sizeof<T>()) store<f64>(matrix + (<usize>i << 3), <f64>load<T>(a))
    for (let i = 0; i < n * m; i++, b += sizeof<T>()) store<f64>(right + (<usize>i << 3), <f64>load<T>(b))
    factor(matrix, n, epsilon)
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) subtractRow(right, m, i, k, load<f64>(matrix + at(i, k, n)))
      divideRow(right, m, i, load<f64>(matrix + at(i, i, n)))
    }
    for (let i = n - 1; i >= 0; i--) {
      divideRow(right, m, i, load<f64>(matrix + at(i, i, n)))
      for (let k = 0; k < i; k++) subtractRow(right, m, k, i, load<f64>(matrix + at(i, k, n)))
    }
    for (let i = 0; i < n * m; i++, x += sizeof<T>()) store<T>(x, <T>load<f64>(right + (<usize>i << 3)))
  }
}

/** `scratch` has room for n · (n + m) numbers in float64. */
export function choleskySolve_f32(count: i32, n: i32, m: i32, a: usize, b: usize, x: usize, epsilon: f64, scratch: usize): void {
  solve<f32>(count, n, m, a, b, x, epsilon, scratch)
}
export function choleskySolve_f64(count: i32, n: i32, m: i32, a: usize, b: usize, x: usize, epsilon: f64, scratch: usize): void {
  solve<f64>(count, n, m, a, b, x, epsilon, scratch)
}

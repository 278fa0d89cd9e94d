import { size } from '../lanes'

/** Copies `count` elements that lie one after the other. */
@inline export function copyRun<T>(count: i32, from: usize, to: usize): void {
  const last = from + <usize>count * size<T>()
  while (from + 16 <= last) {
    v128.store(to, v128.load(from))
    from += 16
    to += 16
  }
  while (from < last) {
    store<T>(to, load<T>(from))
    from += size<T>()
    to += size<T>()
  }
}

@inline function zeros<T>(count: i32, to: usize): usize {
  for (let i = 0; i < count; i++) {
    store<T>(to, <T>0)
    to += size<T>()
  }
  return to
}

/**
 * Lays images out so that every window reads them by whole vectors without asking where they end: zeros around them, and columns that are a
 * multiple of `phases` apart, the stride of windows, one after the other. Element q of phase f of row r is x[r − top, q · phases + f − left].
 */
// instances: f32 f64
function layOut<T>(planes: i32, height: i32, width: i32, top: i32, left: i32, rows: i32, phases: i32, wide: i32, x: usize, to: usize): void {
  const rowBytes = <usize>width * size<T>()
  for (let plane = 0; plane < planes; plane++) {
    for (let r = 0; r < rows; r++) {
      const row = r - top
      if (row < 0 || row >= height) {
        to = zeros<T>(phases * wide, to)
        continue
      }
      const from = x + <usize>row * rowBytes
      for (let f = 0; f < phases; f++) {
        // The places of this phase whose columns are there: from the first column ≥ 0 to the last below the width.
        const shift = f - left
        const first = min(wide, shift >= 0 ? 0 : (-shift + phases - 1) / phases)
        const last = max(first, min(wide, (width - shift + phases - 1) / phases))
        to = zeros<T>(first, to)
        if (phases == 1) {
          copyRun<T>(last - first, from + <usize>(first + shift) * size<T>(), to)
          to += <usize>(last - first) * size<T>()
        } else {
          let at = from + <usize>(first * phases + shift) * size<T>()
          for (let q = first; q < last; q++) {
            store<T>(to, load<T>(at))
            to += size<T>()
            at += <usize>phases * size<T>()
          }
        }
        to = zeros<T>(wide - last, to)
      }
    }
    x += <usize>height * rowBytes
  }
}

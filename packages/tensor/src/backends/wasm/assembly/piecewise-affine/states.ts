// Region codes: bit p of the state of unit u is bit u & 31 of word u >> 5 of plane p, whose ⌈units / 32⌉ words stand behind those of
// plane p − 1.

/** Bit p of 16 bytes, or of four whole numbers; a byte is a bool. */
@inline function bitsOfVector<T>(v: v128, p: i32): u32 {
  if (sizeof<T>() == 1) return <u32>i8x16.bitmask(i8x16.ne(v, i8x16.splat(0)))
  return <u32>i32x4.bitmask(i32x4.shl(v, 31 - p))
}

@inline function bitOf<T>(state: T, p: i32): u32 {
  if (sizeof<T>() == 1) return <u32>(state != 0)
  return (<u32>state >> p) & 1
}

// instances: u8 i32
@inline function packStates<T>(rows: i32, units: i32, bits: i32, states: usize, code: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const row = <usize>units * sizeof<T>()
  for (let r = 0; r < rows; r++, states += row) {
    for (let p = 0; p < bits; p++) {
      // A bool has the lowest bit alone.
      const isSet = sizeof<T>() > 1 || p == 0
      let at = states
      for (let first = 0; first < units; first += 32, code += 4) {
        const last = min(32, units - first)
        let word: u32 = 0
        let u = 0
        for (; u + lanes <= last; u += lanes, at += 16) word |= bitsOfVector<T>(v128.load(at), p) << u
        for (; u < last; u++, at += sizeof<T>()) word |= bitOf<T>(load<T>(at), p) << u
        store<u32>(code, isSet ? word : 0)
      }
    }
  }
}

export function unpackStates(rows: i32, units: i32, bits: i32, code: usize, states: usize): void {
  const lane = i32x4(1, 2, 4, 8)
  const zero = i32x4.splat(0)
  const row = <usize>units * 4
  if (bits == 0) memory.fill(states, 0, <usize>rows * row)
  for (let r = 0; r < rows; r++, states += row) {
    for (let p = 0; p < bits; p++) {
      const one = i32x4.splat(1 << p)
      let at = states
      for (let first = 0; first < units; first += 32, code += 4) {
        const last = min(32, units - first)
        const word = load<u32>(code)
        let u = 0
        for (; u + 4 <= last; u += 4, at += 16) {
          const set = v128.and(i32x4.ne(v128.and(i32x4.splat(word >> u), lane), zero), one)
          v128.store(at, p == 0 ? set : v128.or(v128.load(at), set))
        }
        for (; u < last; u++, at += 4) {
          const set = ((word >> u) & 1) << p
          store<u32>(at, p == 0 ? set : load<u32>(at) | set)
        }
      }
    }
  }
}

/** Units whose states differ in any bit: codes of `bits` planes of so many words. A loop over one plane takes 1.07 to 1.7 times as long as none. */
export function countDifferingStates(rows: i32, words: i32, bits: i32, a: usize, b: usize, counts: usize): void {
  if (bits <= 1) {
    for (let r = 0; r < rows; r++, counts += 4) {
      let count: i32 = 0
      for (let w = 0; w < words; w++, a += 4, b += 4) count += popcnt<i32>(load<i32>(a) ^ load<i32>(b))
      store<i32>(counts, count)
    }
    return
  }
  const plane = <usize>words * 4
  const others = <usize>(bits - 1) * plane
  for (let r = 0; r < rows; r++, counts += 4, a += others, b += others) {
    let count: i32 = 0
    for (let w = 0; w < words; w++, a += 4, b += 4) {
      let differing = load<i32>(a) ^ load<i32>(b)
      for (let p = plane; p <= others; p += plane) differing |= load<i32>(a + p) ^ load<i32>(b + p)
      count += popcnt<i32>(differing)
    }
    store<i32>(counts, count)
  }
}

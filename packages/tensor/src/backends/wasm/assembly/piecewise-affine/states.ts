// Region codes: bit u & 31 of word u >> 5 is the state of unit u.

export function packStates(rows: i32, units: i32, states: usize, code: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let first = 0; first < units; first += 32, code += 4) {
      const last = min(32, units - first)
      let bits: u32 = 0
      for (let u = 0; u < last; u++, states++) bits |= (<u32>(load<u8>(states) != 0)) << u
      store<u32>(code, bits)
    }
  }
}

export function unpackStates(rows: i32, units: i32, code: usize, states: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let first = 0; first < units; first += 32, code += 4) {
      const last = min(32, units - first)
      const bits = load<u32>(code)
      for (let u = 0; u < last; u++, states++) store<u8>(states, <u8>((bits >> u) & 1))
    }
  }
}

export function countDifferingStates(rows: i32, words: i32, a: usize, b: usize, counts: usize): void {
  for (let r = 0; r < rows; r++, counts += 4) {
    let count: i32 = 0
    for (let w = 0; w < words; w++, a += 4, b += 4) count += popcnt<i32>(load<i32>(a) ^ load<i32>(b))
    store<i32>(counts, count)
  }
}

/**
 * The k nearest others of every one of d points, nearest first; of equally near ones the lowest index first.
 *
 * @param distances [d, d]
 * @returns [d·k]
 */
export function nearestOthers(distances: Float64Array, d: number, k: number): Int32Array {
  const nearest = new Int32Array(d * k)
  for (let p = 0; p < d; p++) {
    const row = p * d
    let held = 0
    for (let q = 0; q < d; q++) {
      if (q === p) continue
      const distance = distances[row + q]
      let at = held
      while (at > 0 && distance < distances[row + nearest[p * k + at - 1]]) at--
      if (at === k) continue
      if (held < k) held++
      for (let later = held - 1; later > at; later--) nearest[p * k + later] = nearest[p * k + later - 1]
      nearest[p * k + at] = q
    }
  }
  return nearest
}

/** Rows of a matrix that are connected by entries other than 0, and have none in common with other rows. */
export interface Block {
  /** In an order that makes the block upper triangular, if there is one. */
  readonly rows: readonly number[]
  readonly isTriangular: boolean
}

/** The blocks of a matrix `[n, n]`. */
export function blocksOf(a: Float64Array, n: number): Block[] {
  const isTaken = new Uint8Array(n)
  const blocks: Block[] = []
  for (let first = 0; first < n; first++) {
    if (isTaken[first] !== 0) continue
    const rows = [first]
    isTaken[first] = 1
    for (let at = 0; at < rows.length; at++) {
      for (let j = 0; j < n; j++) {
        if (isTaken[j] !== 0 || (a[rows[at] * n + j] === 0 && a[j * n + rows[at]] === 0)) continue
        isTaken[j] = 1
        rows.push(j)
      }
    }
    const sorted = sortedRows(a, n, rows)
    blocks.push({ rows: sorted ?? rows, isTriangular: sorted !== null })
  }
  return blocks
}

/** Each row before those that its entries lead to; `null` where the entries form a cycle (Kahn 1962). */
function sortedRows(a: Float64Array, n: number, rows: readonly number[]): number[] | null {
  const before = new Int32Array(n)
  const leadsTo = (i: number, j: number): boolean => i !== j && a[i * n + j] !== 0
  for (const i of rows) for (const j of rows) if (leadsTo(i, j)) before[j]++
  const sorted = rows.filter((row) => before[row] === 0)
  for (let at = 0; at < sorted.length; at++) {
    for (const j of rows) if (leadsTo(sorted[at], j) && --before[j] === 0) sorted.push(j)
  }
  return sorted.length === rows.length ? sorted : null
}

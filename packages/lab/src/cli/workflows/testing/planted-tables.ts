import { writeFileSync } from 'node:fs'
import { type Key, key } from '@facet/tensor'

/** Columns of each table. */
export const plantedColumns = 16

/** How normal rows lie: near a subspace of three dimensions, or near one that a tanh bends. */
export type Surface = 'flat' | 'bent'

/** Rows near the surface of a seed, with noise of a tenth. */
export function normalRows(seed: number, surface: Surface, drawing: Key, count: number): number[][] {
  const mixing = key(seed)
    .child('mixing')
    .normalArray(3 * plantedColumns)
  const codes = drawing.child('codes').normalArray(3 * count)
  const noise = drawing.child('noise').normalArray(plantedColumns * count)
  return Array.from({ length: count }, (_, n) =>
    Array.from({ length: plantedColumns }, (_, j) => {
      let sum = 0
      for (let k = 0; k < 3; k++) sum += (codes[3 * n + k] * mixing[k * plantedColumns + j]) / Math.sqrt(3)
      return (surface === 'flat' ? sum : Math.tanh(sum)) + 0.1 * noise[n * plantedColumns + j]
    }),
  )
}

/** Odd rows: each column has numbers that normal rows have there, each from another row. */
export function oddRows(seed: number, surface: Surface, drawing: Key, count: number): number[][] {
  const rows = normalRows(seed, surface, drawing, count)
  const orders = Array.from({ length: plantedColumns }, (_, j) => {
    const draws = drawing.child('order', j).uniformArray(count)
    return Array.from(draws.keys()).sort((a, b) => draws[a] - draws[b])
  })
  return rows.map((row, n) => row.map((_, j) => rows[orders[j][n]][j]))
}

/** Writes rows as a CSV file with columns c0 to c15. */
export function writeRows(path: string, rows: readonly (readonly number[])[]): void {
  const head = Array.from({ length: plantedColumns }, (_, j) => `c${j}`)
  writeFileSync(path, `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`)
}

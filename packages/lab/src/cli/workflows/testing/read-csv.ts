import { readFileSync } from 'node:fs'

/** A table without quotes, by the names of its columns. */
export interface ReadTable {
  readonly head: readonly string[]
  readonly rows: number
  /** The cells of a column as texts. */
  text(name: string): readonly string[]
  /** The same as numbers; NaN for an empty cell. */
  numbers(name: string): Float64Array
}

/** Reads what the command wrote. @throws Error for a column that the table does not have */
export function readTable(path: string): ReadTable {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const head = lines[0].split(',')
  const cells = lines.slice(1).map((line) => line.split(','))
  const text = (name: string): readonly string[] => {
    const at = head.indexOf(name)
    if (at < 0) throw new Error(`${path}: expected a column ${name}, got ${head.join(', ')}`)
    return cells.map((row) => row[at])
  }
  const numbers = (name: string): Float64Array =>
    Float64Array.from(text(name), (cell) => (cell === '' ? Number.NaN : Number(cell)))
  return { head, rows: cells.length, text, numbers }
}

/** The common job: 16-32-3-32-16, 320 Adam steps of 32 rows (ten passes over 1,024), then the errors of 100 rows. */
export const job = {
  columns: 16,
  hidden: 32,
  bottleneck: 3,
  rows: 1024,
  batch: 32,
  epochs: 10,
  scored: 100,
} as const

/** What a program has come to, in milliseconds of its clock. */
export interface Course {
  /** After the first step. */
  readonly firstStep: number
  /** After the last step. */
  readonly trained: number
  /** Mean squared error of the rows that were scored: that something was learned. */
  readonly error: number
}

/** A library at work: trains on `jobRows()`, and scores the first hundred. */
export type Program = () => Promise<Course>

/** Rows near a surface of three dimensions. */
export function jobRows(count: number = job.rows): Float32Array {
  let state = 1
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  const { columns, bottleneck } = job
  const mixing = Float64Array.from({ length: columns * bottleneck }, draw)
  const values = new Float32Array(count * columns)
  for (let i = 0; i < count; i++) {
    const codes = [2 * draw(), 2 * draw(), 2 * draw()]
    for (let j = 0; j < columns; j++) {
      const flat = codes.reduce((sum, code, k) => sum + code * mixing[bottleneck * j + k], 0)
      values[i * columns + j] = Math.tanh(flat) + 0.1 * draw()
    }
  }
  return values
}

export const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

import type { Key } from '@facet/tensor'

/** `count` random directions of R^size at right angles, of length 1: rows of a random rotation. */
export function randomMixing(count: number, size: number, key: Key): number[][] {
  const drawn = key.child('stencils').normalArray(count * size)
  const made: number[][] = []
  for (let k = 0; k < count; k++) {
    const row = [...drawn.slice(k * size, (k + 1) * size)]
    for (const other of made) {
      const along = dot(row, other)
      other.forEach((value, i) => {
        row[i] -= along * value
      })
    }
    const length = Math.sqrt(dot(row, row))
    made.push(row.map((value) => value / length))
  }
  return made
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0)

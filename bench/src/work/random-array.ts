import { key } from '@facet/tensor'
import type { HostArray } from './work.ts'

/** Standard normals times `scale`, the same for the same name. */
export function randomArray(name: string, shape: readonly number[], scale = 1): HostArray {
  const count = shape.reduce((product, size) => product * size, 1)
  return { shape, values: Float32Array.from(key(name).normalArray(count), (x) => x * scale) }
}

/** The transpose of a matrix, copied. */
export function transposed({ shape: [rows, columns], values }: HostArray): HostArray {
  const out = new Float32Array(values.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j]
  return { shape: [columns, rows], values: out }
}

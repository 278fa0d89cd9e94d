import { pca } from '@facet/models'
import { cast, tensor } from '@facet/tensor'
import { itemsFor, type ReadingOptions } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { type LeftOut, reasonsOf, type UnusableRow, unusableRows } from './reasons.ts'
import { codesOf, makeRows } from './row-makers.ts'
import { labelOf, rowNumber } from './sample-names.ts'

/** A row or window of a file with its code. */
export interface CodePoint {
  readonly file: string
  /** In the file, from 1; of a window its first. */
  readonly row: number
  readonly label: string | null
  /** What the file says of it beside that: columns of ids, time and group. */
  readonly ids: readonly string[]
  readonly code: readonly number[]
}

/** Codes of files, and the rows that have none. */
export interface CodePoints {
  readonly points: readonly CodePoint[]
  /** Rows or windows of the files. */
  readonly count: number
  readonly leftOut: readonly LeftOut[]
}

/** Encodes files. @throws Interrupted between batches */
export async function codePoints(
  folder: ModelFolder,
  files: readonly string[],
  reading: ReadingOptions,
  signal?: AbortSignal,
): Promise<CodePoints> {
  const points: CodePoint[] = []
  const unusable: UnusableRow[] = []
  let count = 0
  for (const file of files) {
    const newItems = await itemsFor(folder, file, reading)
    const { samples, items, prepared } = newItems
    const beside = [...samples.ids, samples.time, samples.group].filter((column) => column !== null)
    const rowOf = (item: number): number => rowNumber(samples, items.first[item])
    const isOut = new Set(prepared.unusable.map(({ item }) => item))
    unusable.push(...unusableRows(samples, items, prepared))
    const onRow = (numbers: Float32Array | Float64Array, item: number): void => {
      count++
      if (isOut.has(item)) return
      const code = [...numbers]
      if (!code.every(Number.isFinite)) {
        unusable.push({ row: rowOf(item), reason: 'its code is not finite' })
        return
      }
      const index = items.first[item]
      const ids = beside.map(({ name, values }) => `${name} ${values[index]}`)
      points.push({ file, row: rowOf(item), label: labelOf(samples, index), ids, code })
    }
    await makeRows(folder, newItems, codesOf(folder), onRow, signal)
  }
  return { points, count, leftOut: reasonsOf(unusable) }
}

/** Where codes lie in a plane. */
export interface CodePlane {
  /** [x, y] of each code. */
  readonly places: readonly (readonly [x: number, y: number])[]
  readonly axes: readonly [x: string, y: string]
  /** Of the variance of the codes, along each axis; `null` where the plane is all there is. */
  readonly shares: readonly number[] | null
}

/** Codes of two numbers as they are; of one number over the rows; of more on their first two principal components. @param codes at least one */
export function codePlane(codes: readonly (readonly number[])[]): CodePlane {
  const [{ length }] = codes
  if (length === 1) return { places: codes.map(([z], i) => [i + 1, z]), axes: ['row', 'z1'], shares: null }
  if (length === 2) return { places: codes.map(([x, y]) => [x, y]), axes: ['z1', 'z2'], shares: null }
  const data = tensor(Float64Array.from(codes.flat()), { shape: [codes.length, length] })
  const { mean, components } = pca(data, Math.min(2, codes.length))
  const centre = mean.toArray() as number[]
  const directions = cast(components, 'float64').toArray() as number[][]
  const along = (code: readonly number[], direction: readonly number[] = []): number =>
    direction.reduce((sum, u, j) => sum + u * (code[j] - centre[j]), 0)
  const places = codes.map((code) => [along(code, directions[0]), along(code, directions[1])] as const)
  const total = codes.reduce((sum, code) => sum + code.reduce((s, z, j) => s + (z - centre[j]) ** 2, 0), 0)
  const shares = [0, 1].map((k) => (total === 0 ? 0 : places.reduce((sum, p) => sum + p[k] ** 2, 0) / total))
  return { places, axes: ['component 1', 'component 2'], shares }
}

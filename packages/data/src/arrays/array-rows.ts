import { type ArrayData, formatShape } from '@facet/tensor'
import type { FloatDType } from '../dataset.ts'
import { RowChoice, type RowSample } from '../samples/row-choice.ts'
import { greyImage, noFacts } from '../samples/row-table.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'

export interface ArrayOptions {
  readonly dtype: FloatDType
  readonly sample?: RowSample
}

const floats = { float32: Float32Array, float64: Float64Array } as const

/**
 * Samples of an array: the first axis counts them, the others lie one after the other in a row. Numbers stay what they are.
 *
 * @param what names the array in errors, or is empty
 * @throws for a rank below 2, no samples, NaN and infinity
 */
export function arrayRows(
  source: Source,
  what: string,
  { shape, data, dtype }: ArrayData,
  options: ArrayOptions,
  labels: ArrayData | null = null,
): ParsedSamples {
  if (shape.length < 2 || data.length === 0) {
    fail(source, what, `expected samples, an array [n, d], found ${dtype} ${formatShape(shape)}`)
  }
  const [n, ...axes] = shape
  const length = data.length / n
  const broken =
    dtype === 'float32' || dtype === 'float64' ? data.findIndex((value) => !Number.isFinite(value)) : -1
  if (broken >= 0) {
    const place = `row ${Math.floor(broken / length)}, column ${broken % length}`
    fail(source, what, `expected finite numbers, found ${data[broken]} in ${place} (counted from 0)`)
  }
  const rows = options.sample ? chosenRows(options.sample, n) : null
  const classes = labels && classesOf(source, labels, n)
  const [height, width] = axes
  return {
    values: valuesOf(data, length, rows, options.dtype),
    count: rows?.length ?? n,
    length,
    labels: classes && (rows ? rows.map((row) => classes[row]) : classes),
    ...noFacts,
    image: axes.length === 2 ? greyImage(height, width) : null,
    rowsInFile: n,
    rows,
  }
}

function chosenRows(sample: RowSample, n: number): Int32Array | null {
  const choice = new RowChoice(sample)
  for (let row = 0; row < n; row++) choice.next()
  return choice.result()?.rows ?? null
}

function valuesOf(
  data: ArrayData['data'],
  length: number,
  rows: Int32Array | null,
  dtype: FloatDType,
): Float32Array | Float64Array {
  if (rows === null) return new floats[dtype](data)
  const values = new floats[dtype](rows.length * length)
  rows.forEach((row, at) => values.set(data.subarray(row * length, (row + 1) * length), at * length))
  return values
}

/** @throws unless there is a whole number for each of the n samples */
function classesOf(source: Source, { shape, data, dtype }: ArrayData, n: number): Int32Array {
  if (shape.length !== 1 || data.length !== n) {
    fail(source, 'labels', `expected ${n} of them as there are samples, found ${dtype} ${formatShape(shape)}`)
  }
  const classes = Int32Array.from(data)
  const wrong = classes.findIndex((label, i) => label !== data[i])
  if (wrong >= 0)
    fail(source, 'labels', `expected whole numbers within 32 bits, found ${data[wrong]} at ${wrong}`)
  return classes
}

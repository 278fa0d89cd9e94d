import type { ArrayData, ArrayDescription } from '@facet/tensor'
import type { FloatDType } from '../dataset.ts'
import { LabelConditions } from '../samples/label-conditions.ts'
import { RowChoice, type RowSample } from '../samples/row-choice.ts'
import { greyImage, noFacts } from '../samples/row-table.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import type { Source } from '../samples/source.ts'
import type { Condition } from '../table/condition.ts'
import type { Labels } from './array-labels.ts'
import { checkNumbers, refuseShape } from './array-values.ts'

export interface ArrayOptions {
  /** Default float32 where that holds every number of the array's type, else float64. */
  readonly dtype?: FloatDType | undefined
  readonly sample?: RowSample | undefined
  /** Whether NaN is refused (default) or kept. */
  readonly missing?: 'refuse' | 'keep' | undefined
  /** Rows to read, by their label. */
  readonly where?: readonly Condition[] | undefined
}

const floats = { float32: Float32Array, float64: Float64Array } as const

/** Types whose numbers float32 holds exactly. */
const small = new Set(['bool', 'int8', 'int16', 'uint8', 'uint16', 'float16', 'bfloat16', 'float32'])

/** What samples are made of. */
export interface SampleArray {
  readonly source: Source
  /** Names the array in errors, or is empty. */
  readonly what: string
  /** The type in the file. */
  readonly type: string
  readonly array: ArrayData
  readonly labels: Labels | null
  readonly notes: readonly string[]
}

/** @throws for what is no table of samples: a rank below 2, or nothing in it */
export function expectTable(
  source: Source,
  what: string,
  array: Pick<ArrayDescription, 'type' | 'shape'>,
): void {
  if (array.shape.length < 2 || array.shape.includes(0)) refuseShape({ source, what }, array)
}

/**
 * Samples of an array: the first axis counts them, the others lie one after the other in a row. Numbers stay what they are.
 *
 * @throws for infinity, numbers that float32 rounds to it unless float64 is asked for, and NaN unless missing values are kept
 */
export function arrayRows(of: SampleArray, options: ArrayOptions): ParsedSamples {
  const { source, what, type, labels, notes } = of
  const { shape, data } = of.array
  const [n, height, width] = shape
  const length = data.length / n
  const met = rowsThatMeet(source, labels, n, options.where)
  checkNumbers(
    { source, what, data, length, dtype: options.dtype },
    met,
    met?.length ?? n,
    options.missing ?? 'refuse',
  )
  const rows = options.sample ? chosenRows(options.sample, met, n) : met
  return {
    values: valuesOf(data, length, rows, options.dtype ?? (small.has(type) ? 'float32' : 'float64')),
    count: rows?.length ?? n,
    length,
    labels: labels && (rows ? rows.map((row) => labels.codes[row]) : labels.codes),
    ...noFacts,
    classes: labels?.classes ?? null,
    notes: shape.length > 2 ? [...notes, shapeNote(shape)] : notes,
    image: shape.length === 3 ? greyImage(height, width) : null,
    rowsInFile: n,
    rows,
  }
}

/** What samples of several axes are taken for. */
function shapeNote([, ...axes]: readonly number[]): string {
  const sample = `each sample of ${axes.join(' × ')} numbers is taken for`
  return axes.length === 2
    ? `${sample} a grey image`
    : `${sample} a row of ${axes.reduce((product, axis) => product * axis, 1)}`
}

/** Rows whose label meets the conditions; `null` where there are no conditions. */
function rowsThatMeet(
  source: Source,
  labels: Labels | null,
  n: number,
  where: readonly Condition[] | undefined,
): Int32Array | null {
  const conditions = LabelConditions.of(source, where, labels !== null)
  if (conditions === null || labels === null) return null
  const { codes, classes } = labels
  const met = new Int32Array(n)
  let count = 0
  for (let row = 0; row < n; row++) {
    if (conditions.meets(classes ? classes[codes[row]] : String(codes[row]))) met[count++] = row
  }
  conditions.expectRows(count, n)
  return count === n ? null : met.slice(0, count)
}

/** Those of the rows, or of n rows where there is no list, that a sub-sample keeps. */
function chosenRows(sample: RowSample, rows: Int32Array | null, n: number): Int32Array | null {
  const choice = new RowChoice(sample)
  for (let i = 0; i < (rows?.length ?? n); i++) choice.next()
  const chosen = choice.result()?.rows
  if (chosen === undefined) return rows
  return rows === null ? chosen : chosen.map((i) => rows[i])
}

function valuesOf(
  data: ArrayData['data'],
  length: number,
  rows: Int32Array | null,
  dtype: FloatDType,
): Float32Array | Float64Array {
  const type = floats[dtype]
  // What was decoded belongs to nobody else.
  if (rows === null) return data instanceof type ? data : new type(data)
  const values = new type(rows.length * length)
  rows.forEach((row, at) => values.set(data.subarray(row * length, (row + 1) * length), at * length))
  return values
}

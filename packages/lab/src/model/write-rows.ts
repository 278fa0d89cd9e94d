import type { SamplesFile } from '@facet/data/node'
import { type ArrayData, encodeNpy, encodeNpz } from '@facet/tensor'
import { inOut, type OutStream } from '../folder/out-file.ts'
import { inTextTable, type TableSink, type TextTableKind, textTableKinds } from '../folder/text-table.ts'
import type { CsvValue } from '../text/csv.ts'
import { shortest } from '../text/number.ts'
import { type NewItems, notesOf, type Prepared, unusableIn } from './new-samples.ts'
import type { LeftOut } from './reasons.ts'
import { makeRows, type RowMaker } from './row-makers.ts'
import { labelOf } from './sample-names.ts'

/** What rows are made of. */
export interface RowsJob extends Prepared {
  readonly files: readonly string[]
  read(file: string): Promise<NewItems>
  readonly maker: RowMaker
  /** Ends it between batches. */
  readonly signal?: AbortSignal
}

/** Kinds of files that rows are written into, by their endings: text, or arrays. */
export const rowFileKinds: Readonly<Record<string, TextTableKind | 'npy' | 'npz'>> = {
  ...textTableKinds,
  '.npy': 'npy',
  '.npz': 'npz',
}

/** Writes the rows of all files, one below the other, as the kind of file has them. @returns what there is to say of each file */
export const writeRows = (
  job: RowsJob,
  out: string | undefined,
  kind: TextTableKind | 'npy' | 'npz',
  stream: OutStream,
): Promise<readonly FileRemarks[]> =>
  typeof kind === 'string'
    ? inOut(out, stream, async (file) => {
        const arrays = await arraysOf(job)
        file.write(await encoders[kind](job.maker, arrays))
        return arrays.remarks
      })
    : inTextTable(out, kind, stream, (sink) => writeTable(job, sink))

/**
 * A header, then a line for every row or window; before the numbers what the file says of its first row: see {@link frontOf}. A row that cannot be
 * used has empty cells.
 */
async function writeTable(
  { preparation, files, read, maker, signal }: RowsJob,
  sink: TableSink,
): Promise<FileRemarks[]> {
  const remarks: FileRemarks[] = []
  let front: Front | undefined
  for (const file of files) {
    const newItems = await read(file)
    const { samples, items } = newItems
    if (front === undefined) {
      front = frontOf(samples, files.length > 1)
      sink.line([...front.heads, ...maker.header])
    }
    const { cells } = front
    const onRow = (numbers: Float32Array | Float64Array, item: number): void => {
      const written = numbers instanceof Float32Array ? shortest : inDigits
      const values = Array.from(numbers, (value) => (Number.isNaN(value) ? null : written(value)))
      sink.line([...cells(samples, file, items.first[item]), ...values])
    }
    await makeRows({ preparation }, newItems, maker, onRow, signal)
    remarks.push(remarksOn(file, newItems))
  }
  return remarks
}

/** A float64 without its last digit, which is rounding. */
const inDigits = (value: number): number => Number(value.toPrecision(15))

/** What stands before the numbers. */
interface Front {
  readonly heads: readonly string[]
  cells(samples: SamplesFile, file: string, index: number): CsvValue[]
}

interface FrontColumn {
  readonly head: string
  of(samples: SamplesFile, index: number): CsvValue
}

/** The file, where there are several; then what the first file has: ids, time, group, label. */
function frontOf({ ids, time, group, labels }: SamplesFile, isOfSeveral: boolean): Front {
  const columns: FrontColumn[] = ids.map(({ name }, k) => ({
    head: name,
    of: ({ ids }, i) => ids[k]?.values[i] ?? null,
  }))
  if (time !== null) columns.push({ head: time.name, of: ({ time }, i) => time?.values[i] ?? null })
  if (group !== null) columns.push({ head: group.name, of: ({ group }, i) => group?.values[i] ?? null })
  if (labels !== null) columns.push({ head: 'label', of: labelOf })
  return {
    heads: [...(isOfSeveral ? ['file'] : []), ...columns.map(({ head }) => head)],
    cells: (samples, file, i) => [...(isOfSeveral ? [file] : []), ...columns.map(({ of }) => of(samples, i))],
  }
}

/** What there is to say of a file whose rows were written. */
export interface FileRemarks {
  readonly file: string
  /** What it was taken for. */
  readonly notes: readonly string[]
  /** Rows that nothing was made of. */
  readonly unusable: readonly LeftOut[]
}

const remarksOn = (file: string, newItems: NewItems): FileRemarks => ({
  file,
  notes: notesOf(newItems),
  unusable: unusableIn(newItems),
})

interface RowArrays {
  /** NaN where a row cannot be used. */
  readonly rows: ArrayData
  /** Where every file has them. */
  readonly labels: ArrayData | null
  readonly remarks: readonly FileRemarks[]
}

async function arraysOf({ preparation, files, read, maker, signal }: RowsJob): Promise<RowArrays> {
  const width = maker.header.length
  const numbers: Float64Array[] = []
  const labels: Int32Array[] = []
  let dtype: 'float32' | 'float64' = 'float32'
  const remarks: FileRemarks[] = []
  for (const file of files) {
    const newItems = await read(file)
    const { first } = newItems.items
    const part = new Float64Array(first.length * width)
    const onRow = (row: Float32Array | Float64Array, item: number): void => {
      if (row instanceof Float64Array) dtype = 'float64'
      part.set(row, item * width)
    }
    await makeRows({ preparation }, newItems, maker, onRow, signal)
    numbers.push(part)
    const ofSamples = newItems.samples.labels
    if (ofSamples !== null) labels.push(first.map((sample) => ofSamples[sample]))
    remarks.push(remarksOn(file, newItems))
  }
  const count = numbers.reduce((sum, { length }) => sum + length / width, 0)
  const data = dtype === 'float32' ? joined(Float32Array, numbers) : joined(Float64Array, numbers)
  const rows: ArrayData = { dtype, shape: [count, width], data }
  if (labels.length < files.length) return { rows, labels: null, remarks }
  return {
    rows,
    labels: { dtype: 'int32', shape: [count], data: joined(Int32Array, labels) },
    remarks,
  }
}

/** Parts as one array. */
function joined<T extends Float32Array | Float64Array | Int32Array>(
  Numbers: new (length: number) => T,
  parts: readonly ArrayLike<number>[],
): T {
  const whole = new Numbers(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const encoders: Readonly<
  Record<'npy' | 'npz', (maker: RowMaker, arrays: RowArrays) => Uint8Array | Promise<Uint8Array>>
> = {
  npy: (_, { rows }) => encodeNpy(rows),
  npz: ({ name }, { rows, labels }) => encodeNpz({ [name]: rows, ...(labels && { labels }) }),
}

import { type ArrayData, encodeNpy, encodeNpz } from '@facet/tensor'
import { inOut, type OutStream } from '../folder/out-file.ts'
import { inTextTable, type TableSink, type TextTableKind, textTableKinds } from '../folder/text-table.ts'
import type { CsvValue } from '../text/csv.ts'
import { shortest } from '../text/number.ts'
import { type ReadingOptions, samplesFor } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { makeRows, type RowMaker } from './row-makers.ts'
import { labelOf } from './samples.ts'

/** What rows are made of. */
export interface RowsJob {
  readonly folder: ModelFolder
  readonly files: readonly string[]
  readonly reading: ReadingOptions
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

/** Writes the rows of all files, one below the other, as the kind of file has them. */
export const writeRows = (
  job: RowsJob,
  out: string | undefined,
  kind: TextTableKind | 'npy' | 'npz',
  stream: OutStream,
): Promise<void> =>
  typeof kind === 'string'
    ? inOut(out, stream, async (file) => file.write(await encoders[kind](job.maker, await arraysOf(job))))
    : inTextTable(out, kind, stream, (sink) => writeTable(job, sink))

/**
 * A header, then a line for every row; before the numbers the file, where there are several, and the label, where the first file has
 * labels.
 */
async function writeTable(
  { folder, files, reading, maker, signal }: RowsJob,
  sink: TableSink,
): Promise<void> {
  let labelled: boolean | undefined
  for (const file of files) {
    const samples = await samplesFor(folder, file, reading)
    if (labelled === undefined) {
      labelled = samples.labels !== null
      sink.line([...leading(files, labelled, 'file', 'label'), ...maker.header])
    }
    const onRow = (numbers: ArrayLike<number>, i: number): void => {
      const front: CsvValue[] = leading(files, labelled === true, file, labelOf(samples, i))
      sink.line([...front, ...Array.from(numbers, shortest)])
    }
    await makeRows(folder, samples, maker, onRow, signal)
  }
}

const leading = <T>(files: readonly string[], labelled: boolean, file: T, label: T): T[] => [
  ...(files.length > 1 ? [file] : []),
  ...(labelled ? [label] : []),
]

interface RowArrays {
  readonly rows: ArrayData
  /** Where every file has them. */
  readonly labels: ArrayData | null
}

async function arraysOf({ folder, files, reading, maker, signal }: RowsJob): Promise<RowArrays> {
  const width = maker.header.length
  const numbers: Float32Array[] = []
  const labels: Int32Array[] = []
  for (const file of files) {
    const samples = await samplesFor(folder, file, reading)
    const part = new Float32Array(samples.count * width)
    await makeRows(folder, samples, maker, (row, i) => part.set(row, i * width), signal)
    numbers.push(part)
    if (samples.labels !== null) labels.push(samples.labels)
  }
  const count = numbers.reduce((sum, { length }) => sum + length / width, 0)
  const rows: ArrayData = { dtype: 'float32', shape: [count, width], data: joined(Float32Array, numbers) }
  if (labels.length < files.length) return { rows, labels: null }
  return { rows, labels: { dtype: 'int32', shape: [count], data: joined(Int32Array, labels) } }
}

/** Parts as one array. */
function joined<T extends Float32Array | Int32Array>(
  Numbers: new (length: number) => T,
  parts: readonly T[],
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

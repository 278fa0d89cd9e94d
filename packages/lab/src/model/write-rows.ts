import { encodeNpy } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { writeAtomically } from '../folder/atomic.ts'
import type { LineSink } from '../folder/line-sink.ts'
import { csvLine } from '../text/csv.ts'
import { shortest } from '../text/number.ts'
import { type ReadingOptions, samplesFor } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { makeRows, type RowMaker } from './row-makers.ts'
import { labelOf } from './samples.ts'

/** What rows are made of, and where they go. */
export interface RowsJob {
  readonly folder: ModelFolder
  readonly files: readonly string[]
  readonly reading: ReadingOptions
  readonly maker: RowMaker
  /** Ends it between batches. */
  readonly signal?: AbortSignal
}

/**
 * Writes CSV: a header, then a line for every sample; before the numbers the file, where there are several, and the label,
 * where the first file has labels.
 */
export async function writeCsv(
  { folder, files, reading, maker, signal }: RowsJob,
  sink: LineSink,
): Promise<void> {
  let labelled: boolean | undefined
  for (const file of files) {
    const samples = await samplesFor(folder, file, reading)
    if (labelled === undefined) {
      labelled = samples.labels !== null
      sink.write(csvLine([...leading(files, labelled, 'file', 'label'), ...maker.header]))
    }
    const onRow = (numbers: Float32Array, i: number): void => {
      const front = leading(files, labelled === true, file, labelOf(samples, i))
      sink.write(csvLine([...front, ...Array.from(numbers, shortest)]))
    }
    await makeRows(folder, samples, maker, onRow, signal)
  }
}

const leading = <T>(files: readonly string[], labelled: boolean, file: T, label: T): T[] => [
  ...(files.length > 1 ? [file] : []),
  ...(labelled ? [label] : []),
]

/** Writes the numbers of all files, one below the other, as one `.npy` of float32. */
export async function writeNpy(
  { folder, files, reading, maker, signal }: RowsJob,
  path: string,
): Promise<void> {
  const width = maker.header.length
  const parts: Float32Array[] = []
  for (const file of files) {
    const samples = await samplesFor(folder, file, reading)
    const part = new Float32Array(samples.count * width)
    await makeRows(folder, samples, maker, (numbers, i) => part.set(numbers, i * width), signal)
    parts.push(part)
  }
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => {
    data.set(part, at)
    return at + part.length
  }, 0)
  try {
    writeAtomically(path, encodeNpy({ dtype: 'float32', shape: [data.length / width, width], data }))
  } catch (error) {
    throw new UsageError(`--out: cannot write ${path}: ${(error as Error).message}`)
  }
}

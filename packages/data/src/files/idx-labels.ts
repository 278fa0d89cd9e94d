import { IdxParser } from '../binary/idx-parser.ts'
import type { RowSample } from '../samples/row-choice.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'
import { feed } from './feed.ts'
import { type OpenFile, withFile } from './open-file.ts'

/**
 * The labels of samples from an IDX file of rank 1. The same sub-sample keeps the same rows of either file.
 *
 * @throws unless there are as many labels as samples
 */
export async function idxLabels(
  source: Source,
  samples: ParsedSamples,
  sample: RowSample | undefined,
  maxBytes: number | undefined,
): Promise<Int32Array> {
  const read = async (file: OpenFile): Promise<ParsedSamples> => {
    const parser = new IdxParser(source, { dtype: 'float64', sample, size: file.size, holds: 'labels' })
    await feed(file, parser)
    return parser.end()
  }
  const { values, rowsInFile } = await withFile(source, read, maxBytes)
  if (rowsInFile !== samples.rowsInFile) {
    fail(source, '', `expected ${samples.rowsInFile} labels as there are samples, found ${rowsInFile}`)
  }
  const labels = Int32Array.from(values)
  const wrong = values.findIndex((value, i) => value !== labels[i])
  if (wrong >= 0) fail(source, '', `expected whole numbers within 32 bits as labels, found ${values[wrong]}`)
  return labels
}

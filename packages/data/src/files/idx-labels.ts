import { IdxParser, type Labels } from '../binary/idx-parser.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'
import { expectNative } from './expect-native.ts'
import { feed } from './feed.ts'
import { type OpenFile, withFile } from './open-file.ts'

/**
 * The labels of samples from an IDX file of rank 1.
 *
 * @throws for samples, and for labels that are no whole numbers
 */
export async function idxLabels(source: Source, maxBytes: number | undefined): Promise<Labels> {
  const read = async (file: OpenFile): Promise<ParsedSamples> => {
    expectNative(source, file, 'idx')
    const parser = new IdxParser(source, { dtype: 'float64', size: file.size, holds: 'labels' })
    await feed(file, parser)
    return parser.end()
  }
  const { values } = await withFile(source, read, maxBytes)
  const labels = Int32Array.from(values)
  const wrong = values.findIndex((value, i) => value !== labels[i])
  if (wrong >= 0) fail(source, '', `expected whole numbers within 32 bits as labels, found ${values[wrong]}`)
  return { source, values: labels }
}

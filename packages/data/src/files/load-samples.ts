import { basename } from 'node:path'
import { tensor } from '@facet/tensor'
import { aText, type OptionsOf, oneOf, optional, optionTable } from '@facet/tensor/checks'
import {
  type ParsedSamples,
  type Samples,
  type SamplesFormat,
  type SamplesOptions,
  samplesFormats,
  samplesRows,
} from '../samples/samples.ts'
import { makeParser } from '../samples/samples-parser.ts'
import type { Source } from '../samples/source.ts'
import { detectFormat } from './detect-format.ts'
import { expectNative } from './expect-native.ts'
import { feed } from './feed.ts'
import { idxLabels } from './idx-labels.ts'
import { type OpenFile, withFile } from './open-file.ts'

const ownRows = {
  /** Default: by the file's first bytes and lines, else by its name; `notes` say where these differ. */
  format: optional(oneOf(samplesFormats)),
  /** The labels of an IDX file, an IDX file of rank 1. */
  labelsFile: optional(aText),
}

const loadSamplesOptions = optionTable('loadSamples', { ...samplesRows, ...ownRows })

/** What {@link loadSamples} may be told. */
export type LoadSamplesOptions = SamplesOptions & OptionsOf<typeof ownRows>

/**
 * Samples from a file of one's own: a table of numbers (`.csv`, `.tsv`, `.txt`; separator, header and quotes are found by
 * themselves), numpy's `.npy` and `.npz`, UCR's text, `.ts`, ARFF, MNIST's IDX, CIFAR-10's binary; each gzipped or not.
 *
 * Images of bytes (IDX of rank 3, CIFAR-10) become pixels in [0, 1]; all other numbers stay what they are. Text and records
 * are read as a stream of which only the rows that are kept are held; arrays are held whole. Needs at most ten times the
 * memory of the unzipped file in float32. (One-byte numbers asked for in float64 need 17 times: 8 are the result.)
 *
 * @returns data `[n, d]`, in the order of the file
 * @throws for a file that is missing, empty, cut off or damaged, naming file, line or byte, what was expected and what was
 *   found; for values that are missing, NaN or infinite; for an option that is unknown or not for this format
 * @example
 * const path = join(await mkdtemp(join(tmpdir(), 'samples-')), 'my.csv')
 * await writeFile(path, 'width,height,kind\n1,2,a\n3,4,b\n5,6,a\n')
 * const { data, labels, classes } = await loadSamples(path, { labels: 'kind' })   // [3, 2], [0, 1, 0], ['a', 'b']
 * const part = await loadSamples(path, { labels: 'kind', sample: { count: 2, seed: 0 } })
 * part.rowsInFile // 3
 */
export async function loadSamples(path: string, options: LoadSamplesOptions = {}): Promise<Samples> {
  const { values, count, length, ...facts } = await parseFile('loadSamples', path, options)
  return { ...facts, data: tensor(values, { shape: [count, length] }) }
}

/** Samples of a file as plain numbers. */
export interface SamplesFile extends ParsedSamples {
  /** The file's name. */
  readonly name: string
  /** The kind that it was read as. */
  readonly format: SamplesFormat
}

/**
 * As {@link loadSamples}, as plain numbers: no backend, no tensor.
 *
 * @example
 * const path = join(await mkdtemp(join(tmpdir(), 'samples-')), 'my.csv')
 * await writeFile(path, 'width,height\n1,2\n3,4\n')
 * const { values, count, length } = await parseSamples(path)   // [1, 2, 3, 4], 2, 2
 */
export const parseSamples = (path: string, options: LoadSamplesOptions = {}): Promise<SamplesFile> =>
  parseFile('parseSamples', path, options)

async function parseFile(operation: string, path: string, options: LoadSamplesOptions): Promise<SamplesFile> {
  const { format: asked, labelsFile, maxBytes, ...rest } = loadSamplesOptions.resolve(options, operation)
  const source: Source = { operation, name: path }
  const read = async (file: OpenFile): Promise<Omit<SamplesFile, 'name'>> => {
    expectNative(source, file, asked ?? null)
    const { format, notes } =
      asked === undefined ? detectFormat(source, file, rest) : { format: asked, notes: [] }
    if (labelsFile !== undefined && format !== 'idx') {
      throw new TypeError(
        `${operation}: labelsFile: expected an IDX file of samples beside it, got ${format}`,
      )
    }
    const own =
      labelsFile === undefined ? undefined : await idxLabels({ ...source, name: labelsFile }, maxBytes)
    // What is packed twice, as an npz that is gzipped, may unpack to no more than what is packed once.
    const parser = makeParser(
      source,
      format,
      { ...rest, size: file.size, maxBytes: maxBytes ?? file.limit },
      own,
    )
    await feed(file, parser)
    const parsed = await parser.end()
    return { format, ...parsed, notes: [...notes, ...parsed.notes] }
  }
  const parsed = await withFile(source, read, maxBytes)
  return { name: basename(path), ...parsed }
}

import { join } from 'node:path'
import { tensor } from '@facet/tensor'
import {
  aFloatDType,
  likeliest,
  type OptionsOf,
  oneOf,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { expectNative } from '../files/expect-native.ts'
import { feed } from '../files/feed.ts'
import { type OpenFile, withFile } from '../files/open-file.ts'
import { type ParsedSamples, samplesRows } from '../samples/samples.ts'
import { fail, listed, type Source } from '../samples/source.ts'
import { zNormaliseSeries } from '../z-normalise.ts'
import { findPart, listUcr, type Part } from './series-files.ts'
import { expectSetName } from './set-name.ts'

const loadUcrOptions = optionTable('loadUcr', {
  /** `series` (default): each series gets mean 0 and sample standard deviation 1. `none`: as in the files. */
  normalisation: withDefault(oneOf(['series', 'none']), 'series'),
  /** What `series` does with one whose values are all equal: the set is refused (default), or its values become 0. */
  flat: withDefault(oneOf(['refuse', 'zero']), 'refuse'),
  /** Missing values and several lengths as in the options of the same names of `loadSamples`. */
  missing: samplesRows.missing,
  lengths: samplesRows.lengths,
  /** A random part of either part's series. Default all. */
  sample: samplesRows.sample,
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
  maxBytes: samplesRows.maxBytes,
})

export type LoadUcrOptions = OptionsOf<typeof loadUcrOptions>

async function noPart(folder: string, name: string, part: Part): Promise<never> {
  const file = `${name}_${part}.tsv`
  const like = likeliest(
    name,
    (await listUcr(folder).catch(() => [])).filter((other) => other !== name),
  )
  throw new Error(
    `loadUcr: ${name}: no ${part} part: expected ${file} or ${file}.gz in ${folder} or ${join(folder, name)}, got none; ` +
      `.txt and .ts, gzipped or not, are read as well${like === undefined ? '' : `; did you mean '${like}'?`}`,
  )
}

interface UcrPart extends ParsedSamples {
  /** Which series are equal values, given as zeros. */
  readonly flat: readonly number[]
}

/** A part of a set, normalised. */
async function readPart(
  folder: string,
  name: string,
  part: Part,
  {
    normalisation,
    flat,
    missing,
    lengths,
    sample,
    dtype,
    maxBytes,
  }: ResolvedOptionsOf<typeof loadUcrOptions>,
): Promise<UcrPart> {
  const file = (await findPart(folder, name, part)) ?? (await noPart(folder, name, part))
  const source: Source = { operation: 'loadUcr', name: file.path }
  // What is normalised is rounded afterwards, once.
  const parser = file.newParser(source, {
    sample,
    missing,
    lengths,
    labelled: true,
    dtype: normalisation === 'series' ? 'float64' : dtype,
  })
  const read = (opened: OpenFile): Promise<void> => {
    expectNative(source, opened, null)
    return feed(opened, parser)
  }
  await withFile(source, read, maxBytes)
  const parsed = parser.end()
  if (parsed.labels === null)
    fail(source, '', 'expected series with classes, found @classLabel false or none')
  if (normalisation === 'none') return { ...parsed, flat: [] }
  const { count, length, rows } = parsed
  const values = parsed.values as Float64Array
  const flats: number[] = []
  for (let i = 0; i < count; i++) {
    const obstacle = zNormaliseKnown(values.subarray(i * length, (i + 1) * length), flat === 'zero')
    if (obstacle === FLAT) flats.push(i)
    else if (obstacle !== null) {
      const hint = flat === 'refuse' ? "; the option flat: 'zero' reads equal values as zeros" : ''
      fail(
        source,
        `line ${parser.lineOf(rows?.[i] ?? i)}`,
        `expected a series that varies (z-normalisation divides by its standard deviation), got ${obstacle}${hint}`,
      )
    }
  }
  return { ...parsed, flat: flats }
}

const FLAT = 'flat'

/** {@link zNormaliseSeries} of the values that are there. @returns `FLAT` for a series of zeros in place of equal values */
function zNormaliseKnown(series: Float64Array, isZeroed: boolean): string | null {
  const known = series.filter((value) => !Number.isNaN(value))
  const isFlat = known.every((value) => value === known[0])
  const obstacle = isFlat && isZeroed ? FLAT : zNormaliseSeries(known)
  if (obstacle !== null && obstacle !== FLAT) return obstacle
  let next = 0
  series.forEach((value, i) => {
    if (!Number.isNaN(value)) series[i] = obstacle === FLAT ? 0 : known[next++]
  })
  return obstacle
}

/** The values of series with NaN at their ends, up to a length. */
function padded({ values, count, length }: ParsedSamples, longest: number): ParsedSamples['values'] {
  if (length === longest) return values
  const into = new Float64Array(count * longest).fill(Number.NaN)
  for (let i = 0; i < count; i++) into.set(values.subarray(i * length, (i + 1) * length), i * longest)
  return into
}

/** @throws if the parts name their classes differently, so that equal labels would mean different classes */
function expectSameClasses(name: string, train: ParsedSamples, test: ParsedSamples): void {
  const [a, b] = [train.classes, test.classes]
  if (a === b || (a?.length === b?.length && a?.every((text, i) => text === b?.[i]))) return
  const [inTrain, inTest] = [a, b].map((classes) => (classes === null ? 'whole numbers' : listed(classes)))
  throw new Error(
    `loadUcr: ${name}: expected the same classes in both parts, got ${inTrain} in TRAIN and ${inTest} in TEST`,
  )
}

/**
 * Loads a set of the UCR archive from files on disk: `<name>_TRAIN.tsv` and `<name>_TEST.tsv`, or `.txt`, or `.ts` (sktime,
 * the UEA archive; univariate), each gzipped or not, in `folder` or in `folder/<name>` (the
 * archive's own layout). Classes that are texts are numbered from 0 in the order of `@classLabel`.
 *
 * @throws if a part is missing or damaged, the parts differ in length or classes, a series is constant under
 *   z-normalisation (read as zeros, and listed in `flat`, under `flat: 'zero'`), or an option is unknown; of a file, its line, what was expected and what was found
 * @example
 * const folder = await mkdtemp(join(tmpdir(), 'ucr-'))
 * for (const part of ['TRAIN', 'TEST']) await writeFile(join(folder, `Toy_${part}.tsv`), '1\t0\t1\t2\n2\t2\t1\t0\n')
 * const { train, test } = await loadUcr(folder, 'Toy')   // [2, 3] each
 */
export async function loadUcr(folder: string, name: string, options: LoadUcrOptions = {}): Promise<Dataset> {
  const settings = loadUcrOptions.resolve(options)
  expectSetName('loadUcr', name)
  // One after the other: of two faults always the same one is told.
  const train = await readPart(folder, name, 'TRAIN', settings)
  const test = await readPart(folder, name, 'TEST', settings)
  if (train.length !== test.length && settings.lengths === 'refuse') {
    throw new Error(
      `loadUcr: ${name}: expected series of one length, got ${train.length} values in TRAIN and ${test.length} in TEST`,
    )
  }
  expectSameClasses(name, train, test)
  const longest = Math.max(train.length, test.length)
  const samplesOf = (part: ParsedSamples) =>
    tensor(padded(part, longest), { shape: [part.count, longest], dtype: settings.dtype })
  return {
    name,
    train: samplesOf(train),
    test: samplesOf(test),
    trainLabels: train.labels as Int32Array,
    testLabels: test.labels as Int32Array,
    ...(train.flat.length + test.flat.length > 0 ? { flat: { train: train.flat, test: test.flat } } : {}),
  }
}

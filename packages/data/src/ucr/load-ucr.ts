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
import { feed } from '../files/feed.ts'
import { withFile } from '../files/open-file.ts'
import { type ParsedSamples, samplesRows } from '../samples/samples.ts'
import { fail, listed, type Source } from '../samples/source.ts'
import { zNormaliseRows } from '../z-normalise.ts'
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

/** A part of a set, normalised. */
async function readPart(
  folder: string,
  name: string,
  part: Part,
  { normalisation, sample, dtype, maxBytes }: ResolvedOptionsOf<typeof loadUcrOptions>,
): Promise<ParsedSamples> {
  const file = (await findPart(folder, name, part)) ?? (await noPart(folder, name, part))
  const source: Source = { operation: 'loadUcr', name: file.path }
  // What is normalised is rounded afterwards, once.
  const parser = file.newParser(source, {
    sample,
    labelled: true,
    dtype: normalisation === 'series' ? 'float64' : dtype,
  })
  await withFile(source, (opened) => feed(opened, parser), maxBytes)
  const parsed = parser.end()
  if (parsed.labels === null)
    fail(source, '', 'expected series with classes, found @classLabel false or none')
  if (normalisation === 'series') {
    const { values, count, length, rows } = parsed
    zNormaliseRows(
      'loadUcr',
      { values: values as Float64Array, count, length },
      (i) => `${file.path} line ${parser.lineOf(rows?.[i] ?? i)}`,
    )
  }
  return parsed
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
 * the UEA archive; univariate, of one length, nothing missing), each gzipped or not, in `folder` or in `folder/<name>` (the
 * archive's own layout). Classes that are texts are numbered from 0 in the order of `@classLabel`.
 *
 * @throws if a part is missing or damaged, the parts differ in length or classes, a series is constant under
 *   z-normalisation, or an option is unknown; of a file, its line, what was expected and what was found
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
  if (train.length !== test.length) {
    throw new Error(
      `loadUcr: ${name}: expected series of one length, got ${train.length} values in TRAIN and ${test.length} in TEST`,
    )
  }
  expectSameClasses(name, train, test)
  const samplesOf = ({ values, count, length }: ParsedSamples) =>
    tensor(values, { shape: [count, length], dtype: settings.dtype })
  return {
    name,
    train: samplesOf(train),
    test: samplesOf(test),
    trainLabels: train.labels as Int32Array,
    testLabels: test.labels as Int32Array,
  }
}

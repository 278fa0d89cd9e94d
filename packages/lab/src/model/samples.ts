import { type LoadSamplesOptions, parseSamples, type SamplesFile, type SamplesFormat } from '@facet/data/node'
import { UsageError } from '../errors.ts'
import { completeData, type DataRequest } from './defaults.ts'
import type { DataSettings, PreparationSettings } from './settings.ts'
import { withFlags } from './with-flags.ts'

/** How files are read, where it differs from what was said of the training file, or from the format's own default. */
export type ReadingOptions = Partial<Omit<DataSettings, 'path' | 'sample' | 'precision'>>

/** What a reader is told beside how the file is read. */
export interface ReadingRules extends Partial<Pick<PreparationSettings, 'missing' | 'lengths'>> {
  /** Names of the features of a model: a table gives these, in this order, whatever its own. */
  readonly expected?: readonly string[] | undefined
  /** What becomes of columns beside these; default `drop`. */
  readonly beside?: 'drop' | 'id'
}

/**
 * Reads the samples of a file as plain numbers; a value that is missing is NaN where a rule says what becomes of it.
 *
 * @throws UsageError naming the file, and the line or byte that is wrong.
 */
export async function readSamples(
  request: DataRequest,
  seed: number,
  rules: ReadingRules = {},
): Promise<SamplesFile> {
  const data = completeData(request)
  try {
    const samples = await parseSamples(data.path, optionsOf(data, seed, rules))
    const { values } = samples
    return data.precision === 'float32' && values instanceof Float64Array
      ? { ...samples, values: Float32Array.from(values) }
      : samples
  } catch (error) {
    throw new UsageError(withFlags((error as Error).message))
  }
}

const keptUnless = (rule = 'refuse') => (rule === 'refuse' ? 'refuse' : 'keep')

/** What is not said stays unsaid: the format's own default. */
function optionsOf(
  data: DataSettings,
  seed: number,
  { missing, lengths, expected, beside }: ReadingRules,
): LoadSamplesOptions {
  const { format, labels, array, sample, labelsFile, header, columns, drop, id, where, time, group } = data
  const said = { labels, array, labelsFile, columns, drop, id, where, time, group, expected, beside }
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined)),
    ...(format !== null && { format: format as SamplesFormat }),
    ...(sample !== null && { sample: { count: sample, seed } }),
    header,
    missing: keptUnless(missing),
    lengths: keptUnless(lengths),
  }
}

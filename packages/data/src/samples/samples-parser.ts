import {
  aCount,
  describe,
  expectOneOf,
  type OptionsOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
} from '@facet/tensor/checks'
import { ArffParser } from '../arff/arff-parser.ts'
import { NpyParser, NpzParser } from '../arrays/array-parsers.ts'
import { Cifar10Parser } from '../binary/cifar10-parser.ts'
import { IdxParser, type Labels } from '../binary/idx-parser.ts'
import { CsvParser } from '../csv/csv-parser.ts'
import { UcrTextParser } from '../ucr/text-parser.ts'
import { TsParser } from '../ucr/ts-parser.ts'
import { LABEL } from './label-conditions.ts'
import {
  type SamplesFormat,
  type SamplesOptions,
  type SamplesParser,
  samplesFormats,
  samplesRows,
} from './samples.ts'
import type { Source } from './source.ts'

const ownRows = {
  /** Bytes of the whole file where they are known: an IDX header that promises another number is refused at once. */
  size: optional(aCount(0)),
}

const parserOptions = optionTable('samplesParser', { ...samplesRows, ...ownRows })

/** What {@link samplesParser} may be told. */
export type SamplesParserOptions = SamplesOptions & OptionsOf<typeof ownRows>

/** The options that parsers are made with. */
type ParserSettings = ResolvedOptionsOf<typeof parserOptions>

type Maker = (source: Source, options: ParserSettings, own?: Labels) => SamplesParser

const makers: Record<SamplesFormat, Maker> = {
  ucr: (source, options) => new UcrTextParser(source, { ...options, labelled: options.labels !== 'none' }),
  ts: (source, options) => new TsParser(source, { ...options, labelled: options.labels !== 'none' }),
  arff: (source, options) => new ArffParser(source, options),
  csv: (source, options) => new CsvParser(source, options),
  npy: (source, options) => new NpyParser(source, options),
  npz: (source, { labels, ...options }) =>
    new NpzParser(source, {
      ...options,
      labels: labels === 'none' ? undefined : (labels as string | undefined),
    }),
  idx: (source, options, labels) => new IdxParser(source, { ...options, labels }),
  cifar10: (source, options) =>
    new Cifar10Parser(source, { ...options, labelled: options.labels !== 'none' }),
}

/** What `labels` may be beside `'none'`. */
const labelKinds: Partial<Record<SamplesFormat, readonly string[]>> = {
  csv: ['string', 'number'],
  arff: ['string', 'number'],
  npz: ['string'],
}

/** Formats whose columns are named, and options that only these have. */
const tables: readonly SamplesFormat[] = ['csv', 'arff']
const onlyOfTables = ['header', 'columns', 'drop', 'id', 'time', 'group'] as const

const isAsked = (value: unknown): boolean =>
  value !== undefined && value !== 'auto' && value !== 'none' && !(Array.isArray(value) && value.length === 0)

/** Whether an option is given that only tables have. */
export const isAskedOfTables = ({ labels, where = [], expected, ...options }: SamplesOptions): boolean =>
  (labels !== undefined && labels !== 'none') ||
  expected !== undefined ||
  where.some(({ column }) => column !== LABEL) ||
  onlyOfTables.some((option) => isAsked(options[option]))

/** @throws TypeError naming the option that is not for this format */
function expectSamplesOptions(operation: string, format: SamplesFormat, options: SamplesOptions): void {
  const { labels, array } = options
  if (array !== undefined && (typeof array !== 'string' || format !== 'npz')) {
    throw new TypeError(
      `${operation}: array: expected the name of an array of an npz file, got ${describe(array)} for ${format}`,
    )
  }
  if (!tables.includes(format)) {
    const named = onlyOfTables.find((option) => isAsked(options[option]))
    if (named !== undefined) {
      throw new TypeError(`${operation}: ${named}: expected a table, whose columns have names, got ${format}`)
    }
  }
  if (labels === undefined || labels === 'none' || labelKinds[format]?.includes(typeof labels)) return
  throw new TypeError(
    `${operation}: labels: expected a column of a table, the name of an array of an npz file, or 'none', got ${describe(labels)} for ${format}`,
  )
}

/**
 * A reader of a file of samples that is given its bytes piece by piece, as they come from a stream. Needs no backend and no
 * file system. Of text and of records nothing is held but the rows that are kept; `npy` and `npz` are held whole.
 *
 * Images of bytes (IDX of rank 3, CIFAR-10) become pixels in [0, 1]. All other numbers stay what they are.
 *
 * @param name of the file, for errors
 * @throws for an option that is unknown or not for this format; from `push` and `end` for a damaged file, naming the line or
 *   the byte, what was expected there and what was found
 * @example
 * const parser = samplesParser('csv', 'my.csv', { labels: 'kind' })
 * parser.push(new TextEncoder().encode('width,height,kind\n1,2,a\n'))
 * parser.push(new TextEncoder().encode('3,4,b\n'))
 * const { values, count, classes } = await parser.end()   // [1, 2, 3, 4], 2, ['a', 'b']
 */
export function samplesParser(
  format: SamplesFormat,
  name: string,
  options: SamplesParserOptions = {},
): SamplesParser {
  return makeParser({ operation: 'samplesParser', name }, format, parserOptions.resolve(options))
}

/** {@link samplesParser} in the name of another operation. @param own labels of an IDX file, from a file of their own */
export function makeParser(
  source: Source,
  format: SamplesFormat,
  options: ParserSettings,
  own?: Labels,
): SamplesParser {
  expectOneOf(source.operation, 'format', format, samplesFormats)
  expectSamplesOptions(source.operation, format, options)
  return makers[format](source, options, own)
}

import { basename } from 'node:path'
import { type SamplesFormat, type SamplesOptions, samplesFormats } from '../samples/samples.ts'
import { isAskedOfTables } from '../samples/samples-parser.ts'
import { fail, type Source } from '../samples/source.ts'
import { seriesEvidence } from '../ucr/series-evidence.ts'
import type { OpenFile } from './open-file.ts'

/** What a file is called, `.gz` left out. */
const names: readonly (readonly [RegExp, SamplesFormat])[] = [
  [/\.ts$/i, 'ts'],
  [/\.arff$/i, 'arff'],
  [/\.(csv|tsv|txt|dat|data|tab)$/i, 'csv'],
  [/\.npy$/i, 'npy'],
  [/\.npz$/i, 'npz'],
  [/[.-]idx\d*(-\w+)?$/i, 'idx'],
  [/\.bin$/i, 'cifar10'],
]

/** What the archive calls its files. */
const ofArchive = /_(TRAIN|TEST)\.(tsv|txt)$/

const startsWith =
  (start: string) =>
  (head: Uint8Array): boolean =>
    Array.from(start).every((letter, i) => head[i] === letter.charCodeAt(0))

/** Bytes by which text is told from other bytes, and in which comments end. */
const JUDGED = 4096

const textOf = (head: Uint8Array): string => new TextDecoder().decode(head.subarray(0, JUDGED))

/** The first word after nothing but empty lines and comments. */
const firstIs =
  (comment: RegExp, tag: RegExp) =>
  (head: Uint8Array): boolean => {
    const lines = textOf(head).split(/\r\n|\r|\n/)
    const first = lines.map((line) => line.trim()).find((line) => line !== '' && !comment.test(line))
    return first !== undefined && tag.test(first)
  }

const isArff = firstIs(/^%/, /^@(relation|attribute)\b/i)
const isTs = firstIs(
  /^[#%]/,
  /^@(problemname|timestamps|missing|univariate|dimensions|equallength|serieslength|classlabel|targetlabel|data)\b/i,
)

/** The type of the numbers and one to four sizes, or whatever else no text begins with. */
const isIdx = startsWith('\0\0')

/** No control character but white space. */
const isText = (head: Uint8Array): boolean =>
  head.subarray(0, JUDGED).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))

/** What a file begins with, whatever it is called. */
const marks: readonly (readonly [(head: Uint8Array) => boolean, SamplesFormat])[] = [
  [startsWith('\x93NUMPY'), 'npy'],
  [startsWith('PK\x03\x04'), 'npz'],
  [isArff, 'arff'],
  [isTs, 'ts'],
]

/** What a file was taken for, and a note where that is not what its name says. */
export interface DetectedFormat {
  readonly format: SamplesFormat
  readonly notes: readonly string[]
}

/** What is said of a file that is not what it is called. */
const asNamed: Partial<Record<SamplesFormat, string>> = {
  npy: 'an array of numpy (.npy)',
  npz: 'arrays of numpy (.npz)',
  arff: 'an ARFF file',
  ts: 'a .ts file of series',
  idx: 'an IDX file',
}

/**
 * The format of a file: by its first bytes where these leave no doubt, else by its name. Whether a text is a table or series of the UCR archive is judged by
 * its first lines; options that only tables have say that it is one.
 *
 * @throws naming the formats that there are
 */
export function detectFormat(
  source: Source,
  { head, size }: Pick<OpenFile, 'head' | 'size'>,
  options: SamplesOptions,
): DetectedFormat {
  const name = basename(source.name).replace(/\.gz$/i, '')
  const named = names.find(([pattern]) => pattern.test(name))?.[1]
  const mark = marks.find(([matches]) => matches(head))?.[1]
  const format = mark ?? ((named === undefined || named === 'csv') && isIdx(head) ? 'idx' : named)
  if (format === 'csv' || (format === undefined && isText(head))) {
    return ofText(name, head, size, options)
  }
  if (format !== undefined) {
    const isOther = named !== undefined && format !== named && asNamed[format] !== undefined
    return {
      format,
      notes: isOther ? [`taken for ${asNamed[format]} by its first bytes, whatever its name`] : [],
    }
  }
  return fail(
    source,
    '',
    'expected a name or a beginning that tells its format, got neither; name it by the option format, ' +
      `one of ${samplesFormats.join(', ')}`,
  )
}

const asSeries = 'taken for series of the UCR archive: the first number of each line is its label'

function ofText(
  name: string,
  head: Uint8Array,
  size: number | undefined,
  options: SamplesOptions,
): DetectedFormat {
  const isNamed = ofArchive.test(name)
  const table = (why: string): DetectedFormat => ({
    format: 'csv',
    notes: isNamed ? [`taken for a table in spite of its name, as ${why}`] : [],
  })
  if (isAskedOfTables(options)) return table('the options name columns')
  const { against, isCertain } = seriesEvidence(
    new TextDecoder().decode(head),
    size === undefined || size > head.length,
  )
  if (against !== null) return table(against)
  return isNamed || isCertain ? { format: 'ucr', notes: [asSeries] } : { format: 'csv', notes: [] }
}

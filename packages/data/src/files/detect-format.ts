import { basename } from 'node:path'
import { type SamplesFormat, samplesFormats } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'

/** What a file is called, `.gz` left out. */
const names: readonly (readonly [RegExp, SamplesFormat])[] = [
  [/\.ts$/i, 'ts'],
  [/_(TRAIN|TEST)\.(tsv|txt)$/i, 'ucr'],
  [/\.(csv|tsv|txt|dat)$/i, 'csv'],
  [/\.npy$/i, 'npy'],
  [/\.npz$/i, 'npz'],
  [/[.-]idx\d*(-\w+)?$/i, 'idx'],
  [/\.bin$/i, 'cifar10'],
]

const startsWith =
  (start: string) =>
  (head: Uint8Array): boolean =>
    Array.from(start).every((letter, i) => head[i] === letter.charCodeAt(0))

/** Bytes by which a format is told: enough for some lines of comment. */
const JUDGED = 512

/** A tag after nothing but empty lines and comments. */
const isTag = (head: Uint8Array): boolean => {
  const lines = String.fromCharCode(...head.subarray(0, JUDGED)).split('\n')
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'))
  return first !== undefined && /^@\w/.test(first)
}

/** No control character but white space. */
const isText = (head: Uint8Array): boolean => head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))

/** What a file begins with. */
const beginnings: readonly (readonly [(head: Uint8Array) => boolean, SamplesFormat])[] = [
  [startsWith('\x93NUMPY'), 'npy'],
  [startsWith('PK\x03\x04'), 'npz'],
  [startsWith('\0\0'), 'idx'],
  [isTag, 'ts'],
  [isText, 'csv'],
]

/** The format of a file by its name, else by its first bytes. @throws naming the formats that there are */
export function detectFormat(source: Source, head: Uint8Array): SamplesFormat {
  const name = basename(source.name).replace(/\.gz$/i, '')
  const byName = names.find(([pattern]) => pattern.test(name))
  const format = byName ?? beginnings.find(([matches]) => matches(head))
  if (format) return format[1]
  return fail(
    source,
    '',
    'expected a name or a beginning that tells its format, got neither; name it by the option format, ' +
      `one of ${samplesFormats.join(', ')}`,
  )
}

import { UsageError } from '../errors.ts'
import { checksum } from './checksum.ts'
import { fromJsonLine, toJsonLine } from './json-line.ts'

/**
 * Lines of JSON that carry checksums, for people, `jq` and {@link readCheckedLines}. Each line is one object whose first
 * key is `crc32`: the CRC-32, as eight small hexadecimal digits, of these texts one after the other, in UTF-8:
 *
 * - the `crc32` of the line before; for the first line, `about`;
 * - for the last line, the word `end`;
 * - the rest of the line: what follows `{"crc32":"…"`, without the line end.
 *
 * So a line that was changed, removed, added, doubled or moved is found out, and a last line that is not the last.
 *
 * @param about - what else the lines belong to, as a fingerprint of settings.
 */
export function checkedLines(values: readonly object[], about = ''): string {
  let before = about
  const lines = values.map((value, i) => {
    if ('crc32' in value) throw new Error('checkedLines: expected values without a key crc32')
    const text = toJsonLine(value)
    const rest = text === '{}' ? '}' : `,${text.slice(1)}`
    before = checksum(`${before}${i === values.length - 1 ? end : ''}${rest}`)
    return `{"crc32":"${before}"${rest}\n`
  })
  return lines.join('')
}

const end = 'end'
const form = /^\{"crc32":"([0-9a-f]{8})"(.*)$/s
/** The first key of a line, perhaps with one character changed. */
const nearForm = /^\{"(?:.rc32|c.c32|cr.32|crc.2|crc3.)"/

/** What a file of lines holds. */
export interface CheckedLines {
  /** One object a line, without its `crc32`. */
  readonly lines: readonly object[]
  /** False for a file of a release that wrote no checksums. */
  readonly checked: boolean
}

/**
 * Reads the text of {@link checkedLines}, or lines of JSON without checksums as Facet 0.1.0 wrote them.
 *
 * @throws UsageError naming file and line: for an empty file, a line that is no JSON object, and a checksum that differs
 * or that only some lines have.
 */
export function readCheckedLines(text: string, path: string, about = ''): CheckedLines {
  const lines = text.replace(/\n$/, '').split('\n')
  const found = lines.map((line) => form.exec(line))
  const checked = found.some((match) => match !== null)
  const fail = (line: number, problem: string): never => {
    throw new UsageError(`${path}:${line + 1}: ${problem}`)
  }
  if (text === '') fail(0, 'expected lines of JSON, got an empty file')
  let before = about
  const read = lines.map((line, i) => {
    if (!checked) return plain(line, (problem) => fail(i, problem))
    const [, sum, rest] = found[i] ?? fail(i, 'expected a line that begins with its crc32, as others do')
    const isLast = i === lines.length - 1
    if (sum !== checksum(`${before}${isLast ? end : ''}${rest}`))
      fail(i, difference(before, sum, rest, isLast))
    before = sum
    return objectOf(rest === '}' ? '{}' : `{${rest.slice(1)}`, (problem) => fail(i, problem))
  })
  return { lines: read, checked }
}

type Fail = (problem: string) => never

function plain(line: string, fail: Fail): object {
  const value = objectOf(line, fail)
  return 'crc32' in value || nearForm.test(line) ? fail('damaged line: its crc32 is not one') : value
}

function objectOf(line: string, fail: Fail): object {
  let value: unknown
  try {
    value = fromJsonLine(line)
  } catch (error) {
    return fail((error as Error).message)
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject
    ? (value as object)
    : fail(`expected an object, got ${Array.isArray(value) ? 'a list' : String(value)}`)
}

/** Why a checksum may differ. */
function difference(before: string, sum: string, rest: string, isLast: boolean): string {
  if (isLast && sum === checksum(`${before}${rest}`)) return 'lines are missing after this one'
  if (!isLast && sum === checksum(`${before}${end}${rest}`))
    return 'expected the end of the file after this line'
  if (rest.endsWith('\r')) return 'damaged line: it ends with CR LF, expected LF'
  return 'damaged line (checksum differs): it, or lines before it, were changed, removed or added'
}

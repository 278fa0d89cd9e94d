import { checksum } from './checksum.ts'
import { fromJsonLine, toJsonLine } from './json-line.ts'

const form = /^\{"crc32":"([0-9a-f]{8})","entry":(.*)\}$/s

/**
 * A value as one line of JSON that carries the checksum of its own bytes: `{"crc32":"…","entry":…}`. The checksum is the
 * CRC-32 of `before` and the text of the entry.
 */
export function toCheckedLine(value: unknown, before = ''): string {
  const text = toJsonLine(value)
  return `{"crc32":"${checksum(before + text)}","entry":${text}}\n`
}

/**
 * The value of a checked line without its line end; `undefined` for one that is torn or damaged.
 *
 * @throws Error for a sound checksum of what is no JSON.
 */
export function fromCheckedLine(line: string, before = ''): unknown {
  const [, sum, text] = form.exec(line) ?? []
  return text === undefined || checksum(before + text) !== sum ? undefined : fromJsonLine(text)
}

/** The checksum that a checked line carries. */
export const sumOf = (line: string): string => line.slice('{"crc32":"'.length, '{"crc32":"'.length + 8)

import { checksum } from './checksum.ts'
import { fromJsonLine, toJsonLine } from './json-line.ts'

const form = /^\{"crc32":"([0-9a-f]{8})","entry":(.*)\}$/s

/** A value as one line of JSON that carries the checksum of its own bytes: `{"crc32":"…","entry":…}`. */
export function toCheckedLine(value: unknown): string {
  const text = toJsonLine(value)
  return `{"crc32":"${checksum(text)}","entry":${text}}\n`
}

/** The value of a checked line without its line end; `undefined` for one that is torn or damaged. */
export function fromCheckedLine(line: string): unknown {
  const [, sum, text] = form.exec(line) ?? []
  return text === undefined || checksum(text) !== sum ? undefined : fromJsonLine(text)
}
